import Diagnostics
import Model
import Reconcile
import StateStore
import Values

/// The conditions of a record, in the order in which a run meets them.
struct RecordConditions {
    let evidence: Evidence
    let job: SyncConditions
    /// The record, by the side and the id under which it was found; and its link, where it has one.
    let side: Side
    let id: RecordID
    let link: Int?
    /// The ids of the record and of its partner.
    private(set) var ids: Sides<RecordID?>

    var sync: Sync { evidence.sync }

    init(_ evidence: Evidence, _ job: SyncConditions, _ side: Side, _ id: RecordID) {
        self.evidence = evidence
        self.job = job
        self.side = side
        self.id = id
        link = evidence.links.find(id, on: side)
        ids = Sides(left: side == .left ? id : nil, right: side == .right ? id : nil)
        if let link {
            ids = Sides(left: evidence.links.id(link, .left), right: evidence.links.id(link, .right))
        }
    }

    var keys: Sides<String?> { ids.map { $0?.key } }
    private var remedies: HoldRemedies { HoldRemedies(sync: sync, ids: keys, placeOfKey: key) }
    var run: Remedy.Step { .command(["run", "\(sync.name)", "--now"]) }

    /// What people know it by: the first mapped field that holds text.
    var title: String? {
        guard let now = evidence.now else { return nil }
        for side in [side, side.other] {
            guard let id = ids[side], let object = now.records.record(id, on: side)?.object else { continue }
            for field in sync.fields {
                guard let text = field.path(on: side).flatMap({ object.value(at: $0) })?.text, !text.isEmpty,
                    text != id.key
                else { continue }
                return text
            }
        }
        return nil
    }

    /// - Parameter isStopped: whether something stands in the way of the sync as a whole.
    func all(isStopped: Bool) -> [Condition] {
        guard let now = evidence.now else { return remembered() }
        var conditions = linkCondition.map { [$0] } ?? []
        let scope = scope(now.records)
        let holds = self.holds(now.plan)
        conditions += scope + holds
        let isInScope = scope.allSatisfy { $0.standing == .ok }
        if holds.isEmpty, isInScope {
            conditions += writes(now, isStopped: isStopped)
            if conditions.allSatisfy({ $0.standing == .ok }) { conditions += quiet(now, isStopped: isStopped) }
        } else if !isInScope {
            conditions += beyondScope(now)
        }
        return conditions.filter(\.isBlocking).isEmpty ? conditions : conditions + further(now, conditions)
    }

    /// What else keeps a record that is out of scope from being in step.
    private func beyondScope(_ now: Evidence.Now) -> [Condition] {
        guard let link else { return [emptyKeyCondition(now.records)].compactMap(\.self) }
        let gone = Side.allCases.filter { !now.inputs.snapshots[$0].saw(link: link) }
        return gone.count == 1 ? [partnerGone(on: gone[0], link)] : []
    }

    /// What would hold it once all that is said already is mended, as far as can be told from what both sides hold.
    private func further(_ now: Evidence.Now, _ said: [Condition]) -> [Condition] {
        let holds: [Hold]
        if let link {
            // In scope, a plan tells all of a pair.
            if !said.contains(where: { $0.cause == .frozen }) { return [] }
            holds = Planner.faults(ofLink: link, now.inputs).filter(isOwn)
        } else {
            holds = Planner.faults(of: id, on: side, now.inputs)
        }
        return conditions(of: holds).filter { found in
            !said.contains { $0.cause == found.cause && $0.place == found.place }
        }
    }

    private var linkCondition: Condition? {
        guard let link else { return nil }
        let partner = evidence.links.id(link, side.other)
        return .met(.link, "linked with \(side.other) \(partner.key)")
    }

    /// From what the last run left behind alone.
    private func remembered() -> [Condition] {
        let header = job.header
        var conditions = linkCondition.map { [$0] } ?? []
        conditions += queued
        if conditions.contains(where: { $0.standing != .ok }) { return conditions }
        if link == nil {
            return conditions + [
                Condition(
                    .hold, .notLookedAt, "the last run left no word of it, and the systems were not asked",
                    remedies: [.command("why", "\(sync.name)", "\(side):\(id.key)", "--live")])
            ]
        }
        let run = header.map { $0.lastRunEnded ? $0.lastFinished : $0.lastSucceeded } ?? nil
        var condition = Condition.met(
            .agreement,
            "in step as of the last run" + (run.map { ", at \(job.times.words($0))" } ?? "")
                + "; '--live' asks the systems now")
        condition.since = run
        return conditions + [condition]
    }

    private var queued: [Condition] {
        evidence.queue.filter { item in
            Side.allCases.contains { side in ids[side].map { $0.key == item.ids[side] } ?? false }
        }.map { item in condition(item, remedies.remedies(for: item.cause, at: item.place)) }
    }

    private func condition(_ item: QueueItem, _ remedies: [Remedy]) -> Condition {
        let held = HeldRecord(item)
        var evidence: [String] = []
        if item.attempts > 0 {
            let next =
                held.state == .parked
                ? "parked" : item.nextTry.map { "next try from \(job.times.words($0))" } ?? "the next run tries again"
            evidence.append("attempt \(item.attempts) of \(sync.retry.attempts); \(next)")
        }
        let cause = held.state == .parked ? Cause("parked") : Cause(item.cause)
        var condition = Condition(
            .hold, cause, item.reason, place: item.place, evidence: evidence, remedies: remedies)
        condition.since = item.since
        return condition
    }

    private func scope(_ records: KeptRecords) -> [Condition] {
        Side.allCases.compactMap { side in
            guard let id = ids[side], let filter = sync.collections[side].filter,
                let found = records.record(id, on: side), let object = found.object, let isIn = found.isInScope
            else { return nil }
            let place = sync.collections[side].filterPlace?.fileAndLine
            let values = FilterEvidence.values(filter, object)
            let shown = values.isEmpty ? "" : ": " + values.joined(separator: ", ")
            if isIn { return .met(.scope, "in scope on the \(side)" + shown, place: place) }
            if sync.outOfScope == .follow, link != nil {
                return .met(.scope, "out of scope on the \(side), and followed" + shown, place: place)
            }
            let seen = FilterEvidence(filter, object)
            let edit = seen.remedy(side, id: id.key).map { Remedy($0.steps + [run]) }
            let widen = Remedy(.person("change the filter at \(seen.place ?? place ?? "")"), run)
            return Condition(
                .hold, link == nil ? .outOfScope : .frozen,
                "out of scope on the \(side): \(seen.text)" + (link == nil ? "" : ": it is left as it is"),
                place: seen.place ?? place, evidence: seen.values, remedies: [edit, widen].compactMap { $0 })
        }
    }

    private func holds(_ plan: Plan) -> [Condition] { conditions(of: plan.holds.filter(isOwn)) }

    private func conditions(of holds: [Hold]) -> [Condition] {
        holds.map { hold in
            let cause = HoldWords(sync).cause(of: hold.reason).name
            let keys = hold.ids.map { $0?.key }
            let queued = evidence.queue.first { $0.cause == cause && $0.ids == keys }
            if case .putOff(let write) = hold.reason, let item = evidence.queue.first(where: { $0.write == write }) {
                return condition(item, remedies.remedies(for: item.cause, at: item.place))
            }
            var item = HoldWords(sync).item(hold)
            item.since = queued?.since
            var found = condition(item, remedies.remedies(for: hold.reason, at: item.place))
            switch hold.reason {
            case .wrongType(let field, _): nameWrong(field, &found)
            case .mayBeUnread(let side): nameUnread(on: side, &found)
            default: break
            }
            return found
        }
    }

    /// The parent without a link that the record waits for: by which field, of which sync.
    var missingParent: (field: String, sync: SyncName, id: RecordID)? {
        for hold in evidence.now?.plan.holds ?? [] where isOwn(hold) {
            if case .parentNotLinked(let field, let sync, let id) = hold.reason { return (field, sync, id) }
        }
        return nil
    }

    private func isOwn(_ hold: Hold) -> Bool {
        Side.allCases.contains { side in ids[side].map { $0 == hold.ids[side] } ?? false }
    }

    var record: String { "\(side):\(id.key)" }

    /// What the next run writes.
    private func writes(_ now: Evidence.Now, isStopped: Bool) -> [Condition] {
        let plan = now.plan
        let own = plan.operations.filter { operation in
            plan.id(operation.target) == ids[operation.side]
                || (!operation.source.range.isEmpty && plan.id(operation.source) == ids[operation.side.other])
        }
        if own.isEmpty { return [] }
        var schedule = job.schedule()
        if isStopped {
            schedule = Condition(.wait, .pending, "a run would write it once that is mended")
        } else if schedule.standing == .ok {
            schedule = Condition(
                .wait, .pending, "a run would write it now", remedies: [Remedy(run)])
        }
        schedule.about = .schedule
        let requests = WriteRequests(plan, sync, now.inputs.capabilities)
        schedule.evidence = own.flatMap { operation in
            let verb = "\(operation.verb.rawValue) on the \(operation.side)"
            let fields = operation.verb == .delete ? [] : requests.fields(of: operation)
            let lines = fields.prefix(Self.mostWrites).map { field in
                let before = operation.verb == .create ? "" : "\(field.before.shown) → "
                return "\(verb): \(field.path.text.escapedForDisplay): \(before)\(field.after.shown)"
            }
            let rest = fields.count - lines.count
            return lines.isEmpty ? [verb] : lines + (rest > 0 ? ["and \(rest) more"] : [])
        }
        return [schedule]
    }

    /// So many fields of a write are shown.
    private static let mostWrites = 10

    /// Nothing is to be written, and nothing is held.
    private func quiet(_ now: Evidence.Now, isStopped: Bool) -> [Condition] {
        guard let link else { return [unlinked(now.records)] }
        let gone = Side.allCases.filter { !now.inputs.snapshots[$0].saw(link: link) }
        if gone.count == 2 { return [bothGone(isStopped: isStopped)] }
        if let side = evidence.links.archivedSide(link) {
            return [.met(.deletes, "archived on the \(side), since its partner is gone or out of scope")]
        }
        if let side = gone.first { return [partnerGone(on: side, link)] }
        let differing = differences(in: link, now)
        if !differing.isEmpty { return differing }
        return [inStep]
    }

    /// Both sides hold what they held when they last agreed.
    private var inStep: Condition {
        let what = "both sides hold what they held when they last agreed"
        let settled = link.flatMap {
            try? job.settled(Sides(left: evidence.links.id($0, .left), right: evidence.links.id($0, .right)))
        }
        guard let settled, let (run, isKnown) = settled.run, let time = PastRun.time(of: run) else {
            return .met(.agreement, "in step: \(what)")
        }
        let since = (isKnown ? "since " : "since before ") + job.times.words(time)
        var condition = Condition.met(.agreement, "in step \(since): \(what)")
        condition.since = isKnown ? time : nil
        return condition
    }

    /// A record without a link that nothing is made for.
    private func unlinked(_ records: KeptRecords) -> Condition {
        let target = side.other
        switch records.record(id, on: side)?.passed {
        case .apart: return setApart()
        case .passed, .awaited: return passedOver()
        case nil: break
        }
        if !sync.direction.writes(to: target) { return noDirection(to: target) }
        if let empty = emptyKeyCondition(records) { return empty }
        if !sync.creates.contains(target) {
            return Condition(
                .hold, .createsNotAllowed, "it has no partner, and no records are made on the \(target)",
                place: key("creates"), evidence: matching(records),
                remedies: [Remedy(.set(key: "creates", to: "both", at: key("creates")), run)])
        }
        return Condition(
            .hold, .partnerOutOfScope, "its partner on the \(target) is out of scope",
            place: sync.collections[target].filterPlace?.fileAndLine,
            evidence: matching(records), remedies: [Remedy(.person("bring the \(target) record into scope"), run)])
    }

    /// That it has no key to be found by, where nothing is made for it.
    private func emptyKeyCondition(_ records: KeptRecords) -> Condition? {
        let target = side.other
        guard !sync.creates.contains(target), let empty = emptyKey(records) else { return nil }
        return Condition(
            .hold, .emptyMatchKey,
            "its match key is empty, which pairs nothing, and no records are made on the \(target)",
            place: empty.place.fileAndLine, evidence: matching(records),
            remedies: [
                Remedy(.person("fill in the field of '\(empty.text)' that is empty"), run),
                Remedy(.set(key: "creates", to: "both", at: key("creates")), run),
            ])
    }

    /// The first of the rules, where it has a key for none of them.
    private func emptyKey(_ records: KeptRecords) -> MatchRule? {
        guard let object = records.record(id, on: side)?.object else { return nil }
        return sync.match.allSatisfy { Planner.matchKey($0, of: object, on: side) == nil } ? sync.match.first : nil
    }

    /// What it was looked for by.
    private func matching(_ records: KeptRecords) -> [String] {
        guard let object = records.record(id, on: side)?.object else { return [] }
        return sync.match.map { rule in
            let key = Planner.matchKey(rule, of: object, on: side)
            return "\(rule.text): "
                + (key.map { "no record on the \(side.other) has the key \(Value.text($0).shown)" }
                    ?? "its key is empty, which pairs nothing")
        }
    }

    func key(_ name: String) -> String {
        KeyLines(source: job.workspace.sources[sync.place.file]).place(of: name, in: sync.place)
    }
}
