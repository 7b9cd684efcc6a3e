import FileIO
import Glibc
import TestKit
import Values

/// A server on 127.0.0.1 that takes messages and writes down what came: a script of `Receivers/`. It ends with the last reference.
final class Receiver: Sendable {
    private let scratch: ScratchFolder
    private let process: Lockstep.Process
    let port: String

    /// The key that signatures are made with, and the password of the login.
    static let key = "geheim \"1\\"

    /// The Python that has aiosmtpd; its variable is how CI names it.
    static let python = getenv("LOCKSTEP_PYTHON").map { String(cString: $0) } ?? "python3"

    /// Whether this machine has what an HTTP server, and what a mail server, needs. Where the variable is set, nothing is skipped.
    static let hasWeb = has("http.server", ["curl"])
    static let hasMail = has("aiosmtpd.smtp", ["curl", "openssl"])

    private static func has(_ module: String, _ programs: [String]) -> Bool {
        if getenv("LOCKSTEP_PYTHON") != nil { return true }
        let asked = programs.map { "command -v \($0)" } + ["\(python) -c 'import \(module)'"]
        let words = ["/bin/sh", "-c", asked.joined(separator: " && ") + " 2> /dev/null"]
        return (try? Lockstep.spawn(words, output: nil).wait()) == .exited(0)
    }

    enum Kind: String {
        case http = "http-receiver.py"
        case smtp = "smtp-receiver.py"
    }

    init(_ kind: Kind) async throws {
        scratch = try ScratchFolder()
        if kind == .smtp { try Self.makeCertificate(in: scratch.path) }
        let script = FileIO.folder(of: FileIO.folder(of: #filePath)) + "/Receivers/" + kind.rawValue
        process = try Lockstep.spawn(
            ["/usr/bin/env", "LOCKSTEP_KEY=\(Self.key)", Self.python, script, scratch.path], output: nil)
        var port = ""
        for _ in 0..<6_000 where port.isEmpty {
            port = (try? scratch.text("port")) ?? ""
            guard process.isAlive else { throw Breach("\(kind.rawValue) ended") }
            try await Task.sleep(for: .milliseconds(10))
        }
        guard !port.isEmpty else {
            process.kill()
            throw Breach("\(kind.rawValue) takes nothing")
        }
        self.port = port
    }

    deinit {
        process.kill()
        _ = try? process.wait()
    }

    var certificate: String { scratch.path + "/cert.pem" }

    private static func makeCertificate(in folder: String) throws {
        let words = [
            "/usr/bin/env", "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", folder + "/key.pem",
            "-out", folder + "/cert.pem", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1",
        ]
        guard try Lockstep.spawn(words, output: nil).wait() == .exited(0) else { throw Breach("no certificate") }
    }

    /// What came so far, in its order.
    func received() throws -> [Object] {
        let text = ["requests", "mails"].compactMap { try? scratch.text($0) }.joined()
        return try text.split(separator: "\n").compactMap { try JSON.parse(Array($0.utf8)).object }
    }
}

extension Object {
    func at(_ path: String...) -> String {
        let value = path.reduce(Value.object(self) as Value?) { $0?.object?[$1] }
        return value?.text ?? value.map { JSON.text($0) } ?? ""
    }
}
