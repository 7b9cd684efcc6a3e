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

/// A record that was read, in scope or not.
package struct FoundRecord: Sendable {
    package var id: RecordID
    /// nil where its bytes spell no record.
    package var object: Object?
    /// Whether the filter lets it in; nil where that cannot be told.
    package var isInScope: Bool?
    /// How it is passed over; nil where it is not.
    package var passed: PassedRecords.Standing?
}

/// Looks up the records that a reading kept: those without a link, and those of links that are wanted or changed.
package struct KeptRecords: Sendable {
    package let inputs: Inputs
    private let byID: Sides<RecordsByID>

    package init(_ inputs: Inputs) {
        self.inputs = inputs
        byID = inputs.snapshots.map(RecordsByID.init)
    }

    /// Where a record stands; told of snapshots that kept all records without a link.
    package func standing(of id: RecordID, on side: Side) -> RecordStanding {
        if let link = inputs.links.find(id, on: side) { return .linked(partner: inputs.links.id(link, side.other)) }
        guard let number = byID[side].number(of: id) else { return .absent }
        switch SideReader(side, inputs).read(number) {
        case .inScope(let record): return .free(record.id)
        case .outOfScope: return .outOfScope
        case .held(let hold): return .unreadable(hold.reason)
        }
    }

    /// What a record of a link holds in each field that can be read, by the fields' numbers; nothing where it was not kept.
    package func fields(of link: Int, on side: Side) -> [Int: Value] {
        let reader = SideReader(side, inputs)
        guard let number = byID[side].number(of: link),
            case .record(let record) = reader.parse(number)
        else { return [:] }
        let rules = Drafter(inputs).rules
        return Dictionary(
            uniqueKeysWithValues: rules.compactMap { rule in
                (try? rule.read(record.object, on: side)).map { (rule.number, $0) }
            })
    }

    /// A record by its id; nil where it is not there or was not kept.
    package func record(_ id: RecordID, on side: Side) -> FoundRecord? {
        let link = inputs.links.find(id, on: side)
        guard let number = link.map({ byID[side].number(of: $0) }) ?? byID[side].number(of: id) else { return nil }
        let (record, standing) = SideReader(side, inputs).meet(number)
        let snapshot = inputs.snapshots[side]
        var found = FoundRecord(id: snapshot.id(number), object: record?.object)
        switch standing {
        case .inScope: found.isInScope = true
        case .outOfScope: found.isInScope = false
        case .held: break
        }
        found.passed = inputs.passed[side].standing(of: found.id, snapshot.kept[number].fingerprint)
        return found
    }

    /// The ids of the records in which a text stands, whatever its case, the first ones that are found.
    package func ids(with text: String, on side: Side, most: Int) -> [RecordID] {
        let wanted = text.lowercased()
        let snapshot = inputs.snapshots[side]
        var found: [RecordID] = []
        for number in snapshot.kept.indices where found.count < most {
            guard let object = try? snapshot.decode(number), object.holds(wanted) else { continue }
            found.append(snapshot.id(number))
        }
        return found
    }
}

extension Object {
    fileprivate func holds(_ text: String) -> Bool { values.contains { $0.holds(text) } }
}

extension Value {
    /// - Parameter text: in lower case.
    fileprivate func holds(_ text: String) -> Bool {
        switch self {
        case .text(let own): own.lowercased().contains(text)
        case .list(let list): list.contains { $0.holds(text) }
        case .object(let object): object.holds(text)
        default: false
        }
    }
}

extension Planner {
    /// The key by which a rule pairs a record; nil where it is empty.
    package static func matchKey(_ rule: MatchRule, of record: Object, on side: Side) -> String? {
        rule.key(of: record, on: side)?.text
    }
}
