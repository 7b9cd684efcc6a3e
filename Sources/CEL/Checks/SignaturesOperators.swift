// langdef.md, "List of standard definitions": what the operators take.
extension SignatureTable {
    static func signatures(_ operation: BinaryOperator) -> [Signature] { operators[operation] ?? [] }

    static let negation: [Signature] = [.global(.int, to: .int), .global(.double, to: .double)]

    static let indexing: [Signature] = [.global(.list(.a), .int, to: .a), .global(.map(.a, .b), .a, to: .b)]

    /// An index that evaluation takes, though the language's own checker does not: any whole number.
    static let looseIndexing: [Signature] =
        indexing + [.global(.list(.a), .uint, to: .a), .global(.list(.a), .double, to: .a)]

    private static let operators: [BinaryOperator: [Signature]] = {
        var table: [BinaryOperator: [Signature]] = [
            .add: same([.int, .uint, .double, .text, .bytes, .list(.a), .duration]) + [
                .global(.timestamp, .duration, to: .timestamp), .global(.duration, .timestamp, to: .timestamp),
            ],
            .subtract: same([.int, .uint, .double, .duration]) + [
                .global(.timestamp, .duration, to: .timestamp), .global(.timestamp, .timestamp, to: .duration),
            ],
            .multiply: same([.int, .uint, .double]),
            .divide: same([.int, .uint, .double]),
            .remainder: same([.int, .uint]),
            .in: [.global(.a, .list(.a), to: .bool), .global(.a, .map(.a, .b), to: .bool)],
        ]
        let ordered: [CELType] = [.int, .uint, .double, .bool, .text, .bytes, .timestamp, .duration, .date]
        for operation in [BinaryOperator.less, .lessOrEqual, .greater, .greaterOrEqual] {
            table[operation] = ordered.map { .global($0, $0, to: .bool) }
        }
        for operation in [BinaryOperator.equal, .notEqual] { table[operation] = [.global(.a, .a, to: .bool)] }
        return table
    }()

    private static func same(_ types: [CELType]) -> [Signature] { types.map { .global($0, $0, to: $0) } }
}
