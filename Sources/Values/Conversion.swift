/// The types that a field of a job file can name.
package enum ValueType: String, Sendable, CaseIterable {
    case text, int, decimal, bool, date, timestamp
}

/// A value that is not of the type that a field wants.
package struct ConversionFailure: Error, Hashable {
    package var value: Value
    package var type: ValueType
    /// The format of the field, where it has one and the type is a date or a timestamp.
    package var format: DateFormat?

    /// A sentence without a full stop: `the text '4x' is no int`.
    package var message: String {
        let article = type == .int ? "an" : "a"
        let form = format.map { " as '\($0.text)' spells one" } ?? ""
        switch value {
        case .list: return "a list cannot become \(article) \(type.rawValue)"
        case .object: return "an object cannot become \(article) \(type.rawValue)"
        case .bytes: return "bytes cannot become \(article) \(type.rawValue)"
        default: return "the \(value.kind) '\(shown)' is no \(type.rawValue)\(form)"
        }
    }

    private var shown: String {
        let text = ValueType.text.spell(value)
        return text.unicodeScalars.count <= 60
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(57))) + "…"
    }
}

extension ValueType {
    /// The value in this type, or a failure: nothing is cut, rounded or guessed.
    ///
    /// Null, and for every type but text the empty text, give null. The rest:
    /// - text: numbers as they are spelled, `true` and `false`, instants and dates by the format or as ISO 8601 has
    ///   them. No list, object or bytes.
    /// - int: what is whole: `42`, `-7`, `42.0`, `1e3`, `007`; past 64 bits it stays a decimal. No spaces, no `+`.
    /// - decimal: any number, as it is spelled but for zeros in front; a 64-bit integer is an int, as in reading JSON.
    /// - bool: `true` and `false` in any case, `1` and `0`.
    /// - date: `2026-11-21`, or by the format; an instant only at midnight UTC.
    /// - timestamp: RFC 3339, or by the format, in UTC where that has no `%z`; a date is its midnight UTC.
    package func convert(_ value: Value, format: DateFormat? = nil) throws(ConversionFailure) -> Value {
        if case .null = value { return .null }
        if self != .text, case .text(let text) = value, text.isEmpty { return .null }
        let converted: Value? =
            switch self {
            case .text: Self.text(value, format)
            case .int: Self.number(value).flatMap(Self.whole)
            case .decimal: Self.number(value)
            case .bool: Self.bool(value)
            case .date: Self.date(value, format)
            case .timestamp: Self.timestamp(value, format)
            }
        if let converted { return converted }
        throw ConversionFailure(value: value, type: self, format: self == .date || self == .timestamp ? format : nil)
    }

    /// The text of a value, for a side that holds nothing but text. Null is empty; an instant or a date goes by the
    /// format, or as ISO 8601 has it; bytes are base64; a list or an object is JSON. Where the format cannot hold an
    /// instant (`%y` and the year 1926) it is spelled as ISO 8601 has it, which no reader by the format takes for
    /// another.
    package func spell(_ value: Value, format: DateFormat? = nil) -> String {
        switch value {
        case .null: ""
        case .text(let text): text
        case .bool(let bool): bool ? "true" : "false"
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number):
            number.isFinite ? JSONWriter.number(number) : number.isNaN ? "NaN" : number < 0 ? "-Infinity" : "Infinity"
        case .decimal(let number): number.text
        case .bytes(let bytes): String(decoding: Base64.encode(bytes), as: UTF8.self)
        case .timestamp(let instant): format?.text(of: instant) ?? instant.description
        case .date(let date): format?.text(of: date) ?? date.description
        case .duration(let duration): duration.secondsText
        case .list, .object: JSON.text(value)
        }
    }
}

extension ValueType {
    private static func text(_ value: Value, _ format: DateFormat?) -> Value? {
        switch value {
        case .list, .object, .bytes: nil
        case .double(let number) where !number.isFinite: nil
        default: .text(text.spell(value, format: format))
        }
    }

    /// The number that a value is or spells: an int where 64 bits hold it as it is spelled, else a decimal.
    private static func number(_ value: Value) -> Value? {
        switch value {
        case .int, .decimal: value
        case .uint(let number): Int64(exactly: number).map(Value.int) ?? .decimal(Decimal(verified: String(number)))
        case .double: value.exactNumber.map(Value.decimal)
        case .text(let text): Decimal(padded: text).map { $0.spelledInt64.map(Value.int) ?? .decimal($0) }
        default: nil
        }
    }

    private static func whole(_ number: Value) -> Value? {
        guard case .decimal(let decimal) = number else { return number }
        return decimal.int64.map(Value.int) ?? (decimal.isWhole ? number : nil)
    }

    private static func bool(_ value: Value) -> Value? {
        switch value {
        case .bool: return value
        case .text(let text):
            switch text.lowercased() {
            case "true", "1": return .bool(true)
            case "false", "0": return .bool(false)
            default: return nil
            }
        default:
            guard case .int(let number)? = number(value).flatMap(whole), number == 0 || number == 1 else { return nil }
            return .bool(number == 1)
        }
    }

    private static func date(_ value: Value, _ format: DateFormat?) -> Value? {
        switch value {
        case .date: return value
        case .timestamp(let instant):
            let civil = CivilTime(instant)
            let isMidnight = civil.secondsOfDay == 0 && instant.nanoseconds == 0
            return isMidnight ? .date(civil.date) : nil
        case .text(let text): return (format.map { $0.date(text) } ?? CalendarDate(text)).map(Value.date)
        case .int(let number): return format?.date(String(number)).map(Value.date)
        default: return nil
        }
    }

    private static func timestamp(_ value: Value, _ format: DateFormat?) -> Value? {
        switch value {
        case .timestamp: return value
        case .date(let date): return Timestamp(seconds: CivilTime(date: date).secondsSinceEpoch).map(Value.timestamp)
        case .text(let text): return (format.map { $0.timestamp(text) } ?? Timestamp(text)).map(Value.timestamp)
        case .int(let number): return format?.timestamp(String(number)).map(Value.timestamp)
        default: return nil
        }
    }
}
