import HTTP
import Model
import REST
import Synchronization
import Values

/// A system that keeps files: `/items` tells of them, `/files/ID` gives them, `/uploads` and then `/items` takes them.
final class FileDesk: Sendable {
    private struct Item {
        var name: String
        var size: Int
        var content: String
    }

    private struct State {
        var items: [Int: Item] = [:]
        var uploads: [String] = []
    }

    private let state = Mutex(State())

    /// - Parameter files: contents by name, in the order of the contents.
    init(_ files: [(String, String)]) {
        state.withLock { state in
            for (number, file) in files.enumerated() {
                state.items[number + 1] = Item(name: file.0, size: file.1.utf8.count, content: file.1)
            }
        }
    }

    convenience init(_ files: KeyValuePairs<String, String>) { self.init(files.map { ($0.key, $0.value) }) }

    func content(_ id: Int) -> String? { state.withLock { $0.items[id]?.content } }

    /// - Parameter size: what it is said to have.
    func put(_ id: Int, _ content: String, as size: Int? = nil) {
        state.withLock {
            $0.items[id]?.content = content
            $0.items[id]?.size = size ?? content.utf8.count
        }
    }

    func answer(_ asked: Asked) -> Reply {
        state.withLock { state in
            let id = asked.path.split(separator: "/").last.flatMap { Int($0) }
            switch (asked.method, asked.path) {
            case ("GET", "/items"):
                let all = state.items.keys.sorted().map { Self.value($0, state.items[$0]) }
                return .ok(JSON.text(.object(["items": .list(all)])))
            case ("POST", "/uploads"):
                state.uploads.append(asked.text)
                return .status(201, #"{"token": \#(state.uploads.count - 1)}"#)
            case ("POST", "/items"):
                guard case .int(let token)? = asked.body["token"], let name = asked.body["name"]?.text else {
                    return .status(422)
                }
                let content = state.uploads[Int(token)]
                let next = (state.items.keys.max() ?? 0) + 1
                state.items[next] = Item(name: name, size: content.utf8.count, content: content)
                return .status(201, JSON.text(Self.value(next, state.items[next])))
            default: break
            }
            guard let id, let item = state.items[id] else { return .status(404) }
            return .ok(asked.path.hasPrefix("/files/") ? item.content : JSON.text(Self.value(id, item)))
        }
    }

    private static func value(_ id: Int, _ item: Item?) -> Value {
        guard let item else { return .null }
        return .object(["id": .int(Int64(id)), "name": .text(item.name), "size": .int(Int64(item.size))])
    }
}

/// Files in memory, and what is remembered of files. Its digests are none, and tell contents apart all the same.
final class FileShelf: Sendable {
    let depot: FileDepot
    let memory: FileMemory
    private let shared: Shared<(kept: [TextKey: String], writes: Int)>

    init(most: Int = 64, knowing known: [TextKey: String] = [:]) {
        let state = Shared((kept: known, writes: 0))
        shared = state
        depot = FileDepot(mostFiles: most) { limit throws(BodyFlowFailure) in
            let bytes = Shared<[UInt8]>([])
            let sink = BodySink(
                limit: limit, begin: { () throws(BodyFlowFailure) in bytes.set([]) },
                take: { (piece) throws(BodyFlowFailure) in bytes.set(bytes.value + piece) })
            return FileDraft(sink: sink) { () throws(BodyFlowFailure) in
                let all = bytes.value
                let source = BodySource(length: all.count) {
                    let rest = Shared(all)
                    return { () throws(BodyFlowFailure) in
                        let piece = Array(rest.value.prefix(3))
                        rest.set(Array(rest.value.dropFirst(3)))
                        return piece.isEmpty ? nil : piece
                    }
                }
                return StoredFile(digest: FileShelf.digest(String(decoding: all, as: UTF8.self)), source: source)
            }
        }
        memory = FileMemory(
            load: { state.value.kept },
            add: { news in state.set((state.value.kept.merging(news) { $1 }, state.value.writes + 1)) })
    }

    var kept: [TextKey: String] { shared.value.kept }
    var writes: Int { shared.value.writes }

    static func digest(_ content: String) -> String {
        let print = String(Fingerprint(of: Array(content.utf8)).bits, radix: 16)
        return "sha256:" + String(repeating: "0", count: 64 - print.utf8.count) + print
    }
}

private final class Shared<Value: Sendable>: Sendable {
    private let state: Mutex<Value>

    init(_ value: Value) { state = Mutex(value) }

    var value: Value { state.withLock { $0 } }
    func set(_ value: Value) { state.withLock { $0 = value } }
}
