// The extension library `math` of cel-go.
extension SignatureTable {
    static let mathematics: [String: [Signature]] = {
        var table: [String: [Signature]] = [:]
        for name in ["math.ceil", "math.floor", "math.round", "math.trunc"] {
            table[name] = [.global(.double, to: .double)]
        }
        for name in ["math.isNaN", "math.isInf", "math.isFinite"] { table[name] = [.global(.double, to: .bool)] }
        for name in ["math.abs", "math.sign"] { table[name] = numbers.map { .global($0, to: $0) } }
        table["math.sqrt"] = numbers.map { .global($0, to: .double) }
        table["math.bitNot"] = whole.map { .global($0, to: $0) }
        for name in ["math.bitAnd", "math.bitOr", "math.bitXor"] { table[name] = whole.map { .global($0, $0, to: $0) } }
        for name in ["math.bitShiftLeft", "math.bitShiftRight"] {
            table[name] = whole.map { .global($0, .int, to: $0) }
        }
        // Several arguments are checked as one list.
        for name in ["math.greatest", "math.least"] {
            table[name] = numbers.flatMap { [.global($0, to: $0), .global(.list($0), to: $0)] }
        }
        return table
    }()

    static let numbers: [CELType] = [.int, .uint, .double]
    private static let whole: [CELType] = [.int, .uint]
}
