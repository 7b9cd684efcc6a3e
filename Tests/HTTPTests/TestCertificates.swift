import Foundation
import TestKit

/// Certificates that OpenSSL made for these tests: an authority of their own, and servers below it.
struct TestCertificates: Sendable {
    let folder: String
    var authority: String { folder + "/authority.pem" }

    static let made = Result { try TestCertificates() }

    /// - Parameter name: `good`, for localhost and 127.0.0.1; `expired`, `early`; `other`, for other.example.com; `selfsigned`.
    func certificate(_ name: String) -> String { "\(folder)/\(name).pem" }
    func key(_ name: String) -> String { "\(folder)/\(name).key" }

    private init() throws {
        // They are gone when the tests are.
        atexit {
            if let made = try? TestCertificates.made.get() { try? FileManager.default.removeItem(atPath: made.folder) }
        }
        folder = NSTemporaryDirectory() + "/lockstep-certificates-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: folder + "/index.txt"))
        try Data("01\n".utf8).write(to: URL(fileURLWithPath: folder + "/serial"))
        try selfSigned("authority", "/O=Lockstep tests/CN=Authority of the tests")
        try selfSigned("selfsigned", "/CN=localhost")
        let here = "DNS:localhost,IP:127.0.0.1"
        let (now, later) = ("20240101000000Z", "20990101000000Z")
        try issued("good", here, from: now, to: later)
        try issued("expired", here, from: "20200101000000Z", to: "20210315000000Z")
        try issued("early", here, from: "20980716000000Z", to: later)
        try issued("other", "DNS:other.example.com,DNS:two.example.com", from: now, to: later)
    }

    private static let newKey = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout"]

    private func selfSigned(_ name: String, _ subject: String) throws {
        try openssl(
            ["req", "-x509"] + Self.newKey + ["\(name).key", "-out", "\(name).pem", "-subj", subject, "-days", "300"])
    }

    private func issued(_ name: String, _ names: String, from: String, to: String) throws {
        let settings = """
            [ca]
            default_ca = d
            [d]
            database = index.txt
            serial = serial
            new_certs_dir = .
            default_md = sha256
            policy = p
            unique_subject = no
            x509_extensions = x
            [p]
            commonName = supplied
            [x]
            subjectAltName = \(names)
            """
        try Data(settings.utf8).write(to: URL(fileURLWithPath: folder + "/ca.cnf"))
        try openssl(["req"] + Self.newKey + ["\(name).key", "-out", "\(name).csr", "-subj", "/CN=\(name)"])
        try openssl([
            "ca", "-batch", "-notext", "-config", "ca.cnf", "-cert", "authority.pem", "-keyfile", "authority.key",
            "-in",
            "\(name).csr", "-out", "\(name).pem", "-startdate", from, "-enddate", to,
        ])
    }

    private func openssl(_ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/openssl")
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw POSIXError(.EINVAL) }
    }
}
