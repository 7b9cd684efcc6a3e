internal import FileIO
internal import Model
internal import Values

/// A file's content on its way through one buffer, which is reused: the window. Its digest is taken in passing, and,
/// where an output is set, the content goes there, but for what was replaced.
///
/// Offsets are those of the window. They move when ``more(keepingFrom:)`` drops what lies before one of them.
struct FileStream {
    /// A record must fit into so many bytes.
    static let recordLimit = 64 << 20

    let file: ReadFile
    /// Bytes of the file that were read so far.
    private(set) var size = 0
    /// Whether the window reaches to the end of the file.
    private(set) var isAtEnd = false
    /// How many bytes stand in the window.
    private(set) var filled = 0
    /// How many bytes of the file are its byte-order mark.
    var markSize = 0
    /// Where the content goes, when it is copied.
    let output: StreamOutput?

    private var buffer: StreamBuffer
    private var digest = FingerprintHash()
    /// How many bytes are read at most: a file that grows faster than it is read would never end.
    private let most: Int
    /// Whether the file had no byte when it was opened.
    let isEmpty: Bool
    /// Up to where the window has gone to the output.
    private var copied = 0

    /// - Parameter identity: what the file was when it was opened. What is added to it later is not read; whoever
    ///   compares identities when all is read knows of it.
    init(_ file: ReadFile, _ identity: FileIdentity, output: StreamOutput? = nil, bufferSize: Int = 1 << 19) {
        self.file = file
        self.output = output
        isEmpty = identity.isPlain && identity.size == 0
        // What is no file on a disk, such as a pipe, has no size.
        most = identity.size > 0 ? Int(identity.size) : .max
        buffer = StreamBuffer(count: max(16, bufferSize))
    }

    /// The window.
    @inline(__always)
    var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: buffer.base, count: filled) }

    /// A stretch of the window.
    @inline(__always)
    func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: buffer.base + range.lowerBound, count: range.count)
    }

    /// The file's stamp, once it was read to its end.
    var stamp: CollectionStamp { CollectionStamp("\(size):\(digest.finish())") }

    /// Drops the window up to an offset, which becomes 0, and reads on behind its end; the window grows where it is
    /// short. false, and nothing is dropped, where it is known already that the file has ended.
    mutating func more(keepingFrom start: Int) throws(EndpointFailure) -> Bool {
        if isAtEnd { return false }
        try drop(before: start)
        if filled * 2 > buffer.count { buffer = buffer.grown(keeping: filled) }
        let room = UnsafeMutableRawBufferPointer(
            start: buffer.base + filled, count: min(buffer.count - filled, most - size))
        let count = try asking { () throws(FileFailure) in try file.read(into: room) }
        isAtEnd = count == 0 || size + count == most
        digest.update(UnsafeRawBufferPointer(start: room.baseAddress, count: count))
        filled += count
        size += count
        return true
    }

    /// Puts other bytes in the place of a stretch of the window, which lies behind all that was replaced before.
    mutating func replace(_ range: Range<Int>, with bytes: [UInt8]) throws(EndpointFailure) {
        guard let output else { return }
        try output.write(self.bytes(copied..<range.lowerBound))
        try output.write(bytes)
        copied = range.upperBound
    }

    /// Hands what is left of the window to the output.
    mutating func copyRest() throws(EndpointFailure) {
        try output?.write(bytes(copied..<filled))
        copied = filled
    }

    private mutating func drop(before start: Int) throws(EndpointFailure) {
        guard start > 0 else { return }
        if copied < start {
            try output?.write(bytes(copied..<start))
            copied = start
        }
        filled -= start
        copied -= start
        buffer.moveDown(from: start, count: filled)
    }
}

private final class StreamBuffer {
    let base: UnsafeMutableRawPointer
    let count: Int

    init(count: Int) {
        self.count = count
        base = .allocate(byteCount: count, alignment: 64)
    }

    deinit { base.deallocate() }

    func grown(keeping filled: Int) -> StreamBuffer {
        let grown = StreamBuffer(count: count * 2)
        grown.base.copyMemory(from: base, byteCount: filled)
        return grown
    }

    func moveDown(from start: Int, count: Int) {
        base.copyMemory(from: base + start, byteCount: count)
    }
}
