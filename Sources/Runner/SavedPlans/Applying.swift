import JobFiles
package import Model
import StateStore

/// Carries out a saved plan: makes the writes that it has and that would be made now too, and leaves out what has moved since.
package struct Applying: Sendable {
    private let plan: SavedPlan
    private let workspace: Workspace
    private let world: World
    private let accepted: Set<String>
    package var tell: @Sendable (RunEvent) -> Void = { _ in }
    /// Whether a sync that another run is at work on is waited for.
    package var waitsForLocks = false

    /// - Parameter accepted: the digests of plans that brakes are lifted for, as far as they stood against them when they were made.
    package init(_ plan: SavedPlan, _ workspace: Workspace, world: World, accepting accepted: Set<String> = []) {
        self.plan = plan
        self.workspace = workspace
        self.world = world
        self.accepted = accepted
    }

    /// What stands in the way of the whole file: nothing is written where there is any.
    package func obstacles() -> [SavedPlanFailure] {
        let unknown = accepted.filter { digest in !plan.syncs.contains { $0.digest == digest } }
        if !unknown.isEmpty { return [.notInFile(unknown.sorted())] }
        return plan.syncs.filter { !$0.isEmpty }.flatMap { saved in
            definitionObstacle(saved).map { [$0] } ?? stateObstacle(saved).map { [$0] } ?? []
        }
    }

    private func definitionObstacle(_ saved: SavedSync) -> SavedPlanFailure? {
        let now = workspace.definition(of: saved.sync)
        if now.isEmpty { return .noSync(saved.sync) }
        if now == saved.definition { return nil }
        let changed = now.keys.filter { saved.definition[$0] != nil && saved.definition[$0] != now[$0] }
        // What follows from the parts is told where no part is.
        let parts = changed.filter { $0 != Workspace.order }
        let new = now.keys.filter { saved.definition[$0] == nil }
        let gone = saved.definition.keys.filter { now[$0] == nil }
        let isTold = !parts.isEmpty || !new.isEmpty || !gone.isEmpty
        return .redefined(saved.sync, changed: isTold ? parts : Array(changed), new: Array(new), gone: Array(gone))
    }

    /// Whether the state is that of the plan, or what became of it. Runs have numbers, and times in their names: another folder has others.
    private func stateObstacle(_ saved: SavedSync) -> SavedPlanFailure? {
        let folder = workspace.state(of: saved.sync, world)
        do throws(StateFailure) {
            let header = try folder.header() ?? SyncHeader()
            let now = StatePosition(runs: header.runCount, lastRun: header.lastRun)
            let other = SavedPlanFailure.anotherState(saved.sync, path: folder.path, plan: saved.state, now: now)
            if now.runs < saved.state.runs { return other }
            guard let number = PastRun.number(of: saved.state.lastRun) else { return nil }
            guard let last = PastRun.number(of: now.lastRun), last >= number else { return other }
            let logged = try folder.runsWithLogs()
            let listed = try folder.lastRuns(.max).compactMap(\.run)
            let same = (logged + listed).first { PastRun.number(of: $0) == number }
            return same.map { $0 != saved.state.lastRun } ?? false ? other : nil
        } catch {
            return .state(saved.sync, error.description)
        }
    }

    /// Makes the writes.
    ///
    /// - Returns: what came of each sync that has writes in the file.
    package func callAsFunction() async -> [SyncReport] {
        var runner = JobRunner(workspace, world: world, evenIfNotDue: true, tell: tell)
        runner.waitsForLocks = waitsForLocks
        runner.part = RunPart(saved: SavedPart(plan, accepted: accepted))
        let wanted = Set(plan.syncs.filter { !$0.isEmpty }.map(\.sync))
        if wanted.isEmpty { return [] }
        let names = withParents(wanted).map(\.description).sorted()
        // Each name was found in the jobs folder before.
        return (try? await runner.run(Selection(names), .run(accepting: nil))) ?? []
    }

    /// Syncs with all that they wait for: those are looked at, as they were for the plan, and nothing of them is written that is not in it.
    private func withParents(_ wanted: Set<SyncName>) -> Set<SyncName> {
        let parents = Dictionary(
            workspace.checked.jobs.flatMap(\.syncs).map { ($0.name, $0.parents) },
            uniquingKeysWith: { first, _ in first })
        var all = wanted
        var next = Array(wanted)
        while let name = next.popLast() {
            for parent in parents[name] ?? [] where parents[parent] != nil && all.insert(parent).inserted {
                next.append(parent)
            }
        }
        return all
    }

    /// The runs that carried out the plan of a sync before, the last one last.
    package func runs(of sync: SyncName) -> [String] {
        guard let digest = plan.syncs.first(where: { $0.sync == sync })?.digest else { return [] }
        let runs = try? workspace.state(of: sync, world).lastRuns(1000)
        return (runs ?? []).filter { $0.plan == digest }.compactMap(\.run)
    }
}
