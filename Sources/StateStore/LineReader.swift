import FileIO
import Glibc

/// Reads a file line by line through one buffer, and knows where each line lies.
struct LineReader: ~Copyable {
    private let file: ReadFile
    private var buffer: UnsafeMutableRawBufferPointer
    /// What of the buffer is filled and not given out yet.
    private var start = 0
    private var end = 0
    private var bufferOffset = 0
    private var atEnd = false

    /// The number of the line given out last, from 1.
    private(set) var number = 0
    /// Where in the file it begins.
    private(set) var offset = 0

    init(_ file: ReadFile) {
        self.file = file
        buffer = .allocate(byteCount: 1 << 20, alignment: 16)
    }

    deinit { buffer.deallocate() }

    enum Line {
        /// Without its line feed.
        case whole(UnsafeRawBufferPointer)
        /// The last line, which has no line feed.
        case torn
        case end
    }

    /// The next line; valid until the one after it is asked for.
    mutating func next() throws(FileFailure) -> Line {
        var searched = start
        while true {
            if let feed = memchr(buffer.baseAddress! + searched, 0x0A, end - searched) {
                let at = UnsafeRawPointer(feed) - UnsafeRawPointer(buffer.baseAddress!)
                let line = UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[start..<at])
                offset = bufferOffset + start
                number += 1
                start = at + 1
                return .whole(line)
            }
            if atEnd {
                offset = bufferOffset + start
                return start == end ? .end : .torn
            }
            searched = end - start
            try fill()
        }
    }

    /// Moves what is left to the front, and reads on.
    private mutating func fill() throws(FileFailure) {
        let left = end - start
        if start > 0 {
            memmove(buffer.baseAddress!, buffer.baseAddress! + start, left)
            bufferOffset += start
            start = 0
            end = left
        }
        if end == buffer.count { grow() }
        let count = try file.read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
        if count == 0 { atEnd = true }
        end += count
    }

    private mutating func grow() {
        let larger = UnsafeMutableRawBufferPointer.allocate(byteCount: buffer.count * 2, alignment: 16)
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<end]))
        buffer.deallocate()
        buffer = larger
    }
}
