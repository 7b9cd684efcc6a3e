/// Bodies of the kind `application/x-www-form-urlencoded`, as the URL standard (WHATWG, section 5) has them.
package enum FormBody {
    package static let mediaType = "application/x-www-form-urlencoded"

    package static func encode(_ pairs: [(name: String, value: String)]) -> [UInt8] {
        Array(pairs.map { encode($0.name) + "=" + encode($0.value) }.joined(separator: "&").utf8)
    }

    /// Names may stand more than once. What is no percent-encoding is left out.
    package static func decode(_ body: [UInt8]) -> [(name: String, value: String)] {
        body.split(separator: UInt8(ascii: "&")).compactMap { part in
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
                .map { PercentCoding.decode(spaced($0)) }
            guard let name = sides[0], let value = sides.count > 1 ? sides[1] : "" else { return nil }
            return (name, value)
        }
    }

    private static func encode(_ text: String) -> String {
        PercentCoding.query(text).split(separator: "%20", omittingEmptySubsequences: false).joined(separator: "+")
    }

    private static func spaced(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes.map { $0 == UInt8(ascii: "+") ? 0x20 : $0 }, as: UTF8.self)
    }
}
