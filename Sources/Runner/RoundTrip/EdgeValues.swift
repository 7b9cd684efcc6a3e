import Model
import Values

/// What a field without a type may hold.
enum ValueKind: Hashable {
    case blank, text, whole, fraction, bool, list, object, instant, date, other

    init(_ value: Value) {
        self =
            switch value {
            case .null: .blank
            case .text: .text
            case .int, .uint: .whole
            case .double, .decimal: .fraction
            case .bool: .bool
            case .list: .list
            case .object: .object
            case .timestamp: .instant
            case .date: .date
            case .bytes, .duration: .other
            }
    }
}

/// The values on which mappings fail, those that people understand best first.
enum EdgeValues {
    /// The values of a type, or of every kind that a side can hold.
    ///
    /// - Parameter isComputed: whether an expression works on them, so that each number may be the one that it fails on.
    static func all(_ type: ValueType?, _ form: ValueForm, isComputed: Bool = true) -> [Value] {
        let wholes = isComputed ? small + large : large
        return switch type {
        case .text: texts + blanks
        case .int: wholes + blanks
        case .decimal: wholes + fractions + blanks
        case .bool: bools + blanks
        case .date: dates + blanks
        case .timestamp: instants + blanks
        case nil where form == .text: texts + blanks
        case nil where form == .json: wholes + fractions + texts + bools + lists + objects + blanks
        case nil: wholes + fractions + texts + bools + lists + objects + instants + dates + blanks
        }
    }

    private static let blanks: [Value] = [.null, .text("")]
    private static let bools: [Value] = [.bool(true), .bool(false)]

    private static let texts: [Value] = [
        "a", "Ada", "a ", " a", "Ada Lovelace", "ada", "ADA", "Straße", "İ", "é", "e\u{301}", "0", "1", "5", "007",
        "-5", "1.50", "0.5", "true", "false", "yes", "no", "null", "a,b", "a, b", "a;b", "a-b", "a:b", "a/b", "a|b",
        "a\nb", "a\r\nb", "\"a\"", "2026-11-30", "2026-11-30T00:00:00Z", "2026-11-30T10:15:00Z",
        "2026-11-30T10:15:00+01:00", "2026-03-29T01:30:00Z", "30.11.2026", "12:30", "a  b", " ", "日本", "👩‍👩‍👧", "\t",
        "$1", "\\", String(repeating: "x", count: 2000),
    ].map(Value.text)

    private static let small = (0...130).map { Value.int($0) }

    private static let large: [Value] =
        [0, -1, -5, 365, 1000, 1023, 65_536, 1 << 53, (1 << 53) + 1, .max, .min].map(Value.int)
        + ["12345678901234567890"].compactMap { Decimal($0) }.map(Value.decimal)

    private static let fractions: [Value] = [
        "0.5", "0.1", "0.25", "1.5", "2.5", "0.01", "0.05", "0.005", "0.125", "0.3333", "-0.5", "-1.5", "0.10", "1.00",
        "99.99", "19.99", "1e3", "-0", "1e-7", "0.1234567890123456789", "1e30",
    ].compactMap { Decimal($0) }.map(Value.decimal)

    private static let lists: [Value] =
        [["a"], ["a", "b"], [], ["b", "a"], ["a", "a"], ["a,b"], [""], ["a "]].map { .list($0.map(Value.text)) }
        + [.list([.int(1), .int(2)]), .list([.list([])])]

    private static let objects: [Value] = [.object(["a": .int(1)]), .object(Object())]

    /// Month ends, leap days, the ends of what two digits can tell, and the ends of what there is.
    private static let dates: [Value] = [
        "2026-11-30", "2026-01-31", "2024-02-29", "2026-12-31", "1970-01-01", "1969-12-31", "1968-12-31", "2068-12-31",
        "2069-01-01", "0001-01-01", "9999-12-31",
    ].compactMap { CalendarDate($0) }.map(Value.date)

    /// From coarse to fine; then changes of summer time, month ends, and the ends of what there is.
    private static let instants: [Value] = [
        "2026-11-30T00:00:00Z", "2026-11-30T10:00:00Z", "2026-11-30T22:00:00Z", "2026-11-30T10:15:00Z",
        "2026-11-30T10:15:30Z", "2026-11-30T10:15:30.25Z", "2026-11-30T10:15:30.123456789Z", "2026-03-29T00:30:00Z",
        "2026-03-29T01:30:00Z", "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2024-02-29T23:59:59Z",
        "2026-12-31T23:30:00Z", "1969-12-31T23:59:59Z", "1968-12-31T00:00:00Z", "2069-01-01T00:00:00Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z",
    ].compactMap { Timestamp($0) }.map(Value.timestamp)
}
