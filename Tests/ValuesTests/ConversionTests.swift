import Testing
import Values

private func decimal(_ text: String) -> Value { .decimal(Decimal(verified: text)) }

@Suite("Conversion")
struct ConversionTests {
    @Test(
        "to text",
        arguments: [
            (Value.text(""), Value.text("")), (.null, .null), (.int(42), .text("42")), (decimal("0.10"), .text("0.10")),
            (.double(1), .text("1.0")),
            (.bool(true), .text("true")), (.uint(.max), .text("18446744073709551615")),
            (.duration(.seconds(2)), .text("2s")),
            (.date(CalendarDate(daysSinceEpoch: 0)), .text("1970-01-01")),
            (.timestamp(.latest), .text("9999-12-31T23:59:59.999999999Z")),
        ])
    func toText(value: Value, text: Value) throws { #expect(try ValueType.text.convert(value) == text) }

    @Test(
        "to int",
        arguments: [
            (Value.text("42"), Value.int(42)), (.text("-7"), .int(-7)), (.text("007"), .int(7)),
            (.text("42.0"), .int(42)), (.text("1e3"), .int(1000)),
            (.text(""), .null), (.null, .null), (.text("12345678901234567890"), decimal("12345678901234567890")),
            (decimal("42.0"), .int(42)),
            (.double(42), .int(42)), (.double(1e23), decimal("1e+23")), (.uint(7), .int(7)),
            (.uint(.max), decimal("18446744073709551615")),
            (.int(5), .int(5)), (.text("-0"), .int(0)), (decimal("1e1000000000"), decimal("1e1000000000")),
        ])
    func toInt(value: Value, number: Value) throws { #expect(try ValueType.int.convert(value) == number) }

    @Test(
        "to decimal",
        arguments: [
            (Value.text("0.10"), decimal("0.10")), (.text("42"), .int(42)), (.text("00.50"), decimal("0.50")),
            (.text("1e5"), decimal("1e5")),
            (.text("-0"), decimal("-0")), (.double(0.1), decimal("0.1")), (decimal("1.00"), decimal("1.00")),
            (.text(""), .null),
        ])
    func toDecimal(value: Value, number: Value) throws { #expect(try ValueType.decimal.convert(value) == number) }

    @Test(
        "to bool",
        arguments: [
            (Value.text("true"), Value.bool(true)), (.text("FALSE"), .bool(false)), (.text("1"), .bool(true)),
            (.text("0"), .bool(false)), (.int(1), .bool(true)),
            (.int(0), .bool(false)), (decimal("1.0"), .bool(true)), (.bool(false), .bool(false)), (.text(""), .null),
            (.null, .null),
        ])
    func toBool(value: Value, bool: Value) throws { #expect(try ValueType.bool.convert(value) == bool) }

    @Test("to date and timestamp, by a format or as ISO 8601 has them")
    func toTimes() throws {
        let date = Value.date(try #require(CalendarDate("2026-11-21")))
        let midnight = Value.timestamp(try #require(Timestamp("2026-11-21T00:00:00Z")))
        let german = try DateFormat("%d.%m.%Y")
        #expect(try ValueType.date.convert(.text("2026-11-21")) == date)
        #expect(try ValueType.date.convert(.text("21.11.2026"), format: german) == date)
        #expect(try ValueType.date.convert(midnight) == date)
        #expect(try ValueType.date.convert(.int(20_261_121), format: DateFormat("%Y%m%d")) == date)
        #expect(try ValueType.date.convert(.text("")) == .null)
        #expect(try ValueType.timestamp.convert(date) == midnight)
        #expect(try ValueType.timestamp.convert(.text("2026-11-21T01:00:00+01:00")) == midnight)
        #expect(try ValueType.timestamp.convert(.text("21.11.2026"), format: german) == midnight)
        #expect(try ValueType.timestamp.convert(.int(1_795_219_200), format: DateFormat("%s")) == midnight)
        #expect(try ValueType.text.convert(midnight, format: german) == .text("21.11.2026"))
    }

    @Test(
        "a value of another type is refused with a sentence",
        arguments: [
            (Value.text("4x"), ValueType.int, "the text '4x' is no int"),
            (.text(" 42"), .int, "the text ' 42' is no int"),
            (.text("42 "), .int, "the text '42 ' is no int"), (.text("4.5"), .int, "the text '4.5' is no int"),
            (.text("+5"), .int, "the text '+5' is no int"),
            (.text("1,5"), .decimal, "the text '1,5' is no decimal"),
            (.text(".5"), .decimal, "the text '.5' is no decimal"),
            (.text("NaN"), .decimal, "the text 'NaN' is no decimal"),
            (.double(.nan), .decimal, "the double 'NaN' is no decimal"),
            (.double(-.infinity), .text, "the double '-Infinity' is no text"),
            (.double(0.5), .int, "the double '0.5' is no int"),
            (decimal("1e-1000000000"), .int, "the decimal '1e-1000000000' is no int"),
            (.bool(true), .int, "the bool 'true' is no int"),
            (.text("yes"), .bool, "the text 'yes' is no bool"), (.int(2), .bool, "the int '2' is no bool"),
            (.text("2026-02-30"), .date, "the text '2026-02-30' is no date"),
            (.text("2026-11-21T00:00:00Z"), .date, "the text '2026-11-21T00:00:00Z' is no date"),
            (.int(20_261_121), .date, "the int '20261121' is no date"),
            (.text("2026-11-21"), .timestamp, "the text '2026-11-21' is no timestamp"),
            (.list([.int(1)]), .text, "a list cannot become a text"),
            (.object([:]), .int, "an object cannot become an int"),
            (.bytes([1]), .text, "bytes cannot become a text"),
            (.timestamp(.latest), .date, "the timestamp '9999-12-31T23:59:59.999999999Z' is no date"),
            (
                .text(String(repeating: "é", count: 61)), .int,
                "the text '" + String(repeating: "é", count: 57) + "…' is no int"
            ),
        ])
    func refused(value: Value, type: ValueType, message: String) {
        #expect { try type.convert(value) } throws: { ($0 as? ConversionFailure)?.message == message }
    }

    @Test("a text that does not follow the format is refused, naming the format")
    func refusedByFormat() throws {
        let format = try DateFormat("%d.%m.%Y")
        #expect { try ValueType.date.convert(.text("2026-11-21"), format: format) } throws: {
            ($0 as? ConversionFailure)?.message == "the text '2026-11-21' is no date as '%d.%m.%Y' spells one"
        }
    }

    @Test(
        "spells every kind for a side of text",
        arguments: [
            (Value.null, ""), (.text("a"), "a"), (.bool(false), "false"), (.int(-1), "-1"), (.double(0.5), "0.5"),
            (.double(.infinity), "Infinity"),
            (decimal("1.00"), "1.00"), (.bytes([0, 1, 2]), "AAEC"), (.list([.int(1), .text("b")]), #"[1,"b"]"#),
            (.object(["a": .null]), #"{"a":null}"#),
            (.duration(.milliseconds(-1500)), "-1.5s"),
        ])
    func spells(value: Value, text: String) { #expect(ValueType.text.spell(value) == text) }

    @Test("what is spelled is read back, for random values of each type", arguments: [1, 2] as [UInt64])
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        var tried = 0
        for _ in 0..<3000 {
            let value = random.value(depth: 0)
            let type: ValueType? =
                switch value {
                case .int: .int
                case .decimal, .uint: .decimal
                case .double(let number) where number.isFinite: .decimal
                case .bool: .bool
                case .date: .date
                case .timestamp: .timestamp
                default: nil
                }
            guard let type else { continue }
            tried += 1
            let back = try type.convert(.text(type.spell(value)))
            #expect(back.means(value), "seed \(seed): \(value)")
        }
        #expect(tried > 1000)
    }
}
