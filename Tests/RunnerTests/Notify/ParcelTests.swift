import Glibc
import Model
import TestKit
import Testing
import Values

@testable import Runner

@Suite("Programs that take messages away") struct ParcelTests {
    private func run(_ script: String, input: String = "", limit: Duration = .seconds(600)) async -> ParcelEnd {
        var parcel = Parcel(program: "sh", arguments: ["-c", script], input: Array(input.utf8))
        parcel.further = Array("more".utf8)
        parcel.timeLimit = limit
        return await ParcelProgram(parcel).run()
    }

    @Test("it reads what it is given, and what it says is kept, on both channels")
    func speaks() async {
        let end = await run("cat; cat /dev/fd/3; echo ' and' >&2; exit 7", input: "text ")
        #expect(end == ParcelEnd(.exited(7), output: "text more and\n"))
    }

    @Test("much input and much output hold nobody up")
    func much() async {
        let end = await run("cat", input: String(repeating: "0123456\n", count: 125_000))
        #expect(end.how == .exited(0))
        #expect(end.output == String(repeating: "0123456\n", count: 1_024).dropLast())
    }

    @Test("a line that is too long is left out: nobody would know a part of a secret for one")
    func cut() async {
        let end = await run("echo first; cat", input: String(repeating: "secret", count: 10_000))
        #expect(end == ParcelEnd(.exited(0), output: "first"))
    }

    @Test("one that does not end is ended, with what it started")
    func ended() async throws {
        let scratch = try ScratchFolder()
        let end = await run("sleep 600 & echo $! > \(scratch.path)/child; wait", limit: .seconds(3))
        #expect(end.how == .timedOut)
        try await expectGone(scratch)
    }

    @Test("what it leaves running is ended when it ends")
    func leftRunning() async throws {
        let scratch = try ScratchFolder()
        let end = await run("sleep 600 & echo $! > \(scratch.path)/child")
        #expect(end.how == .exited(0))
        try await expectGone(scratch)
    }

    /// A process that was killed is there until it is waited for, which whoever inherits it does soon.
    private func expectGone(_ scratch: ScratchFolder) async throws {
        let child = try #require(pid_t(try scratch.text("child").split(separator: "\n").joined()))
        for _ in 0..<500 {
            let state = (try? String(decoding: scratch.state(of: child), as: UTF8.self)) ?? "Z"
            if state == "Z" { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        Issue.record("process \(child) is still there")
    }

    @Test("one that a signal ends, and one that is not there, are told apart from others")
    func otherEnds() async {
        #expect(await run("kill -TERM $$").how == .killed(by: SIGTERM))
        let missing = await ParcelProgram(Parcel(program: "/nowhere/program", arguments: [], input: [])).run()
        #expect(missing.how == .notStarted("No such file or directory"))
    }

    @Test("it sees where things are, and no variable that may hold a secret, unless it is a command of the user")
    func environment() async {
        func names(_ parcel: Parcel) async -> Set<String> {
            let lines = await ParcelProgram(parcel).run().output.split(separator: "\n")
            return Set(lines.map { line in String(line.prefix { $0 != "=" }) })
        }
        var parcel = Parcel(program: "env", arguments: [], input: [])
        parcel.environment = ["LOCKSTEP_TITLE": "y"]
        let few = await names(parcel)
        #expect(few.contains("PATH") && few.contains("LOCKSTEP_TITLE"))
        #expect(few.isSubset(of: ParcelProgram.harmless.union(["LOCKSTEP_TITLE"])))
        parcel.inheritsAll = true
        #expect(await names(parcel).isSuperset(of: few))
    }
}

extension ScratchFolder {
    /// The letter of a process's state, as proc(5) has it.
    fileprivate func state(of process: pid_t) throws -> [UInt8] {
        let text = String(decoding: try readFile("/proc/\(process)/stat"), as: UTF8.self)
        return Array((text.split(separator: ")").last ?? "").utf8.dropFirst().prefix(1))
    }

    private func readFile(_ path: String) throws -> [UInt8] {
        guard let file = fopen(path, "r") else { throw Breach("no \(path)") }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 4_096)
        return Array(bytes[..<fread(&bytes, 1, bytes.count, file)])
    }
}
