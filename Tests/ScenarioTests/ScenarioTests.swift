import FileIO
import TestKit
import Testing

/// Every scenario as it is told, and with its sides exchanged.
@Suite(.serialized)
struct ScenarioTests {
    @Test("there are at least ninety scenarios, each with a name of its own")
    func count() {
        #expect(Set(Scenario.all.map(\.name)).count == Scenario.all.count)
        #expect(Scenario.all.filter { !$0.steps.isEmpty }.count >= 90)
        figure("named scenarios", Scenario.all.count)
    }

    @Test(
        "a scenario comes to its end, its plans tell all and touch nothing, and a run after the last does nothing",
        arguments: Scenario.all, [false, true])
    func told(scenario: Scenario, mirrored: Bool) async throws {
        let hasRun = scenario.steps.contains(where: \.isRun)
        try #require(hasRun)
        var last: Scenario.Step?
        var stage = try await scenario.play(mirrored: mirrored) { stage, step, workspace in
            try await stage.runAsPlanned(step, workspace)
            last = step
            if !stage.isDisturbed { figure("plans equal to their runs", 1) }
        }
        try stage.expectAsTold()
        let workspace = try stage.workspace()
        if let last, last.rest != "dead" { try await stage.expectNothingMore(last, workspace) }
        figure(mirrored ? "scenarios with sides exchanged" : "scenarios as they are", 1)
        figure("scenarios run again", 1)
    }
}
