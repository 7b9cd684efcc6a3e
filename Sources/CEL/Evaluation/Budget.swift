import Values

/// What an evaluation may still use (``Limits``): steps, and bytes of values that it makes.
struct Budget {
    private let limits: Limits
    private var steps: Int
    private var bytes: Int

    init(_ limits: Limits) {
        self.limits = limits
        steps = limits.steps
        bytes = limits.memory
    }

    @inline(__always)
    mutating func charge(_ steps: Int) throws(Fault) {
        self.steps &-= steps
        if self.steps < 0 { throw .tooCostly(steps: limits.steps) }
    }

    /// Counts bytes of a value that was made, or better: is about to be.
    @inline(__always)
    mutating func take(bytes: Int) throws(Fault) {
        self.bytes &-= bytes
        if self.bytes < 0 { throw .tooLarge(bytes: limits.memory) }
    }

    /// Counts the elements of a list that is made.
    mutating func take(elements: Int) throws(Fault) {
        let size = elements.multipliedReportingOverflow(by: MemoryLayout<CELValue>.stride)
        try take(bytes: size.overflow ? .max : size.partialValue)
    }

    /// Counts the entries of a map that is made, with what finds them.
    mutating func take(entries: Int) throws(Fault) { try take(elements: entries &* 4) }

    /// Counts two values that are joined to one.
    mutating func take(_ left: CELValue, _ right: CELValue) throws(Fault) {
        try take(left)
        try take(right)
    }

    /// Counts a value that a function made.
    @inline(__always)
    mutating func take(_ made: CELValue) throws(Fault) {
        switch made {
        case .text(let text): if text.utf8.count > 15 { try take(bytes: text.utf8.count) }
        case .bytes(let content): try take(bytes: content.count)
        case .list(let list): try take(elements: list.count)
        case .map(let map): try take(entries: map.count)
        default: break
        }
    }
}
