package import Values

/// The ids of one side, numbered from 0, with a look-up by their bytes. Ids are only ever added.
package struct IDIndex: Sendable {
    @usableFromInline
    struct Entry: Sendable {
        @usableFromInline var offset: Int
        @usableFromInline var count: UInt32
        @usableFromInline var kind: RecordID.Kind

        @inlinable
        init(offset: Int, count: UInt32, kind: RecordID.Kind) {
            self.offset = offset
            self.count = count
            self.kind = kind
        }
    }

    @usableFromInline var keys: [UInt8] = []
    @usableFromInline var entries: [Entry] = []
    /// Open addressing: the upper half of the hash, and the number plus one; 0 is free. Later entries of an id shadow earlier ones
    /// only by the caller's choice: all of them stay on the probe path.
    @usableFromInline var slots: [UInt64] = []

    @inlinable
    package init() {}

    @inlinable
    package var count: Int { entries.count }

    package mutating func reserve(_ count: Int, keyBytes: Int = 0) {
        entries.reserveCapacity(count)
        keys.reserveCapacity(keyBytes)
        if slots.count < count * 2 { rebuild(capacity: count * 2) }
    }

    /// Adds an id, known or not, and gives its number.
    @inlinable
    @discardableResult
    package mutating func append(_ key: UnsafeRawBufferPointer, _ kind: RecordID.Kind) -> Int {
        let number = entries.count
        entries.append(Entry(offset: keys.count, count: UInt32(truncatingIfNeeded: key.count), kind: kind))
        keys.append(contentsOf: key)
        if entries.count * 2 > slots.count {
            rebuild(capacity: max(16, entries.count * 4))
        } else {
            insert(number, hash: Self.hash(key))
        }
        return number
    }

    /// The first number of an id that the test accepts.
    @inlinable
    package func find(_ key: UnsafeRawBufferPointer, where accepts: (Int) -> Bool = { _ in true }) -> Int? {
        if slots.isEmpty { return nil }
        let hash = Self.hash(key)
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: hash) & mask
        return slots.withUnsafeBufferPointer { slots in
            while slots[at] != 0 {
                if slots[at] >> 32 == hash >> 32 {
                    let number = Int(truncatingIfNeeded: slots[at] & 0xFFFF_FFFF) - 1
                    if isKey(key, of: number), accepts(number) { return number }
                }
                at = (at + 1) & mask
            }
            return nil
        }
    }

    @inlinable
    package func find(_ id: RecordID, where accepts: (Int) -> Bool = { _ in true }) -> Int? {
        var key = id.key
        return key.withUTF8 { find(UnsafeRawBufferPointer($0), where: accepts) }
    }

    /// Whether a number's id is these bytes.
    @inlinable
    package func isKey(_ key: UnsafeRawBufferPointer, of number: Int) -> Bool {
        let entry = entries[number]
        guard Int(entry.count) == key.count else { return false }
        return keys.withUnsafeBytes { keys in
            for i in 0..<key.count where keys[entry.offset + i] != key[i] { return false }
            return true
        }
    }

    package func id(_ number: Int) -> RecordID {
        let entry = entries[number]
        let key = String(decoding: keys[entry.offset..<entry.offset + Int(entry.count)], as: UTF8.self)
        return RecordID(key: key, kind: entry.kind)
    }

    @inlinable
    package func withKey<R>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        let entry = entries[number]
        return keys.withUnsafeBytes {
            body(UnsafeRawBufferPointer(rebasing: $0[entry.offset..<entry.offset + Int(entry.count)]))
        }
    }

    @inlinable
    package func kind(_ number: Int) -> RecordID.Kind { entries[number].kind }

    @usableFromInline
    mutating func rebuild(capacity: Int) {
        var size = 16
        while size < capacity { size *= 2 }
        slots = Array(repeating: 0, count: size)
        for number in entries.indices {
            insert(number, hash: withKey(number) { Self.hash($0) })
        }
    }

    @inlinable
    mutating func insert(_ number: Int, hash: UInt64) {
        let mask = slots.count - 1
        var at = Int(truncatingIfNeeded: hash) & mask
        while slots[at] != 0 { at = (at + 1) & mask }
        slots[at] = (hash >> 32) << 32 | UInt64(number + 1)
    }

    @inlinable
    static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: key.count)
        var at = 0
        while at + 8 <= key.count {
            hash = mix(hash, key.loadUnaligned(fromByteOffset: at, as: UInt64.self))
            at += 8
        }
        var last: UInt64 = 0
        while at < key.count {
            last = last << 8 | UInt64(key[at])
            at += 1
        }
        return mix(hash, last)
    }

    @inlinable @inline(__always)
    static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
        let product = (hash ^ word).multipliedFullWidth(by: 0xd6e8_feb8_6659_fd93)
        return (product.high ^ product.low) &+ 0x2d35_8dcc_aa6c_78a5
    }
}
