import Foundation

/// A folder in which blocks of shell are executed as a reader would paste them.
final class Shell {
    let folder: String
    private let tools: String

    /// Commands that would install, build, test, or speak to a server. A stand-in takes their place, and writes down how it was called.
    static let standIns = ["apt-get", "sudo", "swift", "gh"]
    /// A program of the repository that takes too long for a test.
    static let longProgram = "Tests/Benchmarks/run"

    init() throws {
        folder = NSTemporaryDirectory() + "lockstep-docs-" + UUID().uuidString
        tools = folder + "-tools"
        let files = FileManager.default
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.createDirectory(atPath: tools, withIntermediateDirectories: true)
        try files.createSymbolicLink(atPath: tools + "/lockstep", withDestinationPath: Shell.binary)
        for name in Shell.standIns { try write(Shell.standIn(name), executable: tools + "/" + name) }
        try files.createDirectory(atPath: folder + "/Tests/Benchmarks", withIntermediateDirectories: true)
        try write(Shell.standIn(Shell.longProgram), executable: folder + "/" + Shell.longProgram)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
        try? FileManager.default.removeItem(atPath: tools)
    }

    /// The program that was built together with these tests.
    private static let binary = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("lockstep").path

    /// `sudo` goes on with what it is given; `swift build` puts the program where a build would.
    private static func standIn(_ name: String) -> String {
        let note = "#!/bin/sh\necho \"\(name) $*\" >> \"$STAND_INS\"\n"
        switch name {
        case "sudo": return note + "exec \"$@\"\n"
        case "swift":
            return note + "[ \"$1\" = build ] || exit 0\nmkdir -p .build/release\nln -sf '\(binary)' .build/release/\n"
        default: return note
        }
    }

    private func write(_ text: String, executable path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    func copy(_ name: String) throws {
        try FileManager.default.copyItem(atPath: Document.root + "/" + name, toPath: folder + "/" + name)
    }

    func write(_ text: String, to name: String) throws {
        let path = URL(fileURLWithPath: folder + "/" + name)
        try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
        try text.write(to: path, atomically: true, encoding: .utf8)
    }

    /// How the stand-ins were called so far, a line a call.
    var calls: [String] {
        let text = try? String(contentsOfFile: tools + "/calls", encoding: .utf8)
        return (text ?? "").split(separator: "\n").map(String.init)
    }

    /// Executes a script; its output and its errors come in the order in which they were written.
    func run(_ script: String) throws -> (output: String, status: Int32) {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.environment = [
            "PATH": tools + ":/usr/local/bin:/usr/bin:/bin", "HOME": folder, "LC_ALL": "C.UTF-8",
            "STAND_INS": tools + "/calls",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (output, process.terminationStatus)
    }
}
