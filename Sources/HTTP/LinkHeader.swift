/// The header field `Link`: RFC 8288, section 3.
package enum LinkHeader {
    /// The references by their relation, in small letters: `next`, `prev`, `last`. The first of a relation counts. What
    /// cannot be read ends the reading; what was read before it stays.
    ///
    /// - Parameter values: those of all fields of the name.
    package static func relations(_ values: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for value in values {
            var scanner = LinkScanner(value)
            while let link = scanner.next() {
                for name in link.relations where found[name] == nil { found[name] = link.target }
            }
        }
        return found
    }
}

private struct LinkScanner {
    private var rest: ArraySlice<UInt8>

    init(_ text: String) { rest = Array(text.utf8)[...] }

    /// `<target>; name=value; name="value"`, up to the comma after it.
    mutating func next() -> (target: String, relations: [String])? {
        rest = rest.drop { $0 == UInt8(ascii: ",") || $0.isBlank }
        guard rest.first == UInt8(ascii: "<"), let end = rest.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let target = String(decoding: rest[(rest.startIndex + 1)..<end], as: UTF8.self)
        rest = rest[(end + 1)...]
        var relations: [String] = []
        while skip(";") {
            let name = token()
            let value = skip("=") ? self.value() : ""
            if name.isSameName(as: "rel"), relations.isEmpty {
                relations = value.lowercased().split(separator: " ").map(String.init)
            }
        }
        return (target, relations)
    }

    private mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        rest = rest.drop(while: \.isBlank)
        guard rest.first == UInt8(ascii: mark) else { return false }
        rest = rest.dropFirst().drop(while: \.isBlank)
        return true
    }

    private mutating func token() -> String {
        let token = rest.prefix { $0.isTokenByte }
        rest = rest[token.endIndex...]
        return String(decoding: token, as: UTF8.self)
    }

    private mutating func value() -> String {
        guard rest.first == UInt8(ascii: "\"") else {
            // Some leave the quotation marks out where there are more bytes than those of a token.
            let value = rest.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: ",") }
            rest = rest[value.endIndex...]
            return String(decoding: value, as: UTF8.self)
        }
        rest = rest.dropFirst()
        var value: [UInt8] = []
        while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
            if byte == UInt8(ascii: "\\"), let quoted = rest.popFirst() {
                value.append(quoted)
            } else {
                value.append(byte)
            }
        }
        return String(decoding: value, as: UTF8.self)
    }
}

extension UInt8 {
    fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 }
}
