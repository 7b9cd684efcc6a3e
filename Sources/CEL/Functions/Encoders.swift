/// The extension library `encoders`, and `strings.quote`.
enum Encoders {
    static let functions: [Function] = [
        Function(
            "base64.encode", [.global(.bytes, to: .text)],
            .unary { value throws(Fault) in
                guard case .bytes(let bytes) = value else { throw .noOverload("base64.encode", value) }
                return .text(encode(bytes))
            }),
        Function(
            "base64.decode", [.global(.text, to: .bytes)],
            .unary { value throws(Fault) in
                guard case .text(let text) = value else { throw .noOverload("base64.decode", value) }
                guard let bytes = decode(text) else { throw .cannotConvert(value.brief, to: "base64") }
                return .bytes(bytes)
            }),
        Function(
            "strings.quote", [.global(.text, to: .text)],
            .unary { value throws(Fault) in
                guard case .text(let text) = value else { throw .noOverload("strings.quote", value) }
                return .text(quote(text))
            }),
    ]

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// RFC 4648, section 4.
    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
            for place in 0..<4 {
                text.append(place <= group.count ? alphabet[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Takes what ``encode(_:)`` writes, also without its padding; nil for anything else.
    private static func decode(_ text: String) -> [UInt8]? {
        var digits = text.utf8[...]
        if digits.count % 4 == 0 {
            for _ in 0..<2 where digits.last == UInt8(ascii: "=") { digits = digits.dropLast() }
        }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        var count = 0
        for character in digits {
            guard let digit = digit(character) else { return nil }
            bits = bits << 6 | digit
            count += 6
            if count >= 8 {
                count -= 8
                bytes.append(UInt8(truncatingIfNeeded: bits >> count))
            }
        }
        return count >= 6 ? nil : bytes
    }

    private static func digit(_ character: UInt8) -> UInt32? {
        switch character {
        case 0x41...0x5A: UInt32(character - 0x41)
        case 0x61...0x7A: UInt32(character - 0x47)
        case 0x30...0x39: UInt32(character + 4)
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func quote(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\u{07}": quoted += "\\a"
            case "\u{08}": quoted += "\\b"
            case "\u{0C}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0B}": quoted += "\\v"
            case "\\": quoted += "\\\\"
            case "\"": quoted += "\\\""
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
