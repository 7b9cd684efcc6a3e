package import HTTP
internal import Model
internal import Synchronization
internal import Values

/// A file that was fetched: its bytes lie on disk, and are read from there.
package struct StoredFile: Sendable {
    /// As ``FileDigest`` spells it.
    package var digest: String
    package var source: BodySource

    package init(digest: String, source: BodySource) {
        self.digest = digest
        self.source = source
    }
}

/// A file while it is fetched.
package struct FileDraft: Sendable {
    package var sink: BodySink
    /// What was taken, once all of it was.
    package var finish: @Sendable () throws(BodyFlowFailure) -> StoredFile

    package init(sink: BodySink, finish: @escaping @Sendable () throws(BodyFlowFailure) -> StoredFile) {
        self.sink = sink
        self.finish = finish
    }
}

/// The files of a run on their way from one system to another, by their digests.
///
/// Only some are kept: one that is wanted later is fetched again, from where a record was read that has it. So neither memory nor disk
/// grows with what systems hold.
package final class FileDepot: Sendable {
    typealias Fetch = @Sendable () async throws(AskFailure) -> StoredFile

    /// Begins a file of at most so many bytes.
    private let draft: @Sendable (_ limit: Int) throws(BodyFlowFailure) -> FileDraft
    private let mostFiles: Int
    private let mostBytes: Int
    private let state = Mutex(State())

    private struct State {
        var files: [TextKey: StoredFile] = [:]
        /// The oldest first.
        var order: [TextKey] = []
        var bytes = 0
        var sizes: [TextKey: Int] = [:]
        var fetches: [TextKey: Fetch] = [:]
    }

    package init(
        mostFiles: Int = 64, mostBytes: Int = 512 << 20,
        draft: @escaping @Sendable (_ limit: Int) throws(BodyFlowFailure) -> FileDraft = {
            _ throws(BodyFlowFailure) in throw BodyFlowFailure("there is no place for files")
        }
    ) {
        self.mostFiles = mostFiles
        self.mostBytes = mostBytes
        self.draft = draft
    }

    func begin(limit: Int) throws(AskFailure) -> FileDraft {
        do throws(BodyFlowFailure) {
            return try draft(limit)
        } catch {
            throw .broken(error.reason)
        }
    }

    /// Keeps a file, as long as there is room for it.
    package func put(_ file: StoredFile) {
        let key = TextKey(file.digest)
        state.withLock { state in
            state.sizes[key] = file.source.length
            if state.files[key] != nil { return }
            state.files[key] = file
            state.order.append(key)
            state.bytes += file.source.length
            while state.order.count > mostFiles || (state.bytes > mostBytes && state.order.count > 1) {
                let oldest = state.order.removeFirst()
                state.bytes -= state.files.removeValue(forKey: oldest)?.source.length ?? 0
            }
        }
    }

    /// Puts a file there that is made here: of what it holds in full.
    ///
    /// - Returns: its digest.
    package func make(_ bytes: [UInt8]) throws(BodyFlowFailure) -> String {
        let draft = try draft(bytes.count)
        _ = try draft.sink.pour(bytes)
        let file = try draft.finish()
        put(file)
        return file.digest
    }

    /// How long a file is; nil for one that was never here.
    func size(of digest: String) -> Int? { state.withLock { $0.sizes[TextKey(digest)] } }

    /// Tells from where a file can be fetched.
    func note(_ digest: String, _ fetch: @escaping Fetch) { state.withLock { $0.fetches[TextKey(digest)] = fetch } }

    func file(_ digest: String) async throws(AskFailure) -> StoredFile {
        let key = TextKey(digest)
        let (known, fetch) = state.withLock { ($0.files[key], $0.fetches[key]) }
        if let known { return known }
        guard let fetch else { throw .refused("no record that was read has a file with the digest \(digest)") }
        let file: StoredFile
        do throws(AskFailure) {
            file = try await fetch()
        } catch {
            throw error.elsewhere
        }
        guard file.digest.hasSameBytes(as: digest) else {
            throw .refused("its file changed while it was carried over: it has the digest \(file.digest)")
        }
        return file
    }
}

extension AskFailure {
    /// What follows from a failure of the system from which a file comes, where another one waits for the file.
    fileprivate var elsewhere: AskFailure {
        let words = "its file cannot be fetched: \(message)"
        return switch self {
        case .busy(_, let after): .busy(words, after: after)
        case .unreachable, .unauthorised, .spent: .busy(words, after: nil)
        case .refused, .forbidden, .moved, .gone, .broken: .refused(words)
        }
    }
}
