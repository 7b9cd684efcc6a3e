import Foundation

/// A program that is run to its end.
enum Command {
    /// - Returns: its status and all that it printed, errors last.
    static func run(_ words: [String], input: String = "") throws -> (status: Int32, output: String) {
        let process = Process()
        let (given, printed) = (Pipe(), Pipe())
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.standardInput = given
        process.standardOutput = printed
        process.standardError = printed
        for pipe in [given, printed] { pipe.closeOnExec() }
        try process.run()
        // Written beside the reading: either pipe may be full.
        let writing = Thread {
            try? given.fileHandleForWriting.write(contentsOf: Data(input.utf8))
            try? given.fileHandleForWriting.close()
        }
        writing.start()
        let output = String(decoding: printed.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (process.terminationStatus, output)
    }

    /// Runs what blocks on a thread that no test's task needs.
    static func aside<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { waiting in
            DispatchQueue.global().async { waiting.resume(with: .init(catching: work)) }
        }
    }
}

extension Pipe {
    /// Keeps its ends out of other programs that are started meanwhile: one that held them would keep it open.
    func closeOnExec() {
        for handle in [fileHandleForReading, fileHandleForWriting] where handle.fileDescriptor >= 0 {
            _ = fcntl(handle.fileDescriptor, F_SETFD, FD_CLOEXEC)
        }
    }
}
