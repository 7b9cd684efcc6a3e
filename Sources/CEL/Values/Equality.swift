import Values

extension CELValue {
    /// Equality as the language has it: numbers by their size whatever their kind, text by its bytes, lists and maps
    /// by their content; different kinds are different, and nothing fails.
    package func equals(_ other: CELValue) -> Bool {
        switch (self, other) {
        case (.text(let a), .text(let b)): a.hasSameBytes(as: b)
        case (.int(let a), .int(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        case (.null, .null): true
        case (.bytes(let a), .bytes(let b)): a == b
        case (.timestamp(let a), .timestamp(let b)): a == b
        case (.date(let a), .date(let b)): a == b
        case (.duration(let a), .duration(let b)): a == b
        case (.list(let a), .list(let b)): a.equals(b)
        case (.map(let a), .map(let b)): a.equals(b)
        case (.type(let a), .type(let b)): a == b
        case (.ip(let a), .ip(let b)): a == b
        case (.cidr(let a), .cidr(let b)): a == b
        case (.optional(let a?), .optional(let b?)): a.equals(b)
        case (.optional(nil), .optional(nil)): true
        default: NumberOrder.of(self, other) == .equal
        }
    }

    /// Equality, with what it costs: values that an expression made may share their parts, and so hold far more than they
    /// take up.
    func equals(_ other: CELValue, _ budget: inout Budget) throws(Fault) -> Bool {
        switch (self, other) {
        case (.list(let a), .list(let b)): return try a.equals(b, &budget)
        case (.map(let a), .map(let b)): return try a.equals(b, &budget)
        case (.optional(let a?), .optional(let b?)): return try a.equals(b, &budget)
        default: return equals(other)
        }
    }

    /// How this value stands to the other; a fault where the language gives the two no order.
    func ordered(against other: CELValue, _ operation: BinaryOperator) throws(Fault) -> NumberOrder {
        if let order = NumberOrder.of(self, other) { return order }
        switch (self, other) {
        case (.text(let a), .text(let b)): return a.byteOrder(against: b)
        case (.bool(let a), .bool(let b)): return a == b ? .equal : b ? .less : .greater
        case (.bytes(let a), .bytes(let b)):
            return a == b ? .equal : a.lexicographicallyPrecedes(b) ? .less : .greater
        case (.timestamp(let a), .timestamp(let b)): return NumberOrder(a, b)
        case (.date(let a), .date(let b)): return NumberOrder(a, b)
        case (.duration(let a), .duration(let b)): return NumberOrder(a, b)
        default: throw .noOverload(function: operation.rawValue, kinds: [kind, other.kind])
        }
    }

    /// Whether a list holds an equal element, or a map an equal key.
    func isMember(of collection: CELValue, _ budget: inout Budget) throws(Fault) -> Bool {
        switch collection {
        case .list(let list):
            try budget.charge(list.count >> 3)
            for position in 0..<list.count where try equals(list[position], &budget) { return true }
            return false
        case .map(let map): return map[self] != nil
        default: throw .noOverload(function: "in", kinds: [kind, collection.kind])
        }
    }
}

extension CELList {
    fileprivate func equals(_ other: CELList, _ budget: inout Budget) throws(Fault) -> Bool {
        guard count == other.count else { return false }
        try budget.charge(1 + count >> 3)
        for position in 0..<count where try !self[position].equals(other[position], &budget) { return false }
        return true
    }

    fileprivate func equals(_ other: CELList) -> Bool {
        guard count == other.count else { return false }
        for position in 0..<count where !self[position].equals(other[position]) { return false }
        return true
    }
}

extension CELMap {
    fileprivate func equals(_ other: CELMap, _ budget: inout Budget) throws(Fault) -> Bool {
        guard count == other.count else { return false }
        try budget.charge(1 + count >> 3)
        for position in 0..<count {
            guard let value = other[key(at: position)], try value.equals(self.value(at: position), &budget) else {
                return false
            }
        }
        return true
    }

    fileprivate func equals(_ other: CELMap) -> Bool {
        guard count == other.count else { return false }
        for position in 0..<count {
            guard let value = other[key(at: position)], value.equals(self.value(at: position)) else { return false }
        }
        return true
    }
}

extension String {
    /// The order of the UTF-8 bytes, which is that of code points.
    fileprivate func byteOrder(against other: String) -> NumberOrder {
        hasSameBytes(as: other) ? .equal : precedesByBytes(other) ? .less : .greater
    }
}
