import Foundation

/// Another program, run to its end.
enum Program {
    struct Answer: Equatable {
        var status: Int32
        /// What it wrote, answers and complaints.
        var output: String
    }

    static func isThere(_ name: String) -> Bool {
        (try? run(["sh", "-c", "command -v \(name)"]).status) == 0
    }

    /// - Parameter path: a folder in which programs are looked for first.
    static func run(_ words: [String], path: String? = nil) throws -> Answer {
        let process = Process()
        let pipe = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.environment = [
            "PATH": (path.map { $0 + ":" } ?? "") + "/usr/local/bin:/usr/bin:/bin", "HOME": NSTemporaryDirectory(),
            "LC_ALL": "C.UTF-8", "TERM": "dumb",
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return Answer(status: process.terminationStatus, output: output)
    }

    /// A text as a file, alone in a folder.
    static func file(_ text: String, named name: String) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lockstep-" + UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file
    }

    /// Puts the program that was built together with these tests into a folder.
    static func link(into folder: URL) throws {
        try FileManager.default.createSymbolicLink(at: folder.appending(path: "lockstep"), withDestinationURL: lockstep)
    }

    static let lockstep = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("lockstep")
}
