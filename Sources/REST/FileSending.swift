internal import HTTP
internal import Model
internal import Synchronization
internal import Values

// Files as bodies of requests.
extension Asker {
    /// Makes a file the body of a request.
    func attach(_ file: FileBody, _ names: Names, to request: inout HTTPRequest) async throws(AskFailure) {
        guard let digest = try file.content.find(names).word, FileDigest.isOne(digest) else {
            throw .refused("it has no file: 'sha256:' and 64 hexadecimal digits stand for one")
        }
        let stored = try await access.files.file(digest)
        let type = Self.mediaType(try file.type?.find(names).word)
        guard let part = file.part else {
            if request.headers["Content-Type"] == nil { request.headers.set("Content-Type", type) }
            request.source = stored.source
            return
        }
        // A file that has its own digest in it nobody can make.
        let boundary = "lockstep-" + digest.suffix(56)
        let name = Self.quoted(try file.name?.find(names).word ?? "file")
        let head = """
            --\(boundary)\r
            Content-Disposition: form-data; name="\(Self.quoted(part))"; filename="\(name)"\r
            Content-Type: \(type)\r
            \r

            """
        request.source = stored.source.between(Array(head.utf8), Array("\r\n--\(boundary)--\r\n".utf8))
        request.headers.set("Content-Type", "multipart/form-data; boundary=\(boundary)")
    }

    /// What is no media type would be no header either.
    private static func mediaType(_ text: String?) -> String {
        guard let text, text.utf8.count <= 127, text.utf8.contains(UInt8(ascii: "/")),
            text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return "application/octet-stream" }
        return text
    }

    /// Within quotes, as forms of browsers have it (HTML, section 4.10.21.8): what would end the line or the quotes is percent-encoded.
    private static func quoted(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.flatMap { scalar -> [Unicode.Scalar] in
                    switch scalar {
                    case "\"": Array("%22".unicodeScalars)
                    case "\r": Array("%0D".unicodeScalars)
                    case "\n": Array("%0A".unicodeScalars)
                    default: [scalar]
                    }
                }))
    }
}

extension BodySource {
    /// The same with something before and behind it.
    fileprivate func between(_ head: [UInt8], _ tail: [UInt8]) -> BodySource {
        BodySource(length: head.count + length + tail.count) { [self] () throws(BodyFlowFailure) in
            let next = try open()
            let step = Steps()
            return { () throws(BodyFlowFailure) in
                if step.isFirst() { return head }
                if let piece = try next() { return piece }
                return step.isLast() ? tail : nil
            }
        }
    }
}

/// How far a body with a head and a tail has come.
private final class Steps: Sendable {
    private let state = Mutex((begun: false, ended: false))

    /// Whether nothing was given yet; true once.
    func isFirst() -> Bool { state.withLock { exchange(&$0.begun) } }
    /// Whether the tail was not given yet; true once.
    func isLast() -> Bool { state.withLock { exchange(&$0.ended) } }

    private func exchange(_ done: inout Bool) -> Bool {
        defer { done = true }
        return !done
    }
}

extension HTTPRequest {
    /// Has the body of a good answer taken as it is.
    mutating func pour(into sink: BodySink) {
        self.sink = sink
        headers.set("Accept", "*/*")
        headers.set("Accept-Encoding", "identity")
    }
}
