import JobFiles
import Model
import Reconcile
import Values

/// Holds the plans of two versions of the job files against each other, over one reading of both sides and the state as it is. Nothing
/// is written.
package struct Against: Sendable {
    private let before: JobRunner
    private let after: JobRunner
    private let readings = SharedReadings()

    package init(
        before: Workspace, after: Workspace, world: World,
        tell: @escaping @Sendable (RunEvent) -> Void = { _ in }
    ) {
        self.before = Self.runner(before, readings, world, tell)
        self.after = Self.runner(after, readings, world, tell)
    }

    private static func runner(
        _ workspace: Workspace, _ readings: SharedReadings, _ world: World,
        _ tell: @escaping @Sendable (RunEvent) -> Void
    ) -> JobRunner {
        var runner = JobRunner(workspace, world: world, evenIfNotDue: true, tell: tell)
        runner.readings = readings
        return runner
    }

    private typealias Meant = (job: Job, sync: Sync)

    /// - Parameter names: jobs and syncs of either; all where none is named. What is in a file with an error, of either, is left out.
    /// - Returns: the differences, in the order of the syncs as they are now, and then those that are gone.
    package func compare(_ names: [String]) async throws(Selection.Unknown) -> [SyncDifference] {
        let earlier = try selected(names, before, after)
        let later = try selected(names, after, before)
        let reports = BeforeAfter(
            before: try await plan(earlier, before), after: try await plan(later, after))
        let former = Dictionary(earlier.map { ($0.sync.name, $0) }, uniquingKeysWith: { first, _ in first })
        let present = Set(later.map(\.sync.name))
        var differences: [SyncDifference] = []
        for meant in later {
            differences.append(await difference(former[meant.sync.name], meant, reports))
        }
        for meant in earlier where !present.contains(meant.sync.name) {
            differences.append(await difference(meant, nil, reports))
        }
        return differences
    }

    /// The syncs of one version that are meant.
    private func selected(
        _ names: [String], _ runner: JobRunner, _ other: JobRunner
    ) throws(Selection.Unknown) -> [Meant] {
        let workspace = runner.workspace
        let broken = workspace.brokenJobs.union(other.workspace.brokenJobs)
        let known = names.filter { !workspace.syncNames(of: $0).isEmpty }
        for name in names where !known.contains(name) && other.workspace.syncNames(of: name).isEmpty {
            let job = name.split(separator: "/", maxSplits: 1).first.map(String.init) ?? name
            if !broken.contains(job) { _ = try Selection([name]).syncs(of: after.workspace.checked.jobs) }
        }
        if known.isEmpty, !names.isEmpty { return [] }
        return try Selection(known).syncs(of: workspace.checked.jobs).filter { !broken.contains($0.job.name) }
    }

    private func plan(_ meant: [Meant], _ runner: JobRunner) async throws(Selection.Unknown) -> [SyncName: SyncReport] {
        if meant.isEmpty { return [:] }
        let reports = try await runner.run(Selection(meant.map(\.sync.name.description)), .plan)
        return Dictionary(reports.map { ($0.sync, $0) }, uniquingKeysWith: { first, _ in first })
    }

    private func difference(
        _ old: Meant?, _ new: Meant?, _ reports: BeforeAfter<[SyncName: SyncReport]>
    ) async -> SyncDifference {
        let name = new?.sync.name ?? old?.sync.name ?? SyncName(job: "", sync: "")
        var difference = SyncDifference(name)
        difference.reports = BeforeAfter(
            before: old == nil ? nil : reports.before[name], after: new == nil ? nil : reports.after[name])
        difference.standing = standing(old, new)
        let (added, lost) = Self.fields(old?.sync, new?.sync)
        (difference.newFields, difference.lostFields) = (added, lost)
        guard difference.troubles.isEmpty else { return difference }
        for side in Side.allCases {
            difference.scope[side] = await scope(side, old, new)
            if let old, let new, old.job.isEnabled, new.job.isEnabled,
                before.workspace.sources(old.job, old.sync)[side] != after.workspace.sources(new.job, new.sync)[side]
            {
                difference.readTwice.append(side)
            }
        }
        difference.writes = WriteChanges(difference.reports.before, difference.reports.after).all
        difference.compareHolds()
        difference.compareBrakes()
        return difference
    }

    private func standing(_ old: Meant?, _ new: Meant?) -> SyncDifference.Standing {
        guard let old else { return .added }
        guard let new else { return .removed }
        if old.job.isEnabled == new.job.isEnabled { return .same }
        return new.job.isEnabled ? .enabled : .disabled
    }

    /// Which records the filters let in, of a sync that is there and enabled.
    private func scope(_ side: Side, _ old: Meant?, _ new: Meant?) async -> SyncDifference.Scope {
        let earlier = await records(side, old, before.workspace)
        let later = await records(side, new, after.workspace)
        return SyncDifference.Scope(
            before: earlier.inside.count, after: later.inside.count,
            entering: Sampled(later.entered(since: earlier)), leaving: Sampled(earlier.entered(since: later)))
    }

    private func records(_ side: Side, _ meant: Meant?, _ workspace: Workspace) async -> ScopedRecords {
        guard let meant, meant.job.isEnabled else { return ScopedRecords() }
        let source = workspace.sources(meant.job, meant.sync)[side]
        guard let snapshot = await readings.whole(meant.sync.name, side, source) else { return ScopedRecords() }
        return ScopedRecords(snapshot, meant.sync.collections[side])
    }

    /// Fields that are written after a change and were not before, and the other way round.
    private static func fields(_ old: Sync?, _ new: Sync?) -> (added: Sides<[String]>, lost: Sides<[String]>) {
        var (added, lost) = (Sides<[String]>(left: [], right: []), Sides<[String]>(left: [], right: []))
        // Of a sync that comes or goes as a whole, its fields do not need telling.
        guard let old, let new else { return (added, lost) }
        for side in Side.allCases {
            let (earlier, later) = (old.writtenFields(of: side), new.writtenFields(of: side))
            let (known, present) = (Set(earlier.map(TextKey.init)), Set(later.map(TextKey.init)))
            added[side] = later.filter { !known.contains(TextKey($0)) }
            lost[side] = earlier.filter { !present.contains(TextKey($0)) }
        }
        return (added, lost)
    }
}

extension Sync {
    /// The fields of a side to which values go, each once.
    fileprivate func writtenFields(of side: Side) -> [String] {
        guard direction.writes(to: side) else { return [] }
        var seen: Set<TextKey> = []
        return fields.compactMap { field in
            guard field.flow.goes(to: side), let path = field.path(on: side)?.text else { return nil }
            return seen.insert(TextKey(path)).inserted ? path : nil
        }
    }
}

extension SyncDifference {
    /// What is held is told by its records and its cause: a sentence may be another one for the same thing.
    private struct HoldKey: Hashable {
        var ids: Sides<TextKey?>
        var cause: String

        init(_ item: HeldRecord) {
            ids = item.ids.map { $0.map(TextKey.init) }
            cause = item.cause
        }
    }

    fileprivate mutating func compareHolds() {
        let earlier = reports.before?.heldRecords ?? []
        let later = reports.after?.heldRecords ?? []
        let (known, present) = (Set(earlier.map(HoldKey.init)), Set(later.map(HoldKey.init)))
        newHolds = Sampled(later.filter { !known.contains(HoldKey($0)) })
        goneHolds = Sampled(earlier.filter { !present.contains(HoldKey($0)) })
    }

    fileprivate mutating func compareBrakes() {
        let earlier = reports.before?.refusals ?? []
        let later = reports.after?.refusals ?? []
        let (known, present) = (Set(earlier.map(\.brake)), Set(later.map(\.brake)))
        newBrakes = later.filter { !known.contains($0.brake) }
        goneBrakes = earlier.filter { !present.contains($0.brake) }
    }
}
