import FileIO
import Glibc
import Runner
import TestKit
import Testing

/// Each run of each scenario dies at each thing that it asks of the disk, or is refused it; the next run ends where it would have ended.
@Suite(.serialized)
struct DeathTests {
    /// In the short mode the sides stand as they are told, and a run dies where it changes what is on the disk.
    @Test(
        "a run that dies at any operation, and is run again, ends in the same place",
        arguments: Scenario.all, isFull ? [false, true] : [false])
    func everyOperation(scenario: Scenario, mirrored: Bool) async throws {
        var deaths = 0
        _ = try await scenario.play(mirrored: mirrored) { stage, step, workspace in
            guard let rehearsal = try await Rehearsal(stage, step, workspace) else { return }
            for point in rehearsal.points where isFull || point.isChange {
                try await rehearsal.expectSameEnd(after: .death, at: point)
                deaths += 1
                guard point.operation.kind == .write else { continue }
                try await rehearsal.expectSameEnd(after: .tornDeath, at: point)
                deaths += 1
            }
            try rehearsal.finish()
        }
        figure("deaths within the process", deaths)
    }

    @Test(
        "a run that is refused one operation, for the disk is full, and is run again, ends in the same place",
        arguments: Scenario.all, isFull ? [false, true] : [false])
    func fullDisk(scenario: Scenario, mirrored: Bool) async throws {
        var refusals = 0
        _ = try await scenario.play(mirrored: mirrored) { stage, step, workspace in
            guard let rehearsal = try await Rehearsal(stage, step, workspace) else { return }
            for point in rehearsal.points where point.isChange && point.operation.kind != .remove {
                try await rehearsal.expectSameEnd(after: .refusal(ENOSPC), at: point)
                refusals += 1
            }
            try rehearsal.finish()
        }
        figure("operations refused by a full disk", refusals)
    }

    /// In the short mode, of each first death a few second ones, the same each time.
    @Test(
        "a run that dies, and whose recovery dies too, ends in the same place", arguments: Scenario.smallest(20),
        isFull ? [false, true] : [false])
    func deathInRecovery(scenario: Scenario, mirrored: Bool) async throws {
        var random = SplitMix64(seed: 4)
        var pairs = 0
        _ = try await scenario.play(mirrored: mirrored) { stage, step, workspace in
            guard let rehearsal = try await Rehearsal(stage, step, workspace) else { return }
            for first in rehearsal.points where isFull || first.isChange {
                let recovery = try await rehearsal.recovery(after: .death, at: first)
                var seconds = recovery.points.filter { isFull || $0.isChange }
                if !isFull { seconds = (0..<min(2, seconds.count)).map { _ in random.pick(seconds) } }
                for second in seconds {
                    try await recovery.expectSameEnd(after: .death, at: second)
                    pairs += 1
                }
            }
            try rehearsal.finish()
        }
        figure("deaths during a recovery", pairs)
    }
}
