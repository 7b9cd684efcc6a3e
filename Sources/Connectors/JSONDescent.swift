internal import Model
internal import Values

extension JSONStream {
    /// Steps to the array that a pointer names, and notes what was entered on the way.
    mutating func descend(
        _ pointer: JSONPointer, _ file: CollectionFile, _ levels: inout [Level]
    ) throws(EndpointFailure) {
        for token in pointer.tokens {
            guard try enter(token, &levels) else {
                throw .misconfigured(
                    message: "\(file.path) has nothing at '\(pointer.text)', where its records should be")
            }
        }
        guard try next() != UInt8(ascii: "[") else { return }
        let message =
            pointer.tokens.isEmpty
            ? "the document is no array; the setting 'pointer' says where in it the records stand"
            : "what stands at '\(pointer.text)' is no array"
        throw failure(message, at: at)
    }

    /// Steps into the list or object at the position to one of its values; false where it has none of this name.
    private mutating func enter(_ token: [UInt8], _ levels: inout [Level]) throws(EndpointFailure) -> Bool {
        let floor = levels.count
        let byte = try next()
        guard byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") else { return false }
        try begin(&levels)
        var wanted = levels[floor].isObject ? nil : Self.index(token)
        while levels.count > floor, let name = try advance(&levels, downTo: floor) {
            if levels[floor].isObject ? name == token : wanted == 0 {
                levels[floor].taken = levels[floor].isObject ? token : nil
                return true
            }
            wanted = wanted.map { $0 - 1 }
            try begin(&levels)
            try finish(&levels, downTo: floor + 1)
        }
        return false
    }

    /// The number that a token of a pointer is; nil where it is none.
    private static func index(_ token: [UInt8]) -> Int? {
        guard let first = token.first, token.count == 1 || first != UInt8(ascii: "0"),
            token.allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        return Int(String(decoding: token, as: UTF8.self))
    }
}
