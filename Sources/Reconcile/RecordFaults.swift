package import Model
package import Values

// What stands in the way of one record, beyond what a plan tells: a plan holds a record for the first reason that it meets, and
// looks at none that is out of scope. Pure, as a plan is.
extension Planner {
    /// All for which a record without a link would be held if it were to be made on the other side now, field by field, in scope or
    /// not.
    package static func faults(of id: RecordID, on side: Side, _ inputs: Inputs) -> [Hold] {
        let planner = Planner(inputs)
        let reader = planner.readers[side]
        guard let number = RecordsByID(inputs.snapshots[side]).number(of: id),
            case .record(let record) = reader.parse(number)
        else { return [] }
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[side] = id
        return planner.rules.compactMap { rule in
            planner.fault(rule, record).map { Hold(ids: ids, reason: $0, place: rule.mapping.place) }
        }
    }

    private func fault(_ rule: FieldRule, _ record: SideRecord) -> Hold.Reason? {
        let target = record.side.other
        guard rule.flows(to: target), rule.mapping.when != .update else { return nil }
        do {
            let value = try rule.read(record.object, on: record.side)
            _ = try rule.translate(value, to: target, record: record.object, links: links)
            return nil
        } catch {
            // What its own collection is to have first, the plan tells: it may be made by the same run.
            if case .parentNotLinked(_, let parent, _) = error, parent == inputs.sync.name { return nil }
            return error
        }
    }

    /// All for which the records of a link would be held if both were in scope.
    package static func faults(ofLink link: Int, _ inputs: Inputs) -> [Hold] {
        var inputs = inputs
        for side in Side.allCases { inputs.sync.collections[side].filter = nil }
        inputs.only = OnlyRecords(links: [link])
        return plan(inputs).holds
    }
}
