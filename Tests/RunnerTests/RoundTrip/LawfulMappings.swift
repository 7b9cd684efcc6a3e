import Model

extension Mapping {
    /// Everything that is written comes back as it was.
    static let lawful: [Mapping] = lawfulTypes + lawfulTables + lawfulExpressions + lawfulArrows

    private static let lawfulTypes: [Mapping] = [
        Mapping("{type: text}", .text, .json, plays: (#""x ""#, #""y""#)),
        Mapping("{type: text}", .json, .text, plays: (#""007""#, #""7""#)),
        Mapping("{type: int}", .text, .json, plays: (#""7""#, #""12""#)),
        Mapping("{type: int}", .json, .text, plays: ("9223372036854775807", "-1")),
        Mapping("{type: decimal}", .text, .json, plays: (#""0.10""#, #""12345678901234567890.5""#)),
        Mapping("{type: decimal}", .json, .text, plays: ("0.10", "1e3")),
        Mapping("{type: decimal}", .any, .text, plays: ("0.1", "-5")),
        Mapping("{type: bool}", .text, .json, plays: (#""true""#, #""false""#)),
        Mapping("{type: bool}", .json, .text, plays: ("true", "false")),
        Mapping("{type: date}", .text, .json, plays: (#""2024-02-29""#, #""2026-12-31""#)),
        Mapping("{type: date}", .any, .text),
        Mapping("{type: date, format: '%d.%m.%Y'}", .text, .json, plays: (#""29.02.2024""#, #""31.12.2026""#)),
        Mapping("{type: date, format: '%d.%m.%Y'}", .any, .text),
        Mapping("{type: date, format: '%d.%m.%y'}", .text, .text, plays: (#""31.12.68""#, #""01.01.69""#)),
        Mapping("{type: date, format: '%d %b %Y'}", .json, .json, plays: (#""29 Feb 2024""#, #""31 Dec 2026""#)),
        Mapping("{type: timestamp}", .text, .json, plays: (#""2026-03-29T01:30:00Z""#, #""2026-10-25T00:30:00Z""#)),
        Mapping("{type: timestamp}", .any, .json),
        Mapping(
            "{type: timestamp, format: '%Y%m%d%H%M%S'}", .text, .json,
            plays: (#""20261130101530""#, #""20240229000000""#)),
        Mapping("{type: timestamp, format: '%Y-%m-%d'}", .text, .json, plays: (#""2026-11-30""#, #""2024-02-29""#)),
        Mapping("{type: timestamp, format: '%s'}", .text, .json, plays: (#""1700000000""#, #""-1""#)),
        Mapping("{type: timestamp, format: '%Y-%m-%dT%H:%M:%S.%f%z'}", .any, .text),
        Mapping(
            "{type: timestamp, format: '%F %I:%M:%S %p'}", .text, .text,
            plays: (#""2026-11-30 12:00:00 AM""#, #""2026-11-30 12:00:00 PM""#)),
        Mapping("{type: timestamp, format: '%F %T.%9f'}", .any, .json),
    ]

    private static let lawfulTables: [Mapping] = [
        Mapping("{values: {a: b, c: d}}", plays: (#""a""#, #""c""#)),
        Mapping("{values: {1: one, 2: two}}", plays: ("1", "2")),
        Mapping("{values: {yes: true, no: false}}", .text, .json, plays: (#""yes""#, #""no""#)),
        Mapping("{values: {a: b, b: a}}", .text, .text, plays: (#""a""#, #""b""#)),
        Mapping("{values: {a: b, c: d}, unmapped: skip}", plays: (#""a""#, #""c""#)),
        Mapping("{values: {a: a, c: c}, unmapped: pass}", plays: (#""a""#, #""z""#)),
        Mapping("{values: {'': none, a: b}}", .text, .json, plays: (#""""#, #""a""#)),
        Mapping("{values: {null: none, a: b}}", plays: ("null", #""a""#)),
        Mapping("{values: {a: b}, unmapped: {use: b}, when: create}"),
    ]

    private static let lawfulExpressions: [Mapping] = [
        Mapping("{to_right: value + 1, to_left: value - 1}", plays: ("41", "0")),
        Mapping("{to_right: value * 2.0, to_left: value / 2.0}", plays: ("0.1", "0.25")),
        Mapping("{to_right: -value, to_left: -value}", plays: ("5", "-0.5")),
        Mapping("{to_right: '!value', to_left: '!value'}", plays: ("true", "false")),
        Mapping("{to_right: value.reverse(), to_left: value.reverse()}", plays: (#""Ada""#, #""é ""#)),
        Mapping("{to_right: value.reverse(), to_left: value.reverse()}", .text, .json, plays: (#""Ada""#, #""é ""#)),
        Mapping(#"{to_right: '{"v": value}', to_left: value.v}"#, plays: (#""a""#, "[1]")),
        Mapping(
            #"{type: text, to_right: "value == null ? '' : value", to_left: value}"#, .json, .text,
            plays: ("null", #""a""#)),
        Mapping(#"{to_right: "value == '' ? null : value", to_left: value, empty: keep}"#, plays: (#""a""#, #""b""#)),
        Mapping("{type: int, to_right: value * 1000, to_left: value / 1000, when: create}"),
        Mapping("{type: int, to_right: value + 1, to_left: value - 1}", .text, .json, plays: (#""41""#, #""0""#)),
        Mapping("{type: int, to_right: -value, to_left: -value}", .json, .text, plays: ("41", "0")),
        Mapping("{type: bool, to_right: '!value', to_left: '!value'}", .text, .text, plays: (#""true""#, #""false""#)),
        Mapping(
            "{type: timestamp, to_right: value + duration('1h'), to_left: value - duration('1h')}",
            plays: (#""2026-03-29T00:30:00Z""#, #""2026-12-31T23:30:00Z""#)),
        Mapping("{to_right: value + tax, to_left: value - tax}"),
    ]

    private static let lawfulArrows: [Mapping] = [
        Mapping("a <-> b", plays: (#""x""#, "[1]")),
        Mapping("a <-> b", .text, .text, plays: (#""x""#, #""""#)),
        Mapping("a <-> b", .text, .json, plays: (#""x""#, #""y""#)),
        Mapping("a -> b, a <- b", plays: (#""x""#, #""y""#)),
        Mapping("a -> b, c <- d.trim()"),
        Mapping("{link: companies}", .text, .json),
    ]
}
