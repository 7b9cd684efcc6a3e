import Diagnostics
import FileIO
import Model
import Reconcile
import StateStore
import Values

/// What is to be done in a sync as a whole, where nothing stops it: what a run would write, and what needs a person.
struct SyncOutlook {
    private let evidence: Evidence
    private let whole: SyncConditions

    init(_ evidence: Evidence, _ whole: SyncConditions) {
        self.evidence = evidence
        self.whole = whole
    }

    /// - Parameter before: the conditions that were met before these.
    func conditions(after before: [Condition]) -> [Condition] {
        if before.contains(where: { $0.isBlocking }) { return [] }
        var schedule = whole.schedule()
        var conditions = held()
        let count = evidence.now?.plan.operations.count ?? 0
        guard count > 0 else { return conditions + [schedule.asNote] }
        if schedule.standing == .ok {
            schedule.standing = .wait
            schedule.cause = .pending
            schedule.remedies = [.command("run", "\(evidence.sync.name)", "--now")]
        }
        schedule.about = .schedule
        schedule.evidence.append("a run would make \(count) \(count == 1 ? "write" : "writes")")
        conditions.append(schedule)
        return conditions
    }

    /// The files that the next run is to write, and may not.
    func unwritable() -> [Condition] {
        guard let now = evidence.now else { return [] }
        return Side.allCases.compactMap { side in
            guard now.plan.operations.contains(where: { $0.side == side }),
                let file = now.inputs.capabilities[side].file, let failure = whole.world.obstacle(toWriting: file)
            else { return nil }
            let first = Permission(failure, of: whole.world)?.remedy ?? [.person("mend that")]
            return Condition(
                .stop, .collectionUnavailable, "\(side): \(failure.description)",
                place: evidence.sync.collections[side].place.fileAndLine,
                remedies: [Remedy(first + [.command(["run", "\(evidence.sync.name)", "--now"])])])
        }
    }

    /// Whether a brake would stop the next run, or stopped the last: that one may be of a field, which takes a plan to see.
    var mayBeBraked: Bool {
        guard let now = evidence.now else { return false }
        if whole.header?.lastOutcome == .brake { return true }
        let header = whole.header
        let former = now.inputs.isJobFileChanged ? header?.limits : nil
        let counts = header?.counts ?? Sides(left: nil, right: nil)
        return !Brakes.refusals(now.plan, evidence.sync.limits, former: former, lastCounts: counts).isEmpty
    }

    /// - Parameter report: the plan that a brake stops, as `plan` shows it: its digest is what can be accepted.
    func brake(_ report: SyncReport) -> [Condition] {
        guard case .refused(let refusals) = report.outcome, let digest = report.plan?.digest else { return [] }
        let words = refusals.map { BrakeWords(evidence.sync.name, $0) }
        let run = Remedy.Step.command(["run", "\(evidence.sync.name)", "--now"])
        let accept = Remedy.command("run", "\(evidence.sync.name)", "--now", "--accept", digest)
        let key = words.compactMap(\.key).first
        let back = refusals.compactMap(lost).map { Remedy($0, run) }
        return [
            Condition(
                .stop, refusals.contains(where: \.isOfLostField) ? .fieldLost : .brake,
                words.map(\.sentence).joined(separator: "; "),
                place: words.compactMap(\.place).first ?? evidence.sync.place.fileAndLine,
                evidence: words.compactMap(\.advice) + consequences(report),
                remedies: back + [accept] + (key.map { [Remedy(.person("change '\($0)'"), run)] } ?? []))
        ]
    }

    /// Of a collection that lost records, or a field, most likely by mistake, what brings them back.
    private func lost(_ refusal: Refusal) -> Remedy.Step? {
        if let mending = BrakeWords(evidence.sync.name, refusal).mending { return .person(mending) }
        guard case .readDrop(let side) = refusal.brake else { return nil }
        let file = evidence.now?.inputs.capabilities[side].file
        return .person("put " + (file.map { "\($0) back as it was" } ?? "the \(side) records back that are missing"))
    }

    /// What accepting the plan would write.
    private func consequences(_ report: SyncReport) -> [String] {
        guard let counts = report.plan?.counts else { return [] }
        let writes = Side.allCases.flatMap { side in
            [WriteRequest.Verb.create, .update, .delete].compactMap { verb in
                let count = counts[side][verb]
                return count == 0 ? nil : "\(count) \(verb.rawValue)\(count == 1 ? "" : "s") on the \(side)"
            }
        }
        return ["accepting it would make " + (writes.isEmpty ? "no write" : writes.joined(separator: ", "))]
    }

    private func held() -> [Condition] {
        let items = evidence.queue
        guard let first = items.first else { return [] }
        let record = RecordName.text(first.ids) ?? ""
        return [
            Condition(
                .hold, .needsSomeone,
                "\(items.count) \(items.count == 1 ? "record is" : "records are") held, failed or waiting",
                evidence: items.prefix(5).map { item in
                    let ids = Side.allCases.compactMap { side in item.ids[side].map { "\(side) \($0)" } }
                    return ids.joined(separator: ", ") + ": " + item.reason
                }, remedies: [.command("why", "\(evidence.sync.name)", record)])
        ]
    }
}

extension Condition {
    /// As something to know, where there is nothing to wait for.
    var asNote: Condition {
        var note = self
        note.standing = .ok
        note.about = name
        note.cause = .inStep
        note.remedies = []
        return note
    }
}
