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
        schedule.evidence.append("a run would make \(count) \(count == 1 ? "write" : "writes")")
        conditions.append(schedule)
        return conditions
    }

    /// A brake would stop the next run too.
    var brake: [Condition] {
        guard let now = evidence.now else { return [] }
        let header = whole.header
        let former = now.inputs.isJobFileChanged ? header?.limits : nil
        let refusals = Brakes.refusals(
            now.plan, evidence.sync.limits, former: former, lastCounts: header?.counts ?? Sides(left: nil, right: nil))
        guard let first = refusals.first else { return [] }
        let words = refusals.map { BrakeWords(evidence.sync.name, $0) }
        let name = "\(evidence.sync.name)"
        return [
            Condition(
                .stop, .brake, words.map(\.sentence).joined(separator: "; "),
                place: words.compactMap(\.place).first ?? evidence.sync.place.line,
                evidence: words.compactMap(\.key).map { "set by \($0)" } + words.compactMap(\.advice),
                remedies: [
                    Remedy(.command(["run", name, "--now", "--accept", now.plan.digest])),
                    first.limit == nil ? nil : Remedy(.person("change the limit"), .command(["run", name, "--now"])),
                ].compactMap { $0 })
        ]
    }

    private func held() -> [Condition] {
        let items = evidence.queue
        guard let first = items.first else { return [] }
        let record = first.ids.left.map { "left:\($0)" } ?? first.ids.right.map { "right:\($0)" } ?? ""
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
    fileprivate var asNote: Condition {
        var note = self
        note.standing = .ok
        note.cause = .inStep
        note.remedies = []
        return note
    }
}
