internal import Glibc

// Swift compares and hashes text by canonical equivalence, so that 'é' and 'e' + accent are one. Records must not lose
// such an edit, and two keys that differ only so are two keys: text is compared by its UTF-8 bytes.

extension String {
    /// Whether both are the same bytes in UTF-8.
    package func hasSameBytes(as other: String) -> Bool {
        // Short text lies in the string itself, and copies of long text share its storage: the same bits are the same
        // text.
        if unsafeBitCast(self, to: StringBits.self) == unsafeBitCast(other, to: StringBits.self) { return true }
        if utf8.count != other.utf8.count { return false }
        return withBytes { a in other.withBytes { b in a.order(before: b) == 0 } }
    }

    /// Whether this text comes before the other by bytes, which is also the order of code points.
    package func precedesByBytes(_ other: String) -> Bool {
        withBytes { a in other.withBytes { b in a.order(before: b) < 0 } }
    }

    package func hashBytes(into hasher: inout Hasher) {
        withBytes { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
        hasher.combine(0xFF as UInt8)
    }

    /// The text's UTF-8, where it lies if it can be had there.
    @inline(__always)
    func withBytes<R>(_ body: (UnsafeBufferPointer<UInt8>) -> R) -> R {
        if let result = utf8.withContiguousStorageIfAvailable(body) { return result }
        return Array(utf8).withUnsafeBufferPointer(body)
    }
}

extension UnsafeBufferPointer<UInt8> {
    /// Less than, equal to or greater than 0 as these bytes come before, are, or come after the others.
    @inline(__always)
    func order(before other: UnsafeBufferPointer<UInt8>) -> Int {
        guard let a = baseAddress, let b = other.baseAddress else { return count - other.count }
        let order = memcmp(a, b, Swift.min(count, other.count))
        return order == 0 ? count - other.count : Int(order)
    }
}

private struct StringBits: Equatable {
    var first: UInt64
    var second: UInt64
}
