import Model
import Testing
import Values

/// Bases as they stand in state files.
struct BaseCodingTests {
    private func coded(_ entry: Base.Entry?) throws -> (text: String, entry: Base.Entry?) {
        var bytes: [UInt8] = []
        Base(entries: [entry]).encode(to: &bytes)
        let base = try bytes.withUnsafeBytes { try Base(decoding: $0, columns: [0]) }
        return (String(decoding: bytes, as: UTF8.self), base.entries[0])
    }

    private static let texts: [(Base.Entry?, String)] = {
        func entry(_ left: Value, _ right: Value, _ owed: Side? = nil) -> Base.Entry {
            Base.Entry(Sides(left: left, right: right), owed: owed)
        }
        let pair = Object([("<", .int(1)), (">", .int(2))])
        let owed = Object([("<", .int(1)), (">", .int(2)), ("!", .text("<"))])
        return [
            (nil, "[{}]"),
            (entry(.int(1), .int(1)), "[1]"),
            (entry(.int(1), .text("1")), #"[{"<":1,">":"1"}]"#),
            (entry(.int(1), .int(1), .right), #"[{"<":1,">":1,"!":">"}]"#),
            (entry(.int(1), .int(2), .left), #"[{"<":1,">":2,"!":"<"}]"#),
            (entry(.object(Object()), .object(Object())), #"[{"<":{},">":{}}]"#),
            (entry(.object(pair), .object(pair)), #"[{"<":{"<":1,">":2},">":{"<":1,">":2}}]"#),
            (
                entry(.object(owed), .object(owed)),
                #"[{"<":{"<":1,">":2,"!":"<"},">":{"<":1,">":2,"!":"<"}}]"#
            ),
        ]
    }()

    @Test("an entry has one spelling, and is read back as it was", arguments: texts)
    func spelling(entry: Base.Entry?, text: String) throws {
        let coded = try coded(entry)
        #expect(coded.text == text)
        #expect(coded.entry == entry)
    }
}
