// langdef.md, "List of standard definitions"; dates are ours.
extension SignatureTable {
    static let standard: [String: [Signature]] = {
        var table: [String: [Signature]] = [
            "size": [CELType.text, .bytes, .list(.a), .map(.a, .b)].flatMap { Signature.both($0, to: .int) },
            "type": [.global(.a, to: .type(.a))],
            "dyn": [.global(.a, to: .dyn)],
            "matches": Signature.both(.text, .text, to: .bool),
            "contains": [.method(.text, .text, to: .bool)],
            "startsWith": [.method(.text, .text, to: .bool)],
            "endsWith": [.method(.text, .text, to: .bool)],
        ]
        for (name, result, parameters) in conversions {
            table[name] = parameters.map { .global($0, to: result) }
        }
        for name in ["getFullYear", "getMonth", "getDate", "getDayOfMonth", "getDayOfWeek", "getDayOfYear"] {
            table[name] = ofTimestamp + [.method(.date, to: .int)]
        }
        for name in ["getHours", "getMinutes", "getSeconds", "getMilliseconds"] {
            table[name] = ofTimestamp + [.method(.duration, to: .int)]
        }
        return table
    }()

    private static let conversions: [(name: String, result: CELType, parameters: [CELType])] = [
        ("int", .int, [.int, .uint, .double, .text, .timestamp]),
        ("uint", .uint, [.uint, .int, .double, .text]),
        ("double", .double, [.double, .int, .uint, .text]),
        ("string", .text, [.text, .int, .uint, .double, .bool, .bytes, .timestamp, .date, .duration]),
        ("bytes", .bytes, [.bytes, .text]),
        ("bool", .bool, [.bool, .text]),
        ("timestamp", .timestamp, [.timestamp, .text, .int, .date]),
        ("date", .date, [.date, .text, .timestamp]),
        ("duration", .duration, [.duration, .text]),
    ]

    private static let ofTimestamp: [Signature] = [
        .method(.timestamp, to: .int), .method(.timestamp, .text, to: .int),
    ]
}
