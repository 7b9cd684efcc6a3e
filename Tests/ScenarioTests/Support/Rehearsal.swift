import FileIO
import Glibc
import Runner
import TestKit
import Testing
import Values

/// A run of a scenario that was carried out once undisturbed, and can be carried out again from where it began.
struct Rehearsal {
    let stage: Stage
    let step: Scenario.Step
    let workspace: Workspace
    /// What the run asks of the disk.
    let points: [DiskPoint]
    /// What it comes to; what a run comes to that does all that this one leaves, where it is to do but a part.
    let end: [String]
    private let before: FileTree
    private let after: FileTree
    private let history: String

    /// Carries the run out; nil, once it is done, for a run that the scenario itself disturbs.
    init?(_ stage: Stage, _ step: Scenario.Step, _ workspace: Workspace) async throws {
        if stage.script != nil {
            _ = try await stage.run(step, workspace, stage.script?.disk ?? Disk())
            return nil
        }
        self.init(stage, step, workspace, before: try FileTree(stage.path), end: nil, history: "")
        self = try await rehearsed()
    }

    private init(
        _ stage: Stage, _ step: Scenario.Step, _ workspace: Workspace, before: FileTree, end: [String]?,
        history: String,
        points: [DiskPoint] = [], after: FileTree? = nil
    ) {
        self.stage = stage
        self.step = step
        self.workspace = workspace
        self.before = before
        self.end = end ?? []
        self.history = history
        self.points = points
        self.after = after ?? before
    }

    private func rehearsed() async throws -> Rehearsal {
        let script = DiskScript()
        _ = try await stage.run(step, workspace, script.disk)
        let after = try FileTree(stage.path)
        if step.part.limit != nil { _ = try await stage.run(step.unlimited, workspace, Disk()) }
        return Rehearsal(
            stage, step, workspace, before: before, end: try stage.end(workspace), history: history,
            points: script.points, after: after)
    }

    /// Leaves everything as the undisturbed run did.
    func finish() throws { try after.restore(stage.path) }

    /// The run that follows one to which something happened, itself carried out once; it comes to the same end.
    func recovery(after event: DiskEvent, at point: DiskPoint) async throws -> Rehearsal {
        try await disturb(event, point)
        let recovery = Rehearsal(
            stage, step, workspace, before: try FileTree(stage.path), end: end, history: "\(event) at \(point); ")
        let rehearsed = try await recovery.rehearsed()
        #expect(rehearsed.end == end, "\(place(event, point))")
        return rehearsed
    }

    /// That a run follows which comes to the same end, and another one after it that changes nothing.
    func expectSameEnd(after event: DiskEvent, at point: DiskPoint) async throws {
        try await disturb(event, point)
        // A run that failed has begun all the same: the next one is due later.
        let isForced = if case .refusal = event { true } else { false }
        try await expectSameEnd(place(event, point), evenIfNotDue: isForced)
    }

    /// As with a death within the process, for a process of its own.
    func expectSameEnd(afterKill event: String, at point: DiskPoint, _ program: KillRunner) async throws {
        try before.restore(stage.path)
        let signal = try program.run([
            stage.path + "/jobs", stage.path + "/state", stage.now.description, event, point.operation.kind.rawValue,
            point.operation.path, String(point.occurrence),
        ])
        #expect(signal == SIGKILL, "it was not killed: \(event) \(point)")
        try await expectSameEnd("killed \(event): \(place(.kill, point))")
    }

    private func expectSameEnd(_ place: String, evenIfNotDue: Bool = false) async throws {
        _ = try await stage.run(step.unlimited, workspace, Disk(), evenIfNotDue: evenIfNotDue)
        #expect(try stage.end(workspace) == end, "\(place)")
        _ = try await stage.run(step.unlimited, workspace, Disk())
        #expect(try stage.end(workspace) == end, "one run later: \(place)")
    }

    private func disturb(_ event: DiskEvent, _ point: DiskPoint) async throws {
        try before.restore(stage.path)
        let script = DiskScript(event, at: point)
        _ = try await stage.run(step, workspace, script.disk)
        script.finish()
        #expect(script.points.contains(point), "it was not met: \(place(event, point))")
    }

    private func place(_ event: DiskEvent, _ point: DiskPoint) -> String {
        let path = point.operation.path.replacing(stage.path + "/", with: "")
        return "\(stage.scenario.testDescription), line \(step.line): \(history)\(event) at "
            + "\(point.operation.kind.rawValue) \(path), no. \(point.occurrence)"
    }
}
