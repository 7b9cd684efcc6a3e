/// A 64-bit digest of bytes: tells whether a record, a line or a file is what it was. Not for secrets, nor against an
/// attacker who can choose both contents.
package struct Fingerprint: Sendable, Hashable {
    package var bits: UInt64

    @inlinable
    package init(bits: UInt64) { self.bits = bits }

    /// No fingerprint is known: compares unequal to what is read, so that the record is looked at.
    package static let none = Fingerprint(bits: 0)

    /// The record was out of scope when it was last seen, or is gone and its partner is archived: nothing follows from its being gone. It compares unequal to what is read as ``none`` does.
    package static let frozen = Fingerprint(bits: 1)

    /// The record was set to its archived state, since its partner is gone or out of scope. It compares unequal to what is read.
    package static let archived = Fingerprint(bits: 2)

    /// Whether this is of content that was read, and none of the values that stand for something else.
    @inlinable
    package var isOfContent: Bool { bits > 2 }

    @inlinable
    package init(of bytes: UnsafeRawBufferPointer) {
        var hash = FingerprintHash()
        hash.update(bytes)
        self = hash.finish()
    }

    @inlinable
    package init(of bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { Fingerprint(of: $0) }
    }
}

extension Fingerprint: CustomStringConvertible {
    /// 16 lower-case hexadecimal digits.
    package var description: String {
        let digits = String(bits, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// Reads 16 hexadecimal digits; nil for anything else.
    package init?(_ text: String) {
        guard text.utf8.count == 16, text.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
            let bits = UInt64(text, radix: 16)
        else { return nil }
        self.init(bits: bits)
    }
}

/// Makes a fingerprint of bytes that arrive in pieces; where the pieces are cut does not matter.
///
/// The mixing is the folded 64 x 64 -> 128 bit multiplication of wyhash and its kin, four lanes of eight bytes a round.
package struct FingerprintHash: Sendable {
    @usableFromInline var a: UInt64 = 0x2d35_8dcc_aa6c_78a5
    @usableFromInline var b: UInt64 = 0x8bb8_4b93_962e_acc9
    @usableFromInline var length: UInt64 = 0
    /// What is left of the last piece, less than a round.
    @usableFromInline var rest: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
    @usableFromInline var restCount = 0

    @inlinable
    package init() {}

    @inlinable @inline(__always)
    static func fold(_ x: UInt64, _ y: UInt64) -> UInt64 {
        let product = x.multipliedFullWidth(by: y)
        return product.high ^ product.low
    }

    @inlinable @inline(__always)
    static func round(
        _ a: inout UInt64, _ b: inout UInt64, _ w0: UInt64, _ w1: UInt64, _ w2: UInt64, _ w3: UInt64
    ) {
        a = fold(w0 ^ 0x4b33_a62e_d433_d4a3 ^ a, w1 ^ 0x4d5a_2da5_1de1_aa47)
        b = fold(w2 ^ 0xa076_1d64_78bd_642f ^ b, w3 ^ 0xe703_7ed1_a0b4_28db)
    }

    @inlinable
    package mutating func update(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt64(bytes.count)
        var at = 0
        if restCount > 0 {
            let take = min(32 - restCount, bytes.count)
            fill(from: bytes, 0, take)
            at = take
            guard restCount == 32 else { return }
            Self.round(&a, &b, rest.0, rest.1, rest.2, rest.3)
            clearRest()
        }
        // Kept out of memory for the length of the loop.
        var (a, b) = (self.a, self.b)
        if let start = bytes.baseAddress {
            while at &+ 32 <= bytes.count {
                let word = start + at
                Self.round(
                    &a, &b, word.loadUnaligned(as: UInt64.self),
                    (word + 8).loadUnaligned(as: UInt64.self),
                    (word + 16).loadUnaligned(as: UInt64.self),
                    (word + 24).loadUnaligned(as: UInt64.self))
                at &+= 32
            }
        }
        (self.a, self.b) = (a, b)
        if at < bytes.count { fill(from: bytes, at, bytes.count - at) }
    }

    @inlinable
    mutating func fill(from bytes: UnsafeRawBufferPointer, _ start: Int, _ count: Int) {
        guard count > 0 else { return }
        let offset = restCount
        withUnsafeMutableBytes(of: &rest) { target in
            target.baseAddress!.advanced(by: offset).copyMemory(
                from: bytes.baseAddress!.advanced(by: start), byteCount: count)
        }
        restCount += count
    }

    @inlinable
    mutating func clearRest() {
        rest = (0, 0, 0, 0)
        restCount = 0
    }

    /// The fingerprint of all bytes so far; never ``Fingerprint/none`` nor ``Fingerprint/frozen``.
    @inlinable
    package func finish() -> Fingerprint {
        var last = self
        if restCount > 0 { Self.round(&last.a, &last.b, rest.0, rest.1, rest.2, rest.3) }
        let mixed = Self.fold(last.a ^ length ^ 0x1d8e_4e27_c47d_124f, last.b ^ 0xeb44_acca_b455_d165)
        let bits = Self.fold(mixed ^ 0x9fb2_1c65_1e98_df25, mixed &+ 0x589d_5641_2c2b_11d5)
        return Fingerprint(bits: bits <= 2 ? bits &+ 3 : bits)
    }
}
