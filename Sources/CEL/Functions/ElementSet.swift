/// Elements that are searched by equality. Texts, bools and whole numbers are found by a key, and other values by
/// comparing them one by one.
struct ElementSet {
    private var keys: Set<MapKey> = []
    private var others: [CELValue] = []

    init() {}

    init(_ list: CELList, _ budget: inout Budget) throws(Fault) {
        for position in 0..<list.count { _ = try insert(list[position], &budget) }
    }

    /// Whether the element was not there yet.
    mutating func insert(_ value: CELValue, _ budget: inout Budget) throws(Fault) -> Bool {
        if let key = ElementSet.key(value) {
            try budget.charge(1)
            return keys.insert(key).inserted
        }
        if try isAmongOthers(value, &budget) { return false }
        others.append(value)
        return true
    }

    func contains(_ value: CELValue, _ budget: inout Budget) throws(Fault) -> Bool {
        guard let key = ElementSet.key(value) else { return try isAmongOthers(value, &budget) }
        try budget.charge(1)
        return keys.contains(key)
    }

    private func isAmongOthers(_ value: CELValue, _ budget: inout Budget) throws(Fault) -> Bool {
        try budget.charge(1 + others.count >> 3)
        for other in others where try other.equals(value, &budget) { return true }
        return false
    }

    /// Beyond 2^53 whole numbers equal doubles that stand for others too, so that they have no key; nor has a number
    /// with a fraction, which equals none that has one.
    private static func key(_ value: CELValue) -> MapKey? {
        guard let key = MapKey(value) else { return nil }
        switch key {
        case .int(let number): return number.magnitude < 1 << 53 ? key : nil
        case .uint: return nil
        case .bool, .text: return key
        }
    }
}
