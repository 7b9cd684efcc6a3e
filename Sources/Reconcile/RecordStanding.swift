package import Model
package import Values

/// Where a record stands, of which a person says something.
package enum RecordStanding: Sendable {
    /// It is there, in scope, and has no link.
    case free(RecordID)
    case linked(partner: RecordID)
    case absent
    case outOfScope
    case unreadable(Hold.Reason)
}

extension Planner {
    /// - Parameter inputs: over snapshots that kept all records without a link.
    package static func standing(of id: RecordID, on side: Side, _ inputs: Inputs) -> RecordStanding {
        if let link = inputs.links.find(id, on: side) { return .linked(partner: inputs.links.id(link, side.other)) }
        guard let number = RecordsByID(inputs.snapshots[side]).number(of: id) else { return .absent }
        switch SideReader(side, inputs).read(number) {
        case .inScope(let record): return .free(record.id)
        case .outOfScope: return .outOfScope
        case .held(let hold): return .unreadable(hold.reason)
        }
    }

    /// What a record of a link holds in each field that can be read, by the fields' numbers; nothing where it was not kept.
    package static func held(by link: Int, on side: Side, _ inputs: Inputs) -> [Int: Value] {
        let reader = SideReader(side, inputs)
        guard let number = RecordsByID(inputs.snapshots[side]).number(of: link),
            case .record(let record) = reader.parse(number)
        else { return [:] }
        let rules = Drafter(inputs).rules
        return Dictionary(
            uniqueKeysWithValues: rules.compactMap { rule in
                (try? rule.read(record.object, on: side)).map { (rule.number, $0) }
            })
    }
}
