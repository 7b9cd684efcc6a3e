// The extension libraries `lists`, `sets` and `optional` of cel-go.
extension SignatureTable {
    static let lists: [String: [Signature]] = [
        "slice": [.method(.list(.a), .int, .int, to: .list(.a))],
        "flatten": [.method(.list(.dyn), to: .list(.dyn)), .method(.list(.dyn), .int, to: .list(.dyn))],
        "distinct": [.method(.list(.a), to: .list(.a))],
        "sort": [.method(.list(.a), to: .list(.a))],
        "reverse": [.method(.list(.a), to: .list(.a))],
        "lists.range": [.global(.int, to: .list(.int))],
        "first": [.method(.list(.a), to: .optional(.a))],
        "last": [.method(.list(.a), to: .optional(.a))],
        "sets.contains": [.global(.list(.a), .list(.a), to: .bool)],
        "sets.equivalent": [.global(.list(.a), .list(.a), to: .bool)],
        "sets.intersects": [.global(.list(.a), .list(.a), to: .bool)],
    ]

    static let optionals: [String: [Signature]] = [
        "optional.of": [.global(.a, to: .optional(.a))],
        "optional.ofNonZeroValue": [.global(.a, to: .optional(.a))],
        "optional.none": [.global(to: .optional(.a))],
        "optional.unwrap": [.global(.list(.optional(.a)), to: .list(.a))],
        "unwrapOpt": [.method(.list(.optional(.a)), to: .list(.a))],
        "hasValue": [.method(.optional(.a), to: .bool)],
        "value": [.method(.optional(.a), to: .a)],
        "or": [.method(.optional(.a), .optional(.a), to: .optional(.a))],
        "orValue": [.method(.optional(.a), .a, to: .a)],
    ]
}
