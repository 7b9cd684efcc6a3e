import Model
import Values

/// What becomes of a value on its way to the other side.
enum Translation {
    case value(Value)
    /// The field is left alone.
    case skip
}

/// Finds the partner of a record that a field names.
protocol LinkResolver {
    /// The id on a side of the record that is linked with one of the other side; nil where it has none.
    func partner(of id: RecordID, in sync: SyncName, on side: Side) -> RecordID?
    /// Whether it is to be made by this run, with an id that is not known before.
    func isAwaited(_ id: RecordID, in sync: SyncName, on side: Side) -> Bool
}

extension FieldRule {
    /// The value that a side should hold for one of the other side.
    func translate(
        _ value: Value, to side: Side, record: Object, links: some LinkResolver
    ) throws(Hold.Reason) -> Translation {
        if let link = mapping.link {
            return try follow(link, value, to: side, links)
        }
        var result = value
        if let table = mapping.values {
            switch try lookUp(table, value, to: side) {
            case .value(let found): result = found
            case .skip: return .skip
            }
        } else if let conversion = mapping.conversions[side] {
            result = try evaluate(conversion, record: record, value: value)
        }
        if mapping.type != nil { result = try typed(result, on: side) }
        return .value(stored(result, on: side))
    }

    private func lookUp(_ table: ValueTable, _ value: Value, to side: Side) throws(Hold.Reason) -> Translation {
        if let found = table.value(on: side, for: value) { return .value(found) }
        // Nothing is a value of its own only where the table says so.
        if value.isBlank { return .value(value) }
        switch mapping.unmapped {
        case .hold: throw .unmapped(field: mapping.text, value: value)
        case .pass: return .value(value)
        case .skip: return .skip
        case .use(let value): return .value(value)
        }
    }

    private func follow(
        _ link: LinkReference, _ value: Value, to side: Side, _ links: some LinkResolver
    ) throws(Hold.Reason) -> Translation {
        if value.isBlank { return .value(stored(value, on: side)) }
        guard let id = RecordID(value) else { throw .notAnID(field: mapping.text, value: value) }
        if let partner = links.partner(of: id, in: link.sync, on: side) {
            return .value(stored(partner.value, on: side))
        }
        if links.isAwaited(id, in: link.sync, on: side) { throw .parentAwaited(field: mapping.text, id: id) }
        switch mapping.linkMissing {
        case .wait: throw .parentNotLinked(field: mapping.text, sync: link.sync, id: id)
        case .skip: return .skip
        case .use(let value): return .value(stored(value, on: side))
        }
    }
}
