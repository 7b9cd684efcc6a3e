/// JSON as RFC 8259 has it, read from and written to bytes.
///
/// What the RFC leaves open is decided so: a name that stands twice in an object, half of a surrogate pair, bytes that
/// are not UTF-8, a byte-order mark and more than ``depthLimit`` levels are refused. A number that is a 64-bit integer
/// becomes an int; every other keeps its spelling as a decimal, so that `0.10`, `1e400`, `-0` and twenty digits
/// survive.
package enum JSON {
    /// How many lists and objects may stand inside each other.
    package static let depthLimit = 512

    /// The value of a whole text.
    package static func parse(_ bytes: [UInt8]) throws(Failure) -> Value {
        let result = bytes.withUnsafeBytes { bytes in Result { () throws(Failure) in try parse(bytes) } }
        return try result.get()
    }

    /// The value of a whole text.
    package static func parse(_ bytes: UnsafeRawBufferPointer) throws(Failure) -> Value {
        var builder = JSONBuilder()
        return try builder.document(in: bytes)
    }

    /// The value on one line, without spaces.
    package static func text(_ value: Value) -> String {
        var out: [UInt8] = []
        JSONWriter.write(value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }

    /// The line and column of an offset, as people count them: both from 1, columns in Unicode scalars, lines ended by
    /// a line feed. An offset past the end counts as the end.
    package static func place(of offset: Int, in bytes: UnsafeRawBufferPointer) -> (line: Int, column: Int) {
        var line = 1
        var column = 1
        for byte in bytes.prefix(max(offset, 0)) {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return (line, column)
    }
}
