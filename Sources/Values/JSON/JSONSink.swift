internal import Glibc

/// Bytes that are being written: on the stack while they are few, on the heap when they grow.
struct JSONSink: ~Copyable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    private(set) var count = 0
    private var isOnHeap = false

    private init(_ buffer: UnsafeMutableBufferPointer<UInt8>) {
        start = buffer.baseAddress.unsafelyUnwrapped
        capacity = buffer.count
    }

    deinit { if isOnHeap { start.deallocate() } }

    /// Appends to `out` what `body` writes.
    static func append(to out: inout [UInt8], _ body: (inout JSONSink) -> Void) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1024) { buffer in
            var sink = JSONSink(buffer)
            body(&sink)
            out.append(contentsOf: UnsafeBufferPointer(start: sink.start, count: sink.count))
        }
    }

    /// Makes room for so many bytes more; the pointer is good until the next call.
    @inline(__always)
    mutating func reserve(_ more: Int) -> UnsafeMutablePointer<UInt8> {
        if capacity &- count < more { grow(more) }
        return start + count
    }

    @inline(__always)
    mutating func advance(_ used: Int) { count &+= used }

    private mutating func grow(_ more: Int) {
        let larger = max(capacity * 2, count + more)
        let target = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        target.initialize(from: start, count: count)
        if isOnHeap { start.deallocate() }
        start = target
        capacity = larger
        isOnHeap = true
    }

    @inline(__always)
    mutating func put(_ byte: UInt8) {
        reserve(1).pointee = byte
        count &+= 1
    }

    @inline(__always)
    mutating func put(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress, bytes.count > 0 else { return }
        memcpy(reserve(bytes.count), source, bytes.count)
        count &+= bytes.count
    }

    mutating func put(_ word: StaticString) {
        put(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
    }

    mutating func put(_ text: String) {
        let room = reserve(text.utf8.count)
        count &+= text.withBytes { bytes in
            if let source = bytes.baseAddress { memcpy(room, source, bytes.count) }
            return bytes.count
        }
    }

    mutating func put(_ number: Int64) {
        let room = reserve(20)
        var magnitude = number.magnitude
        var at = 20
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            repeat {
                at &-= 1
                digits[at] = UInt8(truncatingIfNeeded: magnitude % 10) &+ 0x30
                magnitude /= 10
            } while magnitude != 0
            if number < 0 {
                at &-= 1
                digits[at] = UInt8(ascii: "-")
            }
            memcpy(room, digits.baseAddress.unsafelyUnwrapped + at, 20 &- at)
        }
        count &+= 20 &- at
    }
}
