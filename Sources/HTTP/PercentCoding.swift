/// Percent-encoding by RFC 3986: only letters, digits, `-`, `.`, `_` and `~` stay as they are.
package enum PercentCoding {
    /// One segment of a path. Whatever stands in it, it stays one segment: `a/b%2Fc` becomes `a%2Fb%252Fc`.
    ///
    /// - Returns: nil for an empty text, `.` and `..`: no spelling of them is safe from being taken for a step in the
    ///   path (RFC 3986, section 3.3).
    package static func segment(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, bytes != Array(".".utf8), bytes != Array("..".utf8) else { return nil }
        return encode(bytes)
    }

    /// A name or a value in a query.
    package static func query(_ text: String) -> String { encode(Array(text.utf8)) }

    /// nil where a percent sign stands without two digits, or the bytes are no UTF-8.
    package static func decode(_ text: String) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexValue, let low = rest.popFirst()?.hexValue else { return nil }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    static func encode(_ bytes: [UInt8]) -> String {
        var encoded: [UInt8] = []
        encoded.reserveCapacity(bytes.count)
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in bytes {
            if byte.isLetter || byte.isDigit || "-._~".utf8.contains(byte) {
                encoded.append(byte)
            } else {
                encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: encoded, as: UTF8.self)
    }
}

extension UInt8 {
    var hexValue: UInt8? {
        switch self {
        case 0x30...0x39: self - 0x30
        case 0x41...0x46: self - 0x41 + 10
        case 0x61...0x66: self - 0x61 + 10
        default: nil
        }
    }
}
