import Diagnostics
import Model
import Runner
import Testing
import Values

@testable import lockstep

struct CommandEndTests {
    @Test("the numbers are those that the manual promises")
    func numbers() {
        #expect(CommandEnd.allCases.map(\.rawValue) == [0, 1, 2, 3, 4, 64, 65, 70, 74, 75])
    }

    @Test("every status has its place among the others")
    func everyStatusHasAPlace() {
        #expect(Set(CommandEnd.byGravity) == Set(CommandEnd.allCases))
        #expect(CommandEnd.byGravity.count == CommandEnd.allCases.count)
    }

    private static let together: [(given: [Int32], wins: Int32)] = [
        ([0], 0), ([], 0), ([0, 75, 0], 75), ([75, 1], 1), ([1, 4, 0], 4), ([4, 3], 3), ([3, 65, 1], 65),
        ([65, 74, 75], 74), ([74, 70], 70), ([0, 2], 2), ([2, 3], 3), ([75, 0, 65, 3, 4, 1, 74, 70], 70),
    ]

    @Test("where several apply, the gravest wins", arguments: together)
    func gravest(given: [Int32], wins: Int32) throws {
        let statuses = try given.map { try #require(CommandEnd(rawValue: $0)) }
        #expect(CommandEnd.gravest(statuses).rawValue == wins)
        #expect(CommandEnd.gravest(statuses.reversed()).rawValue == wins)
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var name: String
        var outcome: SyncReport.Outcome
        var run: Int32
        var plan: Int32

        var testDescription: String { name }
    }

    private static let parent = SyncName(job: "helpdesk", sync: "companies")
    private static let refusal = Refusal(
        brake: .writes(.delete, .left), limit: Limit(.count(0)), allowed: 0, planned: 1, total: 30)

    private static func trouble(_ state: ConnectionTrouble.State) -> ConnectionTrouble {
        ConnectionTrouble(
            connection: "desk", state: state, since: .earliest, problem: "no answer", nextProbe: nil, isFirst: true)
    }

    private static let cases: [Case] = [
        Case(name: "not due", outcome: .notDue, run: 0, plan: 0),
        Case(name: "too soon", outcome: .tooSoon(until: .latest), run: 75, plan: 75),
        Case(name: "disabled", outcome: .disabled, run: 0, plan: 0),
        Case(name: "unchanged", outcome: .untouched, run: 0, plan: 0),
        Case(name: "written", outcome: .planned, run: 0, plan: 0),
        Case(name: "waits", outcome: .waits(for: parent), run: 1, plan: 1),
        Case(name: "stopped", outcome: .stopped(.timeLimit, left: 2), run: 1, plan: 1),
        Case(name: "locked", outcome: .locked(holder: "someone"), run: 75, plan: 75),
        Case(name: "broken connection", outcome: .disconnected(trouble(.broken)), run: 4, plan: 4),
        Case(name: "connection not reached", outcome: .disconnected(trouble(.unreachable)), run: 4, plan: 4),
        Case(name: "busy connection", outcome: .disconnected(trouble(.busy)), run: 1, plan: 1),
        Case(name: "incomplete", outcome: .failed(.incomplete(.left, read: 6, expected: 12)), run: 1, plan: 1),
        Case(name: "brake", outcome: .refused([refusal]), run: 3, plan: 3),
        Case(
            name: "malformed", outcome: .failed(.endpoint(.left, .malformed(place: "a:1", message: "bad"))),
            run: 74,
            plan: 74),
        Case(
            name: "unavailable", outcome: .failed(.endpoint(.left, .unavailable(message: "no disk"))), run: 74,
            plan: 74),
        Case(
            name: "uncertain", outcome: .failed(.endpoint(.left, .uncertain(message: "no disk"))), run: 74, plan: 74),
        Case(
            name: "misconfigured", outcome: .failed(.endpoint(.right, .misconfigured(message: "no field 'id'"))),
            run: 65, plan: 65),
        Case(
            name: "changed meanwhile", outcome: .failed(.endpoint(.right, .changedMeanwhile(name: "a.csv"))),
            run: 1,
            plan: 1),
        Case(
            name: "settings", outcome: .failed(.settings(Diagnostic(.error, "unset-variable", "not set"))), run: 65,
            plan: 65),
    ]

    @Test("the end of a sync has its number", arguments: cases)
    func outcome(_ known: Case) throws {
        let report = Self.report(known.outcome)
        #expect(CommandEnd(run: report).rawValue == known.run)
        #expect(CommandEnd(plan: report).rawValue == known.plan)
    }

    private static func report(_ outcome: SyncReport.Outcome) -> SyncReport {
        SyncReport(
            sync: SyncName(job: "helpdesk", sync: "tickets"), outcome: outcome, started: .earliest, finished: .earliest,
            collections: Sides(left: "tickets", right: "requests"))
    }
}
