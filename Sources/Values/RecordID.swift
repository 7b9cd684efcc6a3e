/// What names a record on its side: text, a whole number, or several fields together.
///
/// Two ids are the same when they print the same: a side never tells `7` from `"7"`. The kind is kept for writing it
/// back. Only a composite id is never the same as one that is not: the text `["a","b"]` is not the two fields `a` and
/// `b`.
package struct RecordID: Sendable {
    package enum Kind: UInt8, Sendable {
        case text, number, composite
    }

    /// The text of the id; of a composite id, its parts as a JSON array of texts.
    package let key: String
    package let kind: Kind

    package init(key: String, kind: Kind = .text) {
        self.key = key
        self.kind = kind
    }

    /// The id of a record that is still to be made by a system that gives ids itself.
    package static let unassigned = RecordID(key: "")

    package var isAssigned: Bool { !key.isEmpty }

    /// The id as a value of its own kind: text, int, or a list of texts.
    package var value: Value {
        switch kind {
        case .text: .text(key)
        case .number: Int64(key).map(Value.int) ?? Decimal(key).map(Value.decimal) ?? .text(key)
        case .composite: (try? JSON.parse(Array(key.utf8))) ?? .text(key)
        }
    }

    /// The id that a value spells; nil for what cannot name a record: null, empty text, a fraction, `-0`, an object, a
    /// list within a list.
    package init?(_ value: Value) {
        switch value {
        case .text(let text) where !text.isEmpty: self.init(key: text)
        case .int(let number): self.init(key: String(number), kind: .number)
        case .uint(let number): self.init(key: String(number), kind: .number)
        case .decimal(let number) where number.isSpelledWhole:
            self.init(key: number.text, kind: .number)
        case .list(let parts) where parts.count > 1:
            let ids = parts.compactMap { RecordID($0) }
            guard ids.count == parts.count, ids.allSatisfy({ $0.kind != .composite }) else { return nil }
            self.init(key: JSON.text(.list(ids.map { .text($0.key) })), kind: .composite)
        default: return nil
        }
    }
}

extension RecordID: Hashable {
    package static func == (a: RecordID, b: RecordID) -> Bool {
        (a.kind == .composite) == (b.kind == .composite) && a.key.hasSameBytes(as: b.key)
    }

    package func hash(into hasher: inout Hasher) { key.hashBytes(into: &hasher) }
}

extension Decimal {
    /// Whether it is a row of digits, perhaps behind a minus: the one spelling that a whole number has.
    fileprivate var isSpelledWhole: Bool {
        text != "-0" && text.utf8.allSatisfy { $0 == 0x2D || (0x30...0x39).contains($0) }
    }
}

extension RecordID: CustomStringConvertible {
    package var description: String { key }
}

extension Object {
    /// The id that the fields make; nil where one of them names no record.
    package func id(_ fields: [FieldPath]) -> RecordID? {
        let values = fields.compactMap { value(at: $0) }
        guard values.count == fields.count else { return nil }
        return RecordID(values.count == 1 ? values[0] : .list(values))
    }
}
