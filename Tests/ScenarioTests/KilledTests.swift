import FileIO
import Glibc
import Runner
import TestKit
import Testing

/// As ``DeathTests``, with a process of its own that kills itself with SIGKILL: what the kernel was handed is all that is left.
@Suite(.serialized)
struct KilledTests {
    /// In the short mode every seventh place, in the long mode all.
    private static let stride = isFull ? 1 : 7

    private static let places: [(word: String, event: DiskEvent)] = [
        ("before", .kill), ("after", .killAfter), ("torn", .tornKill),
    ]

    @Test(
        "a process that is killed before, after or within a write, and is run again, ends in the same place",
        arguments: Array(Scenario.all.enumerated()).map { Numbered(number: $0, scenario: $1) })
    func killed(numbered: Numbered) async throws {
        let program = try KillRunner()
        // Each scenario begins elsewhere, so that all kinds of places come.
        var at = numbered.number
        var kills = 0
        _ = try await numbered.scenario.play(mirrored: false) { stage, step, workspace in
            guard let rehearsal = try await Rehearsal(stage, step, workspace) else { return }
            let isPlain = step.words == ["run"]
            for point in rehearsal.points where isPlain && point.isChange {
                for (word, event) in Self.places where event != .tornKill || point.operation.kind == .write {
                    at += 1
                    guard at.isMultiple(of: Self.stride) else { continue }
                    try await rehearsal.expectSameEnd(afterKill: word, at: point, program)
                    kills += 1
                }
            }
            try rehearsal.finish()
        }
        figure("processes killed with SIGKILL", kills)
    }

    /// A scenario and its place among all.
    struct Numbered: Sendable, CustomTestStringConvertible {
        var number: Int
        var scenario: Scenario

        var testDescription: String { scenario.testDescription }
    }
}

/// The program of these tests that kills itself, as it was built beside them.
struct KillRunner {
    private let path: String

    init() throws {
        guard let tests = realpath("/proc/self/exe", nil) else { throw Breach("no /proc/self/exe") }
        defer { free(tests) }
        path = "/" + String(cString: tests).split(separator: "/").dropLast().joined(separator: "/") + "/kill-runner"
        guard access(path, X_OK) == 0 else { throw Breach("no program at \(path)") }
    }

    /// Runs it, and gives the signal that ended it; nil where it ended by itself.
    func run(_ arguments: [String]) throws -> CInt? {
        var words: [UnsafeMutablePointer<CChar>?] = ([path] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        let result = posix_spawn(&process, path, nil, nil, &words, environ)
        guard result == 0 else { throw Breach("cannot start \(path): \(result)") }
        var status: CInt = 0
        while waitpid(process, &status, 0) < 0 {
            guard errno == EINTR else { throw Breach("cannot wait for \(process): \(errno)") }
        }
        return status & 0x7F == 0 ? nil : status & 0x7F
    }
}
