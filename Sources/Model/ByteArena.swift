/// Bytes of many records in a few large blocks, so that a million of them cost no million allocations.
public struct ByteArena: Sendable {
    /// Where some bytes lie.
    public struct Range: Sendable, Hashable {
        @usableFromInline var block: UInt32
        @usableFromInline var offset: UInt32
        public var count: UInt32

        @inlinable
        init(block: UInt32, offset: UInt32, count: UInt32) {
            self.block = block
            self.offset = offset
            self.count = count
        }

        public static let empty = Range(block: 0, offset: 0, count: 0)
        @inlinable public var isEmpty: Bool { count == 0 }
    }

    @usableFromInline static let blockSize = 1 << 20

    @usableFromInline var blocks: [[UInt8]] = []

    @inlinable
    public init() {}

    /// Copies bytes in.
    ///
    /// - Precondition: fewer than 4 GiB at a time; connectors refuse a record of that size long before.
    @inlinable
    public mutating func append(_ bytes: UnsafeRawBufferPointer) -> Range {
        if bytes.count == 0 { return .empty }
        precondition(bytes.count <= Int(UInt32.max))
        if blocks.isEmpty || blocks[blocks.count - 1].count + bytes.count > Self.blockSize {
            var block: [UInt8] = []
            block.reserveCapacity(max(Self.blockSize, bytes.count))
            blocks.append(block)
        }
        let last = blocks.count - 1
        let offset = blocks[last].count
        blocks[last].append(contentsOf: bytes)
        return Range(block: UInt32(last), offset: UInt32(offset), count: UInt32(bytes.count))
    }

    @inlinable
    public mutating func append(_ bytes: [UInt8]) -> Range {
        bytes.withUnsafeBytes { append($0) }
    }

    @inlinable
    public func withBytes<R, E: Error>(
        _ range: Range, _ body: (UnsafeRawBufferPointer) throws(E) -> R
    ) throws(E) -> R {
        if range.count == 0 { return try body(UnsafeRawBufferPointer(start: nil, count: 0)) }
        return try blocks[Int(range.block)].withUnsafeBufferPointer { (block) throws(E) -> R in
            let start = Int(range.offset)
            let bytes = UnsafeBufferPointer(rebasing: block[start..<start + Int(range.count)])
            return try body(UnsafeRawBufferPointer(bytes))
        }
    }

    public func text(_ range: Range) -> String {
        withBytes(range) { String(decoding: $0, as: UTF8.self) }
    }

    public func bytes(_ range: Range) -> [UInt8] {
        withBytes(range) { Array($0) }
    }

    /// Takes the blocks of another arena over; the result is added to the block number of each of its ranges.
    public mutating func adopt(_ other: ByteArena) -> UInt32 {
        let shift = UInt32(blocks.count)
        blocks.append(contentsOf: other.blocks)
        return shift
    }
}

extension ByteArena.Range {
    /// The same bytes after their arena was adopted by another.
    public func shifted(by blocks: UInt32) -> ByteArena.Range {
        isEmpty ? self : ByteArena.Range(block: block + blocks, offset: offset, count: count)
    }
}
