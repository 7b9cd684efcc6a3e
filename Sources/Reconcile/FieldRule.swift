import CEL
import Model
import Values

/// A field mapping with the direction of its sync and the abilities of both sides worked in. A class, because it is passed around for
/// every field of every record, and never changes.
final class FieldRule: Sendable {
    let number: Int
    let mapping: FieldMapping
    let forms: Sides<ValueForm>
    /// The fields at both ends; nil where an expression stands there.
    let paths: Sides<FieldPath?>
    let hasPath: Sides<Bool>
    private let flows: Sides<Bool>

    init(_ mapping: FieldMapping, number: Int, direction: Direction, forms: Sides<ValueForm>) {
        self.number = number
        self.mapping = mapping
        self.forms = forms
        paths = Sides(left: mapping.path(on: .left), right: mapping.path(on: .right))
        hasPath = paths.map { $0 != nil }
        flows = Sides(
            left: mapping.flow.goes(to: .left) && direction.writes(to: .left),
            right: mapping.flow.goes(to: .right) && direction.writes(to: .right))
    }

    /// Whether this field is ever written on a side.
    func flows(to side: Side) -> Bool { flows[side] }

    /// Whether one side alone decides.
    var isOneWay: Bool { flows.left != flows.right }

    /// Whether what the other side gets may move with any of some fields of a side.
    func reads(anyOf paths: [FieldPath], on side: Side) -> Bool {
        var read: [FieldPath] = []
        for source in [mapping.ends[side], mapping.conversions[side.other].map(FieldMapping.End.expression)] {
            switch source {
            case .field(let path): read.append(path)
            case .expression(let program):
                if program.uses.readsWholeRecord { return true }
                read += program.uses.fields.map(\.path)
            case nil: break
            }
        }
        return read.contains { path in paths.contains { $0.overlaps(path) } }
    }

    /// What a side's record holds at this end of the arrow, as the field's type understands it.
    func read(_ record: Object, on side: Side) throws(Hold.Reason) -> Value {
        let value =
            switch mapping.ends[side] {
            case .field(let path): record.value(at: path) ?? .null
            case .expression(let program): try evaluate(program, record: record)
            }
        return try typed(value, on: side)
    }

    /// A value in the terms in which a side keeps it, and in which it will be read back.
    func stored(_ value: Value, on side: Side) -> Value {
        switch forms[side] {
        case .any: value
        case .text where mapping.type == nil || mapping.type == .text: .text(spelled(value))
        case .text: value
        case .json: mapping.type == nil ? Self.asJSON(value) : value
        }
    }

    /// What is handed to a side's endpoint to be written.
    func written(_ value: Value, on side: Side) -> Value {
        switch forms[side] {
        case .any: value
        case .text: .text(spelled(value))
        case .json:
            // A format is how a date is spelled where there is only text for it.
            mapping.format != nil && value != .null ? .text(spelled(value)) : Self.asJSON(value)
        }
    }

    /// What a side held, spelled as what is written there: a date as its format has it.
    func shown(_ value: Value, on side: Side) -> Value { value == .null ? .null : written(value, on: side) }

    /// Whether two values of one side mean the same.
    func isSame(_ a: Value, _ b: Value, on side: Side) -> Bool {
        a.means(b) || (forms[side] == .text && a.isBlank && b.isBlank)
    }

    /// Whether a value that came over from the other side means what this side holds. Text has no null, so that where either side
    /// is text alone an empty text and null are one.
    func isSameAcross(_ a: Value, _ b: Value) -> Bool {
        a.means(b) || ((forms.left == .text || forms.right == .text) && a.isBlank && b.isBlank)
    }

    func evaluate(_ program: Program, record: Object, value: Value? = nil) throws(Hold.Reason) -> Value {
        do {
            return try program.evaluate(Scope(record: record, extras: value.map { [("value", $0)] } ?? []))
        } catch {
            throw .evaluation(field: mapping.text, message: error.message)
        }
    }

    /// A value as the field's type understands it; what it does not understand holds the record.
    func typed(_ value: Value, on side: Side) throws(Hold.Reason) -> Value {
        guard let type = mapping.type else { return value }
        // A table and an id have kinds of their own on each side: the type is that of what is translated.
        if mapping.values != nil || mapping.link != nil, mapping.flow == .both { return value }
        do {
            return try type.convert(value, format: mapping.format)
        } catch {
            throw .wrongType(field: mapping.text, message: error.message)
        }
    }

    private func spelled(_ value: Value) -> String {
        (mapping.type ?? .text).spell(value, format: mapping.format)
    }

    /// The kinds that JSON lacks, as the text they are read back as.
    private static func asJSON(_ value: Value) -> Value {
        switch value {
        case .timestamp, .date, .duration, .bytes: .text(ValueType.text.spell(value, format: nil))
        case .uint(let number):
            Int64(exactly: number).map(Value.int) ?? Decimal(String(number)).map(Value.decimal) ?? value
        default: value
        }
    }
}

extension Value {
    /// Null or the empty text.
    var isBlank: Bool {
        switch self {
        case .null: true
        case .text(let text): text.isEmpty
        default: false
        }
    }
}
