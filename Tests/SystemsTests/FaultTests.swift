import TestKit
import TestServers
import Testing

@testable import lockstep

/// What befalls every so many requests to either system.
enum Trouble: String, CaseIterable, CustomTestStringConvertible {
    case busy = "429 with Retry-After"
    case dropped = "dropped connections"
    case lost = "answers lost after the server did it"
    case cut = "cut bodies"
    case delayed = "delays"
    case late = "answers later than the time limit, after the server did it"

    var testDescription: String { rawValue }

    var rules: [FaultRule] {
        switch self {
        case .busy: [FaultRule(every: 11, status: 429, headers: ["Retry-After": "1"])]
        case .dropped: [FaultRule(every: 11, drop: true)]
        case .lost: [FaultRule(every: 11, lose: true)]
        case .cut: [FaultRule(every: 11, cut: 20)]
        case .delayed: [FaultRule(every: 11, delay: 0.3)]
        // Fewer: each of them costs the time limit.
        case .late: [FaultRule(every: 17, late: 5)]
        }
    }
}

/// Redmine and Kinto behind proxies that break requests. Redmine gives ids itself and knows no keys of requests: whether a create whose
/// answer was lost took effect, a run has to find out by looking.
@Suite("Systems behind a network that fails are brought in step")
struct FaultTests {
    /// How many records are born, half of them on either side.
    private static let records = isFull ? 200 : 40
    private static let mostRuns = 60

    @Test(
        "nothing is lost, and nothing is there twice",
        .enabled(
            if: ServerKind.redmine.isThere && ServerKind.kinto.isThere && ServerKind.faults.isThere,
            "redmine, kinto or the proxy is not installed: Tests/Servers/install"),
        arguments: Trouble.allCases)
    func inStep(_ trouble: Trouble) async throws {
        let pair = try await BrokenPair.make()
        var wanted = try await pair.fill(Self.records)
        try pair.begin(trouble.rules, pause: trouble == .busy ? .seconds(1) : .zero)
        let first = try await pair.settle(atMost: Self.mostRuns)
        try await pair.expect(wanted, "after the first runs:\n\(pair.told)")
        wanted = try await pair.edit(wanted)
        let second = try await pair.settle(atMost: Self.mostRuns)
        try await pair.expect(wanted, "after edits:\n\(pair.told)")
        let struck = try pair.struck()
        #expect(struck.left > 0 && struck.right > 0)
        print(
            "\(trouble.rawValue): \(Self.records) records, \(first) + \(second) runs, \(struck.left) + \(struck.right) requests struck"
        )
        figure("faults put into requests to real servers", struck.left + struck.right)
        try pair.begin([], pause: .zero)
        #expect(await pair.folder.run("plan", "bridge", "--detailed-exitcode").end == .inStep, "\(pair.told)")
        try await pair.stop()
    }
}
