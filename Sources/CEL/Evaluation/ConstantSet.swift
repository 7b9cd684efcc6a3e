import Values

/// The elements of a constant list, arranged to be searched: texts by a digest of their bytes, the rest one by one.
struct ConstantSet: Sendable {
    private var texts: [String] = []
    private var others: [CELValue] = []
    /// Open addressing over ``texts``, at most half full; empty where they are so few that comparing them all is
    /// faster.
    private var table: [Int32] = []

    init(_ list: CELList) {
        for element in list.elements {
            if case .text(let text) = element { texts.append(text) } else { others.append(element) }
        }
        if texts.count > 8 { makeTable() }
    }

    func contains(_ value: CELValue) -> Bool {
        guard case .text(let text) = value else {
            for other in others where other.equals(value) { return true }
            return false
        }
        if table.isEmpty {
            for other in texts where other.hasSameBytes(as: text) { return true }
            return false
        }
        let at = table[slot(of: text)]
        return at >= 0
    }

    private mutating func makeTable() {
        var size = 16
        while size < texts.count * 2 { size *= 2 }
        table = Array(repeating: -1, count: size)
        for (number, text) in texts.enumerated() { table[slot(of: text)] = Int32(number) }
    }

    /// Where a text stands, or would.
    private func slot(of text: String) -> Int {
        let mask = table.count - 1
        var slot = Int(truncatingIfNeeded: ConstantSet.digest(text)) & mask
        while table[slot] >= 0, !texts[Int(table[slot])].hasSameBytes(as: text) { slot = (slot + 1) & mask }
        return slot
    }

    private static func digest(_ text: String) -> UInt64 {
        let fast = text.utf8.withContiguousStorageIfAvailable { Fingerprint(of: UnsafeRawBufferPointer($0)).bits }
        return fast ?? Fingerprint(of: Array(text.utf8)).bits
    }
}
