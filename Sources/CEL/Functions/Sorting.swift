/// `sort` and `sortBy`.
enum Sorting {
    /// The values in the order of their keys; those with equal keys stay as they stood. Keys are all numbers, or all of
    /// one kind that has an order; what is no number (NaN) has no place among them.
    static func sorted(
        _ values: [CELValue], by keys: [CELValue], _ function: String, _ budget: inout Budget
    ) throws(Fault) -> [CELValue] {
        guard let first = keys.first else { return [] }
        var work = 0
        for key in keys {
            guard key.isOrdered(with: first) else {
                throw .noOverload(function: function, kinds: ["list with \(first.kind) and \(key.kind)"])
            }
            guard key.equals(key) else { throw .noOverload(function: function, kinds: ["list with NaN"]) }
            work &+= 1 &+ key.weight
        }
        try budget.charge(work &* (Int.bitWidth - keys.count.leadingZeroBitCount))
        let order = keys.indices.sorted { a, b in
            switch (try? keys[a].ordered(against: keys[b], .less)) ?? .unordered {
            case .less: true
            case .equal: a < b
            default: false
            }
        }
        return order.map { values[$0] }
    }
}

extension CELValue {
    fileprivate func isOrdered(with other: CELValue) -> Bool {
        if isNumber { return other.isNumber }
        switch self {
        case .bool, .text, .bytes, .timestamp, .date, .duration: return typeName == other.typeName
        default: return false
        }
    }
}
