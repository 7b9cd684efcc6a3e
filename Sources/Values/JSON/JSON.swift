/// JSON as RFC 8259 has it, read from and written to bytes.
package enum JSON {
    /// Why bytes are not JSON, and where.
    package struct Failure: Error, Hashable {
        package var reason: String
        /// The offset in bytes from the start of what was parsed.
        package var offset: Int

        package init(reason: String, offset: Int) {
            self.reason = reason
            self.offset = offset
        }
    }

    /// The value of a whole text.
    package static func parse(_ bytes: [UInt8]) throws(Failure) -> Value {
        throw Failure(reason: "not there yet", offset: 0)
    }

    /// The value on one line, without spaces.
    package static func text(_ value: Value) -> String {
        var out: [UInt8] = []
        JSONWriter.write(value, to: &out)
        return String(decoding: out, as: UTF8.self)
    }
}
