import Values

extension SplitMix64 {
    /// A value of any kind; with `onlyJSON`, of the kinds that JSON reading gives.
    mutating func value(depth: Int = 3, onlyJSON: Bool = false) -> Value {
        switch below(depth > 0 ? (onlyJSON ? 7 : 13) : (onlyJSON ? 5 : 11)) {
        case 0: return .null
        case 1: return .bool(below(2) == 0)
        case 2: return .int(integer())
        case 3: return .text(text())
        case 4: return .decimal(decimal())
        case 5 where onlyJSON, 11: return .list((0..<below(5)).map { _ in value(depth: depth - 1, onlyJSON: onlyJSON) })
        case 6 where onlyJSON, 12: return .object(object(depth: depth - 1, onlyJSON: onlyJSON))
        case 5: return .uint(next() >> UInt64(below(64)))
        case 6: return .double(double())
        case 7: return .bytes((0..<below(20)).map { _ in UInt8(below(256)) })
        case 8: return timestamp().map(Value.timestamp) ?? .null
        case 9: return .date(CalendarDate(daysSinceEpoch: below(3_652_059) - 719_162))
        default: return .duration(Duration(attoseconds: Int128(integer()) * Int128(integer())))
        }
    }

    mutating func object(depth: Int, onlyJSON: Bool) -> Object {
        var object = Object()
        for _ in 0..<pick([0, 1, 2, 5, 40]) { object[name()] = value(depth: depth, onlyJSON: onlyJSON) }
        return object
    }

    private mutating func name() -> String {
        below(3) == 0 ? pick(["$", "$date", "$object", "id", "name", "é", "e\u{301}", "a\"b", ""]) : text()
    }

    private mutating func integer() -> Int64 {
        below(10) == 0 ? pick([0, 1, -1, .min, .max]) : Int64(truncatingIfNeeded: next()) >> Int64(below(64))
    }

    private mutating func double() -> Double {
        below(4) == 0
            ? pick([
                0, -0.0, .nan, .infinity, -.infinity, 1, 0.1, 1e23, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
            ])
            : Double(bitPattern: next())
    }

    private mutating func decimal() -> Decimal {
        let spellings = ["-0", "0.10", "1.00", "1e400", "12345678901234567890", "-1.5E+10", "9223372036854775808"]
        return below(2) == 0
            ? Decimal(verified: pick(spellings)) : Decimal(verified: "\(below(1000)).\(next())e\(below(1000) - 500)")
    }

    private mutating func timestamp() -> Timestamp? {
        let span: ClosedRange<Int64> = -62_135_596_800...253_402_300_799
        let nanoseconds = pick([0, 5, 500_000_000, 999_999_999, Int32(below(1_000_000_000))])
        return Timestamp(seconds: Int64.random(in: span, using: &self), nanoseconds: nanoseconds)
    }

    mutating func text() -> String {
        let pieces = [
            "", "a", "ticket", "é", "e\u{301}", "日本", "😀", "\"", "\\", "\n", "\u{0}", "\u{1F}", "/", "\u{7F}",
            "long words in a row ",
        ]
        return (0..<below(8)).map { _ in pick(pieces) }.joined()
    }
}
