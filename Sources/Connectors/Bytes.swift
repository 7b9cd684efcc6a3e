internal import Glibc

/// The offset of the first byte that is no UTF-8 (RFC 3629: shortest forms, no surrogates, nothing past U+10FFFF);
/// nil where all is.
func firstInvalidUTF8(in bytes: UnsafeRawBufferPointer) -> Int? {
    var at = 0
    while true {
        at = asciiEnd(in: bytes, from: at)
        guard at < bytes.count else { return nil }
        let count = sequenceLength(in: bytes, at: at)
        if count == 0 { return at }
        at += count
    }
}

/// The first offset from `start` on where a byte past ASCII stands, or the end.
private func asciiEnd(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int {
    var at = start
    while at + 8 <= bytes.count {
        if bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
        at += 8
    }
    while at < bytes.count, bytes[at] < 0x80 { at += 1 }
    return at
}

/// How many bytes the sequence past ASCII has that begins at an offset; 0 for a wrong one.
private func sequenceLength(in bytes: UnsafeRawBufferPointer, at start: Int) -> Int {
    func next(_ offset: Int, _ allowed: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
        start + offset < bytes.count && allowed.contains(bytes[start + offset])
    }
    switch bytes[start] {
    case 0xC2...0xDF: return next(1) ? 2 : 0
    case 0xE0: return next(1, 0xA0...0xBF) && next(2) ? 3 : 0
    case 0xED: return next(1, 0x80...0x9F) && next(2) ? 3 : 0
    case 0xE1...0xEF: return next(1) && next(2) ? 3 : 0
    case 0xF0: return next(1, 0x90...0xBF) && next(2) && next(3) ? 4 : 0
    case 0xF1...0xF3: return next(1) && next(2) && next(3) ? 4 : 0
    case 0xF4: return next(1, 0x80...0x8F) && next(2) && next(3) ? 4 : 0
    default: return 0
    }
}

/// The offset of a byte between two offsets; nil where it does not stand there.
@inline(__always)
func find(_ byte: UInt8, in bytes: UnsafeRawBufferPointer, from start: Int, to end: Int) -> Int? {
    guard start < end, let base = bytes.baseAddress, let found = memchr(base + start, CInt(byte), end - start) else {
        return nil
    }
    return UnsafeRawPointer(found) - base
}

func count(_ byte: UInt8, in bytes: UnsafeRawBufferPointer) -> Int {
    var count = 0
    var at = 0
    while let found = find(byte, in: bytes, from: at, to: bytes.count) {
        count += 1
        at = found + 1
    }
    return count
}

/// The line and column of an offset, where the first byte stands at the start of a line of that number.
func position(of offset: Int, in bytes: UnsafeRawBufferPointer, firstLine: Int) -> (line: Int, column: Int) {
    var line = firstLine
    var column = 1
    for byte in bytes.prefix(max(0, offset)) {
        if byte == Byte.lineFeed {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }
    return (line, column)
}

enum Byte {
    static let tab: UInt8 = 0x09
    static let lineFeed: UInt8 = 0x0A
    static let carriageReturn: UInt8 = 0x0D
    static let space: UInt8 = 0x20
    static let quote: UInt8 = 0x22
    static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
}
