import Diagnostics
import JobFiles
import Model
import Reconcile
import StateStore
import Values

/// Says why a sync, or a record of it, is or is not in step. Writes nothing, and asks no system unless it is told to: what lies in
/// files on this host is read as it is.
package struct Why {
    private let name: String
    private let record: String?
    private let isLive: Bool
    private let workspace: Workspace
    private let world: World
    /// How many records wait for this one.
    private var depth = 0

    /// How many records are named where a text stands in several.
    private static let mostCandidates = 5

    /// - Parameters:
    ///   - name: a job or a sync.
    ///   - record: its id, with `left:` or `right:` in front where that is not clear, or a text that stands in it.
    ///   - isLive: whether systems that are not files of this host are asked.
    package init(_ name: String, record: String?, isLive: Bool, _ workspace: Workspace, world: World) {
        self.name = name
        self.record = record
        self.isLive = isLive
        self.workspace = workspace
        self.world = world
    }

    package func callAsFunction() async throws(Selection.Unknown) -> [WhyReport] {
        let job = SyncName(name)?.job ?? name
        if workspace.brokenJobs.contains(job) { return [broken(job)] }
        var reports: [WhyReport] = []
        for (job, sync) in try Selection([name]).syncs(of: workspace.checked.jobs) {
            let times = SyncConditions(job, sync, workspace, world).times
            for var report in await explain(job, sync) {
                report.times = times
                reports.append(report.forcing(workspace, world))
            }
        }
        guard record != nil else { return reports }
        // Of several syncs those matter that know the record.
        let known = reports.filter { report in !report.conditions.contains { $0.cause == .unknownID } }
        let knowing = known.filter { report in
            report.ids.left != nil || report.ids.right != nil
                || report.conditions.contains { $0.cause == .severalRecords }
        }
        if !knowing.isEmpty { return knowing }
        return known.isEmpty ? Array(reports.prefix(1)) : known
    }

    private func broken(_ job: String) -> WhyReport {
        let errors = workspace.diagnostics(of: [job]).filter { $0.severity == .error && !workspace.isAboutTests($0) }
        let conditions = errors.map { error in
            Condition(
                .stop, .jobFileBroken, "\(error.message) [\(error.code)]" + Self.hint(error),
                place: error.place?.fileAndLine,
                remedies: [Remedy(.person("mend the file"), .command(["check", job]))])
        }
        return WhyReport(SyncName(name) ?? SyncName(job: job, sync: ""), conditions)
    }

    private func explain(_ job: Job, _ sync: Sync) async -> [WhyReport] {
        let whole = SyncConditions(job, sync, workspace, world)
        var conditions = whole.all()
        let evidence: Evidence
        do throws(SettleFailure) {
            evidence = try await look(sync, isBlocked: conditions.contains { $0.bars })
        } catch {
            conditions = conditions.replacing(with: failed(error, whole))
            await explainParents(of: sync, &conditions)
            return [WhyReport(sync.name, conditions)]
        }
        let outlook = SyncOutlook(evidence, whole)
        var past = conditions.filter { $0.about == .lastRun && $0.standing == .wait }
        conditions.removeAll { $0.about == .lastRun && $0.standing == .wait }
        // A plan of now tells more of a brake than what the last run left behind.
        if evidence.now != nil {
            conditions.removeAll { [.brake, .fieldLost].contains($0.cause) }
            past += conditions.filter(\.isOfLastRun).map(\.asPast)
            conditions.removeAll(where: \.isOfLastRun)
            conditions += outlook.unwritable()
            past.removeAll { past in conditions.contains { $0.isBlocking && $0.cause == past.cause } }
            // What answers now is in no trouble any more, whatever the last run met.
            if isLive {
                let over = Set(conditions.filter(\.isOfConnection).map(\.cause))
                conditions.removeAll { over.contains($0.cause) }
            }
            if outlook.mayBeBraked, let report = await plan(sync) { conditions += outlook.brake(report) }
        }
        await explainParents(of: sync, &conditions)
        guard let record else {
            return [WhyReport(sync.name, conditions + outlook.conditions(after: conditions) + past)]
        }
        // Of one record it is known how it stands now, whatever the last run met.
        return await explain(record, evidence, whole, conditions + past.map(\.asNote))
    }

    /// What `plan` shows of a sync.
    private func plan(_ sync: Sync) async -> SyncReport? {
        let runner = JobRunner(workspace, world: world, evenIfNotDue: true)
        return try? await runner.run(Selection(["\(sync.name)"]), .plan).first
    }

    /// What stands in the way of a parent now, and what mends it.
    private func explainParents(of sync: Sync, _ conditions: inout [Condition]) async {
        guard depth < Self.deepest else { return }
        for at in conditions.indices where conditions[at].cause == .parentNotSucceeded && conditions[at].isBlocking {
            guard let parent = conditions[at].parent else { continue }
            var why = Why("\(parent)", record: nil, isLive: isLive, workspace, world: world)
            why.depth = depth + 1
            guard let decisive = try? await why().first?.decisive, decisive.standing == .stop else { continue }
            let own = Remedy.Step.command(["run", "\(sync.name)", "--now"])
            conditions[at].parentKind = decisive.kind
            conditions[at].place = decisive.place
            conditions[at].evidence = ["\(parent): \(decisive.text)"] + decisive.evidence
            conditions[at].remedies = decisive.remedies.map { Remedy($0.steps + [own]) }
        }
    }

    /// What stood in the way of looking at both sides now.
    private func failed(_ failure: SettleFailure, _ whole: SyncConditions) -> [Condition] {
        let run = Remedy.Step.command(["run", "\(whole.sync.name)", "--now"])
        guard case .run(let failure) = failure else { return [Condition(.stop, .runFailed, failure.sentence)] }
        let cause = Cause(failure.cause)
        if failure.mistakes.isEmpty { return [whole.failed(failure)] }
        return failure.mistakes.map { mistake in
            Condition(
                .stop, cause, mistake.message + Self.hint(mistake), place: mistake.place?.fileAndLine,
                remedies: [Remedy(.person("mend the file"), run)])
        }
    }

    private static func hint(_ mistake: Diagnostic) -> String { mistake.hint.map { ": \($0)" } ?? "" }

    /// A record that waits for its parent waits for what the parent waits for, and what mends that mends both.
    private func explainParent(
        of record: RecordConditions, _ evidence: Evidence, _ conditions: inout [Condition], _ depth: Int
    ) async {
        guard depth < Self.deepest, let (field, parent, id) = record.missingParent,
            let at = conditions.firstIndex(where: { $0.cause == .parentNotLinked })
        else { return }
        if parent == evidence.sync.name { return explainAncestors(of: record, evidence, &conditions[at]) }
        var why = Why("\(parent)", record: "\(record.side):\(id.key)", isLive: isLive, workspace, world: world)
        why.depth = depth + 1
        guard let found = try? await why().first, let decisive = found.decisive else { return }
        let own = Remedy.Step.command(["run", "\(evidence.sync.name)", "--now"])
        conditions[at].evidence.append("\(parent): \(record.side) \(id.key): \(decisive.text)")
        conditions[at].evidence += decisive.evidence
        if decisive.cause == .unknownID {
            let make = Remedy.Step.person("make \(record.side) \(id.key) of \(parent), or give '\(field)' another")
            conditions[at].remedies = [Remedy(make, .command(["run", "\(parent)", "--now"]), own)]
        } else if decisive.isBlocking || decisive.standing == .wait {
            conditions[at].remedies = decisive.remedies.map { Remedy($0.steps + [own]) }
        }
    }

    /// How many parents of parents are asked about.
    private static let deepest = 5

    private func explain(
        _ record: String, _ evidence: Evidence, _ whole: SyncConditions, _ conditions: [Condition]
    ) async -> [WhyReport] {
        let found = RecordSearch(evidence).find(record, most: Self.mostCandidates)
        switch found.count {
        case 0:
            // Of a record that may be known, what is known cannot be read.
            if conditions.contains(where: \.bars) { return [WhyReport(evidence.sync.name, conditions)] }
            let unknown = RecordSearch(evidence).unknown(record)
            // What stops the sync may be why nothing is known of the record.
            let isStopped = conditions.contains { $0.isBlocking }
            return [WhyReport(evidence.sync.name, isStopped ? conditions + [unknown] : [unknown])]
        case 1:
            let own = RecordConditions(evidence, whole, found[0].side, found[0].id)
            var report = WhyReport(evidence.sync.name, ids: own.ids.map { $0?.key })
            report.title = own.title
            report.conditions =
                conditions + own.all(isStopped: conditions.contains { $0.standing == .stop && $0.name != .lastRun })
            await explainParent(of: own, evidence, &report.conditions, depth)
            return [report]
        default: return [WhyReport(evidence.sync.name, [RecordSearch(evidence).several(record, found)])]
        }
    }

    /// What there is to know without a write; both sides are read where nothing bars it, and they are files or may be asked.
    private func look(_ sync: Sync, isBlocked: Bool) async throws(SettleFailure) -> Evidence {
        let name = sync.name
        guard !isBlocked else { return try remembered(sync) }
        var open = try OpenSync(name, of: workspace, world, isToWrite: false, doubtsMatter: false)
        var evidence = Evidence(sync: sync, links: open.store.links, queue: [])
        do throws(StateFailure) {
            evidence.queue = try open.run.folder.queueItems()
        } catch {
            throw .run(.state(error))
        }
        guard isLive || Side.allCases.allSatisfy({ open.run.endpoints[$0].capabilities.isLocal }) else {
            return evidence
        }
        let creates = try await open.settleDoubts()
        evidence.links = open.store.links
        let wanted = record.map { RecordSearch(evidence).links(of: $0) } ?? []
        let trusting = open.run.trustsFingerprints(open.store.header)
        let snapshots = try await open.read(wanted, trusting: trusting && (record == nil || !wanted.isEmpty))
        var inputs = try open.inputs(snapshots, creates)
        do throws(RunFailure) {
            inputs.putOff = try open.run.attempts(world.now()).putOff
        } catch {
            throw .run(error)
        }
        evidence.now = Evidence.Now(records: KeptRecords(inputs), plan: Planner.plan(inputs))
        return evidence
    }

    private func remembered(_ sync: Sync) throws(SettleFailure) -> Evidence {
        let folder = workspace.state(of: sync.name, world)
        do throws(StateFailure) {
            let store = try SyncStore(folder, fields: sync.fields.map(\.text))
            return Evidence(sync: sync, links: store.links, queue: try folder.queueItems())
        } catch {
            // What is wrong with the state is among the conditions already.
            return Evidence(sync: sync, links: LinkTable(), queue: [])
        }
    }
}

extension [Condition] {
    /// These, where what is found now takes the place of what the last run met of the same kind.
    fileprivate func replacing(with found: [Condition]) -> [Condition] {
        let causes = Set(found.map(\.cause))
        let at = firstIndex { $0.name == .connections || $0.isOfConnection }
        guard let at, found.allSatisfy(\.isOfConnection) else { return others(than: causes) + found }
        let former = self[at...].filter { !$0.isOfConnection && $0.name != .connections }
        return self[..<at] + found + former.others(than: causes)
    }

    private func others(than causes: Set<Cause>) -> [Condition] {
        filter { $0.standing == .ok || !causes.contains($0.cause) }
    }
}

extension Condition {
    /// Whether nothing can be read while it is so.
    fileprivate var bars: Bool {
        standing == .stop && [.variableNotSet, .badSetting, .locked, .stateUnreadable].contains(cause)
    }
}
