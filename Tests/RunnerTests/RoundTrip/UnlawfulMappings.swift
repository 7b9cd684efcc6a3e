import Model

extension Mapping {
    /// Something does not come back as it was.
    static let unlawful: [Mapping] =
        lossyTexts + lossyNumbers + lossyKinds + lossyLists + lossyEmpties + lossyTimes + lossyTables + lossyCircles

    private static let lossyTexts: [Mapping] = [
        Mapping(
            "{to_right: value.trim(), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 'a ' on the left becomes 'a', which comes back as 'a': the left stays so until 'b' is edited on the right"
            ], plays: (#""a ""#, #""b""#)),
        Mapping(
            "{to_right: value, to_left: value.trim()}", .text, .text,
            finds: [
                "warning no-round-trip: 'a ' on the left becomes 'a ', which comes back as 'a': the left stays so until 'b' is edited on the right"
            ], plays: (#""a ""#, #""b""#)),
        Mapping(
            "{to_right: value.upperAscii(), to_left: value.lowerAscii()}", .json, .json,
            finds: [
                "warning no-round-trip: 'Ada' on the left becomes 'ADA', which comes back as 'ada': the left stays so until 'b' is edited on the right"
            ], plays: (#""Ada""#, #""b""#)),
        Mapping(
            "{to_right: value.lowerAscii(), to_left: value}", .text, .json,
            finds: [
                "warning no-round-trip: 'Ada' on the left becomes 'ada', which comes back as 'ada': the left stays so until 'b' is edited on the right"
            ], plays: (#""Ada""#, #""b""#)),
        Mapping(
            "{type: text, to_right: value.upperAscii(), to_left: value}", .text, .json,
            finds: [
                "warning no-round-trip: 'a' on the left becomes 'A', which comes back as 'A': the left stays so until 'b' is edited on the right"
            ], plays: (#""a""#, #""b""#)),
        Mapping(
            #"{to_right: "'#' + value", to_left: value.substring(1)}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the right becomes an empty text, which comes back as '#': the right stays so until 'a' is edited on the left"
            ], plays: (#""a""#, ##""#b""##), on: .right),
        Mapping(
            #"{to_right: "value + ' h'", to_left: "value.replace(' h', '')"}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the right becomes 'a', which comes back as 'a h': the right stays so until 'a' is edited on the left"
            ], plays: (#""a""#, #""b h""#), on: .right),
        Mapping(
            #"{to_right: "value + ' h'", to_left: int(value)}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the left becomes 'a h', which cannot come back: an edit on the right that ends there is held"
            ]),
        Mapping(
            #"{to_right: "value.replace(',', '.')", to_left: "value.replace('.', ',')"}"#, .text, .text,
            finds: [
                "warning no-round-trip: '1.50' on the left becomes '1.50', which comes back as '1,50': the left stays so until 'b' is edited on the right"
            ], plays: (#""1.50""#, #""b""#)),
        Mapping(
            #"{to_right: "value.replace(' ', '_')", to_left: "value.replace('_', ' ')"}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a ' on the right becomes 'a ', which comes back as 'a_': the right stays so until 'a' is edited on the left"
            ], plays: (#""a ""#, #""b""#), on: .right),
        Mapping(
            #"{to_right: "value.replace('%', '')", to_left: value}"#, .json, .json,
            finds: [
                "warning no-round-trip: null on the right becomes null, which cannot come back: an edit on the left that ends there is held"
            ], plays: (#""%""#, #""b""#)),
        Mapping(
            #"{to_right: "value.substring(0, 1)", to_left: value}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'Ada' on the left becomes 'A', which comes back as 'A': the left stays so until 'b' is edited on the right"
            ], plays: (#""Ada""#, #""b""#)),
        Mapping(
            "{to_right: base64.encode(bytes(value)), to_left: string(base64.decode(value))}", .json, .json,
            finds: [
                #"warning no-round-trip: 'ADA' on the right becomes '\u{0}0', which comes back as 'ADA=': the right stays so until 'a' is edited on the left"#
            ]),
        Mapping(
            "{to_right: size(value), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the left becomes 1, which comes back as 1: the left stays so until 'b' is edited on the right"
            ], plays: (#""a""#, #""bc""#)),
    ]

    private static let lossyNumbers: [Mapping] = [
        Mapping(
            "{to_right: double(value) / 60.0, to_left: int(value * 60.0)}", .json, .json,
            finds: [
                "warning no-round-trip: 123 on the left becomes 2.05, which comes back as 122: the left stays so until 'b' is edited on the right"
            ], plays: ("123", "60")),
        Mapping(
            "{to_right: double(value) / 60.0, to_left: int(math.round(value * 60.0))}", .json, .json,
            finds: [
                "warning no-round-trip: 0.01 on the right becomes 1, which comes back as 0.016666666666666666: the right stays so until 'a' is edited on the left"
            ], plays: ("0.01", "0.5"), on: .right),
        Mapping(
            "{to_right: math.round(double(value)), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 0.5 on the left becomes 1.0, which comes back as 1.0: the left stays so until 'b' is edited on the right"
            ], plays: ("0.1", "5.0")),
        Mapping(
            "{to_right: math.floor(value), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 0.5 on the left becomes 0.0, which comes back as 0.0: the left stays so until 'b' is edited on the right"
            ], plays: ("0.5", "5.0")),
        Mapping(
            "{to_right: value * 100, to_left: value / 100}", .json, .json,
            finds: [
                "warning no-round-trip: 1 on the right becomes 0, which comes back as 0: the right stays so until 'a' is edited on the left"
            ], plays: ("1", "500"), on: .right),
        Mapping(
            "{to_right: value / 60, to_left: value * 60}", .json, .json,
            finds: [
                "warning no-round-trip: 1 on the left becomes 0, which comes back as 0: the left stays so until 'b' is edited on the right"
            ], plays: ("1", "120")),
        Mapping(
            "{to_right: value + 1, to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 0 on the left becomes 1, which comes back as 1: the left stays so until 'b' is edited on the right"
            ], plays: ("0", "5")),
        Mapping(
            "{to_right: value + 1.0, to_left: value - 1.0}", .json, .json,
            finds: [
                "warning no-round-trip: 0.1 on the left becomes 1.1, which comes back as 0.10000000000000009: the left stays so until 'b' is edited on the right"
            ], plays: ("0.1", "0.5")),
        Mapping(
            "{to_right: value * 1.1, to_left: value / 1.1}", .json, .json,
            finds: [
                "warning no-round-trip: 1e3 on the left becomes 1100.0, which comes back as 999.9999999999999: the left stays so until 'b' is edited on the right"
            ]),
        Mapping(
            "{to_right: 'value > 70000 ? 0 : value', to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 70001 on the left becomes 0, which comes back as 0: the left stays so until 'b' is edited on the right"
            ], plays: ("70001", "5")),
        Mapping(
            "{type: int, to_right: value / 60, to_left: value * 60}", .text, .json,
            finds: [
                "warning no-round-trip: '1' on the left becomes 0, which comes back as '0': the left stays so until 'b' is edited on the right"
            ], plays: (#""1""#, #""120""#)),
        Mapping(
            "{type: decimal, to_right: double(value) * 1.19, to_left: double(value) / 1.19}", .text, .json,
            finds: [
                "warning no-round-trip: '15' on the left becomes 17.849999999999998, which comes back as '14.999999999999998': the left stays so until 'b' is edited on the right"
            ]),
        Mapping(
            "{to_right: value > 5, to_left: 'value ? 10 : 1'}", .json, .json,
            finds: [
                "warning no-round-trip: 0 on the left becomes false, which comes back as 1: the left stays so until 'b' is edited on the right"
            ], plays: ("0", "10")),
    ]

    private static let lossyKinds: [Mapping] = [
        Mapping(
            "{to_right: string(value), to_left: int(value)}", .json, .json,
            finds: [
                "warning no-round-trip: '007' on the right becomes 7, which comes back as '7': the right stays so until 'a' is edited on the left"
            ], plays: (#""007""#, #""5""#), on: .right),
        Mapping(
            "{to_right: string(value), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 0 on the left becomes '0', which comes back as '0': the left stays so until 'b' is edited on the right"
            ], plays: ("0", "5")),
        Mapping(
            "{to_right: int(value), to_left: string(value)}", .text, .json,
            finds: [
                "warning no-round-trip: '007' on the left becomes 7, which comes back as '7': the left stays so until 'b' is edited on the right"
            ], plays: (#""007""#, #""5""#)),
        Mapping(
            "{to_right: double(value), to_left: string(value)}", .text, .json,
            finds: [
                "warning no-round-trip: '0' on the left becomes 0.0, which comes back as '0.0': the left stays so until 'b' is edited on the right"
            ], plays: (#""0""#, #""5""#)),
        Mapping(
            "{to_right: bool(value), to_left: string(value)}", .text, .json,
            finds: [
                "warning no-round-trip: '0' on the left becomes false, which comes back as 'false': the left stays so until 'b' is edited on the right"
            ], plays: (#""0""#, #""true""#)),
        Mapping(
            #"{to_right: "value ? 'yes' : 'no'", to_left: value == 'yes'}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the right becomes false, which comes back as 'no': the right stays so until 'a' is edited on the left"
            ], plays: (#""a""#, #""yes""#), on: .right),
    ]

    private static let lossyLists: [Mapping] = [
        Mapping(
            #"{to_right: "value.join(',')", to_left: "value.split(',')"}"#, .json, .json,
            finds: [
                #"warning no-round-trip: [] on the left becomes an empty text, which comes back as [""]: the left stays so until 'b' is edited on the right"#
            ], plays: ("[]", #"["b"]"#)),
        Mapping(
            #"{to_right: "value.join(', ')", to_left: "value.split(',')"}"#, .json, .json,
            finds: [
                #"warning no-round-trip: ["a","b"] on the left becomes 'a, b', which comes back as ["a"," b"]: the left stays so until 'b' is edited on the right"#
            ], plays: (#"["a","b"]"#, #"["b"]"#)),
        Mapping(
            "{to_right: value.sort(), to_left: value}", .json, .json,
            finds: [
                #"warning no-round-trip: ["b","a"] on the left becomes ["a","b"], which comes back as ["a","b"]: the left stays so until 'b' is edited on the right"#
            ], plays: (#"["b","a"]"#, #"["b"]"#)),
        Mapping(
            "{to_right: value.distinct(), to_left: value}", .json, .json,
            finds: [
                #"warning no-round-trip: ["a","a"] on the left becomes ["a"], which comes back as ["a"]: the left stays so until 'b' is edited on the right"#
            ], plays: (#"["a","a"]"#, #"["b"]"#)),
        Mapping(
            "{to_right: 'value[0]', to_left: '[value]'}", .json, .json,
            finds: [
                #"warning no-round-trip: ["a","b"] on the left becomes 'a', which comes back as ["a"]: the left stays so until 'b' is edited on the right"#
            ], plays: (#"["a","b"]"#, #"["b"]"#)),
        Mapping(
            "{to_right: '[value]', to_left: 'value[0]'}", .json, .json,
            finds: [
                #"warning no-round-trip: ["a","b"] on the right becomes 'a', which comes back as ["a"]: the right stays so until 'a' is edited on the left"#
            ], plays: (#"["a","b"]"#, #"["b"]"#), on: .right),
    ]

    private static let lossyEmpties: [Mapping] = [
        Mapping(
            #"{to_right: "value == null ? '' : value", to_left: value}"#, .json, .json,
            finds: [
                "warning no-round-trip: null on the left becomes an empty text, which comes back as an empty text: the left stays so until 'b' is edited on the right"
            ], plays: ("null", #""b""#)),
        Mapping(
            #"{to_right: "value == '' ? null : value", to_left: value}"#, .json, .json,
            finds: [
                "warning no-round-trip: an empty text on the left becomes null, which comes back as null: the left stays so until 'b' is edited on the right"
            ], plays: (#""""#, #""b""#)),
        Mapping(
            #"{to_right: "value == null ? 0 : value", to_left: value}"#, .json, .json,
            finds: [
                "warning no-round-trip: null on the left becomes 0, which comes back as 0: the left stays so until 'b' is edited on the right"
            ], plays: ("null", "5")),
        Mapping(
            #"{to_right: "value == '' ? 'n/a' : value", to_left: value}"#, .text, .text,
            finds: [
                "warning no-round-trip: an empty text on the left becomes 'n/a', which comes back as 'n/a': the left stays so until 'b' is edited on the right"
            ], plays: (#""""#, #""b""#)),
    ]

    private static let lossyTimes: [Mapping] = [
        Mapping(
            "{to_right: timestamp(value), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: 0 on the left becomes '1970-01-01T00:00:00Z', which comes back as '1970-01-01T00:00:00Z': the left stays so until 'b' is edited on the right"
            ], plays: (#""2026-11-30T10:15:00+01:00""#, #""2026-01-01T00:00:00Z""#)),
        Mapping(
            #"{to_right: string(timestamp(value).getFullYear()), to_left: "value + '-01-01T00:00:00Z'"}"#, .json, .json,
            finds: [
                "warning no-round-trip: '2026-11-30T00:00:00Z' on the left becomes '2026', which comes back as '2026-01-01T00:00:00Z': the left stays so until 'b' is edited on the right"
            ], plays: (#""2026-11-30T00:00:00Z""#, #""2025-01-01T00:00:00Z""#)),
        Mapping(
            #"{to_right: "value.split('T')[0]", to_left: "value + 'T00:00:00Z'"}"#, .json, .json,
            finds: [
                "warning no-round-trip: 'a' on the left becomes 'a', which comes back as 'aT00:00:00Z': the left stays so until 'b' is edited on the right"
            ], plays: (#""a""#, #""b""#)),
        Mapping(
            "{type: timestamp, to_right: value + duration('1h'), to_left: value}", .json, .json,
            finds: [
                "warning no-round-trip: '2026-11-30T00:00:00Z' on the left becomes '2026-11-30T01:00:00Z', which comes back as '2026-11-30T01:00:00Z': the left stays so until 'b' is edited on the right"
            ], plays: (#""2026-11-30T00:00:00Z""#, #""2025-01-01T00:00:00Z""#)),
        Mapping(
            "{type: timestamp, format: '%Y-%m-%d'}", .any, .text,
            finds: [
                "error changes-by-itself: '2026-11-30T10:00:00Z' on the left is '2026-11-30' once it is read on the right, which comes back as '2026-11-30T00:00:00Z': a later run sets the left to that, though nobody edited the field"
            ], plays: ("@2026-11-30T10:00:00Z", "@2025-01-01T00:00:00Z")),
        Mapping(
            "{type: timestamp, format: '%Y-%m-%d'}", .any, .json,
            finds: [
                "error changes-by-itself: '2026-11-30T10:00:00Z' on the left is '2026-11-30' once it is read on the right, which comes back as '2026-11-30T00:00:00Z': a later run sets the left to that, though nobody edited the field"
            ], plays: ("@2026-11-30T10:00:00Z", "@2025-01-01T00:00:00Z")),
        Mapping(
            "{type: timestamp, format: '%Y-%m-%d %H:%M'}", .any, .text,
            finds: [
                "error changes-by-itself: '2026-11-30T10:15:30Z' on the left is '2026-11-30 10:15' once it is read on the right, which comes back as '2026-11-30T10:15:00Z': a later run sets the left to that, though nobody edited the field"
            ], plays: ("@2026-11-30T10:15:30Z", "@2025-01-01T00:00:00Z")),
        Mapping(
            "{type: timestamp, format: '%F %T'}", .any, .text,
            finds: [
                "error changes-by-itself: '2026-11-30T10:15:30.25Z' on the left is '2026-11-30 10:15:30' once it is read on the right, which comes back as '2026-11-30T10:15:30Z': a later run sets the left to that, though nobody edited the field"
            ], plays: ("@2026-11-30T10:15:30.25Z", "@2025-01-01T00:00:00Z")),
        Mapping(
            "{type: timestamp, format: '%F %T.%3f'}", .any, .json,
            finds: [
                "error changes-by-itself: '2026-11-30T10:15:30.123456789Z' on the left is '2026-11-30 10:15:30.123' once it is read on the right, which comes back as '2026-11-30T10:15:30.123Z': a later run sets the left to that, though nobody edited the field"
            ], plays: ("@2026-11-30T10:15:30.123456789Z", "@2025-01-01T00:00:00Z")),
        Mapping(
            "{type: date, format: '%d.%m.%y'}", .any, .text,
            finds: [
                "error changes-by-itself: '1968-12-31' on the left is written as '1968-12-31' on the right, which cannot be read there again: the record is held from then on"
            ]),
        Mapping(
            "{type: timestamp, format: '%Y-%m-%d', to_right: value + duration('1h'), to_left: value - duration('1h')}",
            .text, .text,
            finds: [
                "error never-rests: '2026-11-30' on the left is set to '2026-11-29', then '2026-11-28', then '2026-11-27', and so on without end: a step further whenever a run looks at the records again, though nobody edited it"
            ], plays: (#""2026-11-30""#, #""2025-01-01""#)),
    ]

    private static let lossyTables: [Mapping] = [
        Mapping(
            "{values: {New: open, Waiting: doing, In Progress: doing}, to_left: {doing: In Progress}}", .json, .json,
            finds: [
                "note lossy-table: 'Waiting' on the left becomes 'doing', which comes back as 'In Progress': the left stays so until 'b' is edited on the right"
            ], plays: (#""Waiting""#, #""New""#)),
        Mapping(
            "{values: {a: b}, to_right: {old: b}}", .json, .json,
            finds: [
                "note lossy-table: 'old' on the left becomes 'b', which comes back as 'a': the left stays so until 'b' is edited on the right"
            ]),
        Mapping(
            "{values: {a: b}, unmapped: pass}", .json, .json,
            finds: [
                "warning lossy-table: 'b' on the left becomes 'b', which comes back as 'a': the left stays so until 'b' is edited on the right"
            ], plays: (#""b""#, #""z""#)),
        Mapping(
            "{values: {a: b}, unmapped: {use: c}}", .json, .json,
            finds: [
                "warning lossy-table: 'another value' on the left becomes 'c', which comes back as 'c': the left stays so until 'b' is edited on the right"
            ], plays: (#""x""#, #""a""#)),
        Mapping(
            "{values: {a: b, c: d}, unmapped: {use: b}}", .json, .json,
            finds: [
                "warning lossy-table: 'another value' on the left becomes 'b', which comes back as 'a': the left stays so until 'b' is edited on the right"
            ], plays: (#""x""#, #""c""#)),
        Mapping(
            "{values: {null: none, a: b}}", .text, .json,
            finds: [
                "warning dead-row: the row for null is never used: the left holds text alone, where nothing is an empty text",
                "warning lossy-table: 'none' on the right becomes an empty text, which comes back as an empty text: the right stays so until 'a' is edited on the left",
            ], plays: (#""none""#, #""b""#), on: .right),
        Mapping(
            "{values: {a: null, b: c}}", .json, .text,
            finds: [
                "warning dead-row: the row for null is never used: the right holds text alone, where nothing is an empty text",
                "warning lossy-table: 'a' on the left becomes an empty text, which comes back as an empty text: the left stays so until 'b' is edited on the right",
            ], plays: (#""a""#, #""b""#)),
    ]

    private static let lossyCircles: [Mapping] = [
        Mapping(
            "a.trim() -> b, a <- b", .json, .json,
            finds: [
                "error changes-by-itself: 'a ' on the left is set to 'a' by the next runs, though nobody edited it"
            ], plays: (#""a ""#, nil)),
        Mapping(
            "a.upperAscii() -> b, a <- b", .json, .json,
            finds: ["error changes-by-itself: 'a' on the left is set to 'A' by the next runs, though nobody edited it"],
            plays: (#""a""#, nil)),
        Mapping(
            "math.round(double(a)) -> b, a <- b", .json, .json,
            finds: ["error changes-by-itself: 0.5 on the left is set to 1.0 by the next runs, though nobody edited it"],
            plays: ("0.1", nil)),
        Mapping(
            "a + 1 -> b, a <- b", .json, .json,
            finds: [
                "error never-rests: 0 on the left is set to 1, then 2, then 3, and so on without end: a step further whenever a run looks at the records again, though nobody edited it"
            ],
            plays: ("0", nil)),
        Mapping(
            "a -> b, a <- b * 2", .json, .json,
            finds: [
                "error never-rests: 1 on the left is set to 2, then 4, then 8, and so on without end: a step further whenever a run looks at the records again, though nobody edited it"
            ],
            plays: ("1", nil)),
        Mapping(
            "a + 'x' -> b, a <- b", .json, .json,
            finds: [
                "error never-rests: 'a' on the left is set to 'ax', then 'axx', then 'axxx', and so on without end: a step further whenever a run looks at the records again, though nobody edited it"
            ], plays: (#""a""#, nil)),
    ]
}
