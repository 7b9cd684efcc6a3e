import Diagnostics
import Model
import Reconcile
import StateStore
import Values

// A pair that differs though nothing is to be written.
extension RecordConditions {
    /// So many fields are told of.
    private static let mostFields = 5

    func differences(in link: Int, _ now: Evidence.Now) -> [Condition] {
        let comparison = Planner.compare(now.inputs, link: link)
        // What is written at some times only may differ at all others.
        let differences = comparison.differences.filter { $0.mapping.when == .always }
        let unmapped = comparison.unclear.filter { if case .unmapped = $0.reason { true } else { false } }
        if differences.isEmpty, unmapped.isEmpty { return [] }
        let passing = passingRun
        return differences.prefix(Self.mostFields).map { condition($0, passing) }
            + unmapped.prefix(Self.mostFields).map { hold in
                let item = HoldWords(sync).item(hold)
                return Condition(
                    .hold, .passedOver, (passing?.words ?? "passed over") + ": " + item.reason, place: item.place,
                    remedies: [anew])
            }
    }

    var passingRun: PassingRun? {
        PassingRun(ids, of: sync, in: job.workspace.state(of: sync.name, job.world))
    }

    private func condition(_ difference: Comparison.Difference, _ passing: PassingRun?) -> Condition {
        let mapping = difference.mapping
        let targets = Side.allCases.filter { mapping.flow.goes(to: $0) && sync.direction.writes(to: $0) }
        let values = Side.allCases.map { "\(difference.now[$0].shown) on the \($0)" }.joined(separator: " and ")
        let number = sync.fields.firstIndex { $0.text.hasSameBytes(as: mapping.text) }
        let passed = number.flatMap { passing?.base.entries[$0]?.values }
        if passed == difference.now, let passing {
            return passedOver(mapping, "\(mapping.text): \(values): \(passing.words)")
        }
        let isAsMet = sync.firstRun == .link && !difference.changed.left && !difference.changed.right
        if targets.count == 1, !isAsMet { return direction(mapping, to: targets[0], difference.now, values) }
        let reason =
            isAsMet
            ? "they were met so, and 'first_run: link' carries over only what changes after that"
            : "that was passed over, and only what changes from then on is carried over"
        return passedOver(mapping, "\(mapping.text): \(values): \(reason)")
    }

    private func passedOver(_ mapping: FieldMapping, _ text: String) -> Condition {
        Condition(
            .hold, .passedOver, text, place: mapping.place.fileAndLine,
            remedies: [anew, Remedy(.person("give both sides one value"), run)])
    }

    /// One side alone is written, and the other holds something else.
    private func direction(
        _ mapping: FieldMapping, to target: Side, _ now: Sides<Value>, _ values: String
    ) -> Condition {
        let source = target.other
        // Where the arrow goes one way, no direction of the sync helps.
        let isOfSync = mapping.flow.goes(to: source)
        let reason = isOfSync ? "'direction' is \(sync.direction.rawValue)" : "the arrow goes one way"
        let isPlain =
            mapping.values == nil && mapping.link == nil && mapping.conversions.left == nil
            && mapping.conversions.right == nil
        var byHand = Remedy.Step.person("make the edit on the \(source)")
        if isPlain, let path = mapping.path(on: source), let id = ids[source] {
            byHand = .edit(source, id: id.key, field: path.text, to: now[target])
        }
        return Condition(
            .hold, .direction,
            "\(mapping.text): \(values), and nothing goes from the \(target) to the \(source): \(reason)",
            place: isOfSync ? key("direction") : mapping.place.fileAndLine,
            remedies: [Remedy(byHand, run), anew])
    }

    /// Both are met as if for the first time.
    private var anew: Remedy { Remedy(.command(["resync", "\(sync.name)", record, "--hard"]), run) }
}

// Records that stand alone.
extension RecordConditions {
    func bothGone(isStopped: Bool) -> Condition {
        Condition(
            .wait, .bothGone, "both records are gone: the next run forgets the link",
            remedies: isStopped ? [] : [Remedy(run)])
    }

    /// One record of a link is gone, and the other stays.
    func partnerGone(on gone: Side, _ link: Int) -> Condition {
        let standing = gone.other
        let unlink = Remedy(
            .command(["unlink", "\(sync.name)", "\(standing):\(evidence.links.id(link, standing).key)"]))
        let isIgnored = sync.deletes == .ignore
        let isOneWay = !sync.direction.writes(to: standing)
        var steps: [Remedy.Step] = []
        if isIgnored { steps.append(.set(key: "deletes", to: "propagate", at: key("deletes"))) }
        if isOneWay { steps.append(.set(key: "direction", to: "two-way", at: key("direction"))) }
        let direction = "nothing is deleted on the \(standing): 'direction' is \(sync.direction.rawValue)"
        return Condition(
            .hold, .partnerGone,
            "gone on the \(gone), and " + (isIgnored || !isOneWay ? "deletes are not carried over" : direction),
            place: isIgnored || !isOneWay ? sync.place.fileAndLine : key("direction"),
            remedies: [unlink] + (steps.isEmpty ? [] : [Remedy(steps + [run])]))
    }

    func setApart() -> Condition {
        let reason =
            sync.outOfScope == .unlink
            ? "its link was ended, by hand or as it left the scope" : "its link was ended by hand"
        return Condition(
            .hold, .setApart, reason + ": it is left alone while it stays as it is",
            remedies: links + [touch])
    }

    /// Nothing is written on the side where a record without a partner would be made.
    func noDirection(to target: Side) -> Condition {
        let flowing = sync.fields.contains { $0.flow.goes(to: target) }
        let place = key("direction")
        var steps: [Remedy.Step] = [.set(key: "direction", to: "two-way", at: place)]
        if !flowing, let arrow = sync.fields.first {
            steps.append(.person("let an arrow go both ways, such as '\(arrow.text)' at \(arrow.place.fileAndLine)"))
        }
        return Condition(
            .hold, .direction, "nothing is written on the \(target): 'direction' is \(sync.direction.rawValue)",
            place: place, evidence: flowing ? [] : ["no arrow goes to the \(target) either"],
            remedies: [Remedy(steps + [run])])
    }

    /// A record that is not made on the other side while it stays as it is.
    func passedOver() -> Condition {
        if let passing = passingRun {
            return Condition(
                .hold, .passedOver, "it was \(passing.words): it is left alone while it stays as it is",
                remedies: [touch])
        }
        if sync.firstRun == .link {
            return Condition(
                .hold, .passedOver,
                "it stood before the first run, and 'first_run: link' makes nothing for such records",
                place: sync.place.fileAndLine, remedies: [touch])
        }
        return Condition(
            .hold, .passedOver, "it was passed over: it is left alone while it stays as it is", remedies: [touch])
    }

    /// A record is looked at anew once something in it is another.
    private var touch: Remedy {
        let field = sync.fields.lazy.compactMap { $0.path(on: side)?.text }.first
        let what = field.map { "'\($0)' of \(side) \(id.key), or another field of it" } ?? "\(side) \(id.key)"
        return Remedy(.person("edit \(what)"), run)
    }

    /// The links by hand that pair a record with those of the other side that have its key and are set apart too.
    private var links: [Remedy] {
        guard let now = evidence.now, let object = now.records.record(id, on: side)?.object else { return [] }
        let target = side.other
        let keys = sync.match.map { Planner.matchKey($0, of: object, on: side) }
        let snapshot = now.inputs.snapshots[target]
        let partners = snapshot.kept.indices.lazy.map { snapshot.id($0) }.filter { other in
            guard let found = now.records.record(other, on: target), found.passed == .apart, let object = found.object
            else { return false }
            return zip(sync.match, keys).contains { rule, key in
                key.map { Planner.matchKey(rule, of: object, on: target)?.hasSameBytes(as: $0) ?? false } ?? false
            }
        }
        return partners.prefix(1).map { other in
            let ids = side == .left ? [id.key, other.key] : [other.key, id.key]
            return Remedy(.command(["link", "\(sync.name)"] + ids), run)
        }
    }
}
