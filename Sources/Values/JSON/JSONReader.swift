/// A place in a JSON text, and the steps that can be made from it: over a value, into a list or an object, from one
/// field to the next.
///
/// It owns nothing: the bytes must outlive it. A copy is a bookmark. What it steps over is checked in full but for one
/// rule: only ``JSONBuilder``, which makes values, finds a name that stands twice.
package struct JSONReader {
    @usableFromInline let base: UnsafePointer<UInt8>
    /// Where the text ends.
    package let end: Int
    /// The offset of the next byte, counted from the start of the buffer.
    package var position: Int

    /// Reads a buffer, or a range of it; offsets are those of the whole buffer. A range past the buffer is cut.
    @inlinable
    package init(_ bytes: UnsafeRawBufferPointer, in range: Range<Int>? = nil) {
        // An empty buffer may have no address; then none is ever read from.
        let start = bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 8).unsafelyUnwrapped
        base = start.assumingMemoryBound(to: UInt8.self)
        let range = (range ?? 0..<bytes.count).clamped(to: 0..<bytes.count)
        position = range.lowerBound
        end = range.upperBound
    }

    /// The byte at the position; nil at the end.
    @inlinable
    package var next: UInt8? { position < end ? base[position] : nil }

    @inlinable @inline(__always)
    package mutating func skipSpace() {
        // Machines write no space: that is decided without a call.
        if position < end, base[position] <= 0x20 { skipSpaces() }
    }

    @inlinable
    mutating func skipSpaces() {
        while position < end {
            let byte = base[position]
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position &+= 1
        }
    }

    /// Refuses whatever follows but space.
    package mutating func finish() throws(JSON.Failure) {
        skipSpace()
        if position < end { throw JSON.Failure(.trailingText, at: position) }
    }

    /// Why no value starts at the position.
    func noValue() -> JSON.Failure {
        guard position < end else { return JSON.Failure(.end, at: end) }
        let isMark =
            position &+ 2 < end && base[position] == 0xEF && base[position &+ 1] == 0xBB && base[position &+ 2] == 0xBF
        return JSON.Failure(isMark ? .byteOrderMark : .noValue, at: position)
    }
}

/// How far a reader is within a list or an object.
package struct JSONWalk {
    @usableFromInline var isFirst = true

    @inlinable
    init() {}
}

extension JSONReader {
    /// Steps over `[`; ``nextElement(_:)`` goes on from there.
    package mutating func enterList() throws(JSON.Failure) -> JSONWalk {
        guard next == UInt8(ascii: "[") else { throw noValue() }
        position &+= 1
        return JSONWalk()
    }

    /// Steps over `{`; ``nextName(_:)`` goes on from there.
    package mutating func enterObject() throws(JSON.Failure) -> JSONWalk {
        guard next == UInt8(ascii: "{") else { throw noValue() }
        position &+= 1
        return JSONWalk()
    }

    /// Steps to the first byte of the next element, which the caller must then read or skip; false when the list has
    /// ended.
    package mutating func nextElement(_ walk: inout JSONWalk) throws(JSON.Failure) -> Bool {
        try step(&walk, closing: UInt8(ascii: "]"))
    }

    /// Steps over the next name and its colon to the first byte of the value, which the caller must then read or skip;
    /// nil when the object has ended.
    package mutating func nextName(_ walk: inout JSONWalk) throws(JSON.Failure) -> JSONText? {
        guard try step(&walk, closing: UInt8(ascii: "}")) else { return nil }
        guard next == UInt8(ascii: "\"") else { throw JSON.Failure(position < end ? .noName : .end, at: position) }
        let name = try scanText()
        try skipColon()
        return name
    }

    @inline(__always)
    mutating func skipColon() throws(JSON.Failure) {
        skipSpace()
        guard next == UInt8(ascii: ":") else { throw JSON.Failure(position < end ? .noColon : .end, at: position) }
        position &+= 1
        skipSpace()
    }

    /// Steps over what stands between two members of a list or an object, or over its end.
    @inline(__always)
    mutating func step(_ walk: inout JSONWalk, closing: UInt8) throws(JSON.Failure) -> Bool {
        skipSpace()
        guard position < end else { throw JSON.Failure(.end, at: position) }
        if base[position] == closing {
            position &+= 1
            return false
        }
        if walk.isFirst {
            walk.isFirst = false
            return true
        }
        guard base[position] == UInt8(ascii: ",") else {
            throw JSON.Failure(.noSeparator(closing: closing), at: position)
        }
        position &+= 1
        skipSpace()
        if position < end, base[position] == closing { throw JSON.Failure(.trailingComma, at: position) }
        return true
    }
}
