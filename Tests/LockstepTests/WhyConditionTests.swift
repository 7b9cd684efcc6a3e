import Runner
import Testing
import Values

@testable import lockstep

struct WhyConditionTests {
    private typealias Line = (condition: String?, standing: String?, cause: String?)

    /// The answer of `why`, and its conditions.
    private func why(_ arguments: [String], _ world: TestWorld) async throws -> (cause: String?, lines: [Line]) {
        let captured = CapturedConsole()
        _ = await world.run(["why"] + arguments + ["--format", "json"], on: captured.console)
        let answers = try JSON.parse(Array(captured.text(.output).utf8)).object?["answers"]?.list
        let answer = try #require(answers?.first?.object)
        let lines = (answer["conditions"]?.list ?? []).compactMap(\.object).map { object in
            (object["condition"]?.text, object["standing"]?.text, object["cause"]?.text)
        }
        return (answer["cause"]?.text, lines)
    }

    @Test("a condition that is met has a name and no cause")
    func met() async throws {
        let world = try TestWorld(withSmallJob: ())
        _ = await world.run(["run"], on: CapturedConsole().console)
        let sync = try await why(["helpdesk/tickets"], world)
        #expect(sync.cause == "in-step")
        #expect(
            sync.lines.compactMap(\.condition) == ["enabled", "connections", "lock", "last-run", "schedule"])
        let record = try await why(["helpdesk/tickets", "left:1"], world)
        #expect(record.cause == "in-step")
        #expect(
            record.lines.compactMap(\.condition)
                == ["enabled", "connections", "lock", "last-run", "link", "in-step"])
        for line in sync.lines + record.lines {
            #expect(line.standing == "ok")
            #expect(line.cause == nil)
        }
    }

    @Test("a condition that is not met keeps its name, and has a cause")
    func notMet() async throws {
        let world = try TestWorld(withSmallJob: ())
        _ = await world.run(["run"], on: CapturedConsole().console)
        try world.write("desk/tickets.csv", "id,title\n1,left\n2,Printer on fire\n")
        try world.write(
            "portal/requests.jsonl", TestWorld.inStep.replacing(#""VPN down""#, with: #""right""#))
        _ = await world.run(["run"], on: CapturedConsole().console)
        _ = await world.run(["pause", "helpdesk"], on: CapturedConsole().console)
        let record = try await why(["helpdesk/tickets", "left:1"], world)
        #expect(record.cause == "paused")
        #expect(
            record.lines.map { "\($0.condition ?? ""): \($0.standing ?? "") \($0.cause ?? "-")" } == [
                "enabled: ok -", "not-paused: stop paused", "connections: ok -", "lock: ok -", "last-run: ok -",
                "link: ok -", "holds: hold conflict",
            ])
    }

    @Test("no two conditions have one name")
    func names() {
        let names = ConditionName.allCases.map(\.rawValue)
        #expect(Set(names).count == names.count)
        #expect(names.allSatisfy { $0.utf8.allSatisfy { $0 == 0x2D || (0x61...0x7A).contains($0) } })
    }
}
