/// The values that people gave a field of a record, and which of them each was written over: whoever writes has seen what stood there.
///
/// Every value is written once, so that it tells by itself when and where.
struct History: Sendable {
    private var ancestors: [String: Set<String>] = [:]

    /// Values that nobody who saw them has written over.
    private(set) var heads: Set<String> = []

    func knows(_ value: String) -> Bool { ancestors[value] != nil }

    /// - Parameter seen: what stood there; nil where nothing did.
    mutating func write(_ value: String, over seen: String?) {
        if seen == value { return }
        settle(value, over: seen.map { (ancestors[$0] ?? []).union([$0]) } ?? [])
    }

    /// A value is chosen over all others.
    mutating func settle(_ value: String) { settle(value, over: heads) }

    /// Nothing but a value stands any more, or nothing at all.
    mutating func settle(_ value: String?) {
        if let value { settle(value, over: heads) } else { heads = [] }
    }

    private mutating func settle(_ value: String, over others: Set<String>) {
        // A value that is written anew is of now.
        for other in ancestors.keys { ancestors[other]?.remove(value) }
        ancestors[value, default: []].formUnion(others.subtracting([value]))
        heads.subtract(ancestors[value, default: []])
        heads.insert(value)
    }
}
