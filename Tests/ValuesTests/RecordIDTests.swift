import Testing
import Values

@Suite("Record ids")
struct RecordIDTests {
    @Test(
        "are read of what can name a record",
        arguments: [
            (Value.text("C-7"), "C-7"), (.int(-7), "-7"), (.uint(.max), "18446744073709551615"),
            (.decimal(Decimal(verified: "12345678901234567890")), "12345678901234567890"),
            (.list([.text("a"), .int(1)]), #"["a","1"]"#), (.list([.text("a\"b"), .text("é")]), #"["a\"b","é"]"#),
            (.null, nil), (.text(""), nil), (.bool(true), nil), (.double(1), nil),
            (.decimal(Decimal(verified: "1.0")), nil),
            (.decimal(Decimal(verified: "1e3")), nil), (.decimal(Decimal(verified: "-0")), nil), (.object([:]), nil),
            (.list([]), nil),
            (.list([.text("a")]), nil), (.list([.text("a"), .null]), nil),
            (.list([.text("a"), .list([.text("b"), .text("c")])]), nil),
        ] as [(Value, String?)])
    func read(value: Value, key: String?) { #expect(RecordID(value)?.key == key) }

    @Test("of text and number are the same where they print the same, and a composite one is no text")
    func same() throws {
        let composite = try #require(RecordID(.list([.text("a"), .text("b")])))
        let text = try #require(RecordID(.text(composite.key)))
        #expect(RecordID(.int(7)) == RecordID(.text("7")))
        #expect(RecordID(.int(7))?.hashValue == RecordID(.text("7"))?.hashValue)
        #expect(composite != text && Set([composite, text]).count == 2)
        #expect(RecordID(.text("é")) != RecordID(.text("e\u{301}")))
        #expect(RecordID(.list([.text("a,b"), .text("c")])) != RecordID(.list([.text("a"), .text("b,c")])))
    }

    @Test(
        "give their value back",
        arguments: [
            Value.text("7"), .int(7), .decimal(Decimal(verified: "12345678901234567890")),
            .list([.text("a"), .text("[\"b\"]")]),
        ])
    func value(value: Value) { #expect(RecordID(value)?.value == value) }
}
