// Swift compares and hashes text by canonical equivalence, so that 'é' and 'e' + accent are one. Records must not lose such an
// edit, and two keys that differ only so are two keys: text is compared by its UTF-8 bytes.

extension String {
    /// Whether both are the same bytes in UTF-8.
    @inlinable
    package func hasSameBytes(as other: String) -> Bool {
        let count = utf8.count
        if count != other.utf8.count { return false }
        let fast = utf8.withContiguousStorageIfAvailable { a in
            other.utf8.withContiguousStorageIfAvailable { b in
                for i in 0..<count where a[i] != b[i] { return false }
                return true
            }
        }
        if case .some(.some(let same)) = fast { return same }
        return utf8.elementsEqual(other.utf8)
    }

    /// Whether this text comes before the other by bytes, which is also the order of code points.
    package func precedesByBytes(_ other: String) -> Bool {
        utf8.lexicographicallyPrecedes(other.utf8)
    }

    package func hashBytes(into hasher: inout Hasher) {
        for byte in utf8 { hasher.combine(byte) }
        hasher.combine(0xFF as UInt8)
    }
}
