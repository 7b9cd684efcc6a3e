package import Model
package import Values

/// The way of a value of one field to the other side and back, as runs take it there.
package struct RoundTrip: Sendable {
    /// What becomes of a value.
    package enum End: Sendable {
        /// It does not get to the other side: it is held with a reason, or a policy leaves the field alone.
        case stays
        /// It comes back as it was.
        case same(there: Value)
        /// It comes back as something else, though only once the other side is edited: until then the base keeps it.
        case changed(there: Value, back: Value)
        /// It gets there, and what stands there then cannot come back.
        case stuck(there: Value, Hold.Reason)
        /// What the other side holds then is read as something else than it was given, so that it looks edited there.
        case altered(there: Value, back: Value?)
    }

    private let rule: FieldRule
    private let forms: Sides<ValueForm>

    package init(_ mapping: FieldMapping, _ direction: Direction, _ forms: Sides<ValueForm>) {
        rule = FieldRule(mapping, number: 0, direction: direction, forms: forms)
        self.forms = forms
    }

    /// Whether values ever go to a side.
    package func flows(to side: Side) -> Bool { rule.flows(to: side) }

    /// A value as a side that holds it has it, and as it is read there; nil where it cannot hold or read it.
    package func held(_ value: Value, on side: Side) -> Value? {
        kept(value, on: side).flatMap { try? rule.read($0, on: side) }
    }

    /// What is written on a side for a value that is read there.
    package func spelled(_ value: Value, on side: Side) -> Value { rule.shown(value, on: side) }

    /// Whether a side takes two values that it holds for one.
    package func isSame(_ one: Value, _ other: Value, on side: Side) -> Bool { rule.isSame(one, other, on: side) }

    /// Takes a value, as a side is read to hold it, to the other side and back.
    package func end(of value: Value, from side: Side) -> End {
        guard let given = translated(value, from: side), let record = kept(given, on: side.other) else { return .stays }
        let there: Value
        do { there = try rule.read(record, on: side.other) } catch { return .altered(there: given, back: nil) }
        let isAsGiven = rule.isSame(given, there, on: side.other)
        do {
            guard case .value(let back) = try translate(there, from: side.other) else { return .same(there: there) }
            if rule.isSameAcross(back, value) { return .same(there: there) }
            if back.isEmpty, rule.mapping.empty == .keep { return .same(there: there) }
            return isAsGiven ? .changed(there: there, back: back) : .altered(there: there, back: back)
        } catch {
            return isAsGiven ? .stuck(there: there, error) : .altered(there: there, back: nil)
        }
    }

    /// What the other side holds once a record of a side went over; nil where nothing goes over.
    package func crossed(_ record: Object, from side: Side) -> Object? {
        guard let value = try? rule.read(record, on: side),
            case .value(let given)? = try? rule.translate(value, to: side.other, record: record, links: NoLinks())
        else { return nil }
        return kept(given, on: side.other)
    }

    private func translated(_ value: Value, from side: Side) -> Value? {
        guard case .value(let given)? = try? translate(value, from: side) else { return nil }
        return given.isEmpty && rule.mapping.empty == .keep ? nil : given
    }

    private func translate(_ value: Value, from side: Side) throws(Hold.Reason) -> Translation {
        let record = kept(value, on: side) ?? Object()
        return try rule.translate(value, to: side.other, record: record, links: NoLinks())
    }

    /// A record with a value as it lies there once it is written.
    private func kept(_ value: Value, on side: Side) -> Object? {
        guard let path = rule.paths[side] else { return nil }
        var record = Object()
        let written = rule.written(value, on: side)
        guard let raw = forms[side] == .json ? Self.asRead(written) : written, record.set(raw, at: path) else {
            return nil
        }
        return record
    }

    /// What JSON makes of a value.
    private static func asRead(_ value: Value) -> Value? {
        switch value {
        case .null, .bool, .int, .text: value
        default: try? JSON.parse(Array(JSON.text(value).utf8))
        }
    }
}

/// No record has a partner.
private struct NoLinks: LinkResolver {
    func partner(of id: RecordID, in sync: SyncName, on side: Side) -> RecordID? { nil }
    func isAwaited(_ id: RecordID, in sync: SyncName, on side: Side) -> Bool { false }
}
