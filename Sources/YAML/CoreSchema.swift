/// The rules of YAML 1.2's core schema (chapter 10.3.2) for scalars that are neither quoted nor tagged.
///
/// `yes`, `no`, `on` and `off` are text. A hexadecimal or octal number past 64 bits stays text.
enum CoreSchema {
    static func resolve(_ text: String) -> Resolved {
        word(text) ?? integer(text) ?? float(text) ?? .text(text)
    }

    private static func word(_ text: String) -> Resolved? {
        switch text {
        case "", "~", "null", "Null", "NULL": .null
        case "true", "True", "TRUE": .bool(true)
        case "false", "False", "FALSE": .bool(false)
        default: nil
        }
    }

    /// An integer: `[-+]?[0-9]+`, `0o[0-7]+`, `0x[0-9a-fA-F]+`.
    static func integer(_ text: String) -> Resolved? {
        let bytes = Array(text.utf8)
        if bytes.starts(with: "0x".utf8) { return based(bytes.dropFirst(2), 16) }
        if bytes.starts(with: "0o".utf8) { return based(bytes.dropFirst(2), 8) }
        let sign = Sign(bytes)
        let digits = bytes.dropFirst(sign.length)
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        let whole = sign.text + spelled(whole: digits)
        return Int64(whole).map(Resolved.int) ?? .number(whole)
    }

    private static func based(_ digits: ArraySlice<UInt8>, _ radix: Int) -> Resolved? {
        guard digits.first.map({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }) == true else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self), radix: radix).map(Resolved.int)
    }

    /// A float: `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, or an infinity, or not a number.
    static func float(_ text: String) -> Resolved? {
        let bytes = Array(text.utf8)
        let sign = Sign(bytes)
        let rest = bytes.dropFirst(sign.length)
        switch String(decoding: rest, as: UTF8.self) {
        case ".inf", ".Inf", ".INF": return .infinity(negative: sign.isNegative)
        case ".nan", ".NaN", ".NAN": return sign.length == 0 ? .nan : nil
        default: return decimal(rest, sign)
        }
    }

    private static func decimal(_ bytes: ArraySlice<UInt8>, _ sign: Sign) -> Resolved? {
        let whole = bytes.prefix(while: isDigit)
        var rest = bytes.dropFirst(whole.count)
        var spelling = sign.text + spelled(whole: whole)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            if whole.isEmpty && fraction.isEmpty { return nil }
            rest = rest.dropFirst(1 + fraction.count)
            spelling += "." + (fraction.isEmpty ? "0" : String(decoding: fraction, as: UTF8.self))
        } else if whole.isEmpty {
            return nil
        }
        if rest.isEmpty { return .number(spelling) }
        guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return nil }
        let digits = rest.dropFirst(1 + Sign(Array(rest.dropFirst().prefix(1))).length)
        guard !digits.isEmpty, digits.allSatisfy(isDigit) else { return nil }
        return .number(spelling + String(decoding: rest, as: UTF8.self))
    }

    /// JSON allows no leading zero, and wants one before a point.
    private static func spelled(whole digits: ArraySlice<UInt8>) -> String {
        let stripped = digits.drop { $0 == UInt8(ascii: "0") }
        return stripped.isEmpty ? "0" : String(decoding: stripped, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

    private struct Sign {
        var length: Int
        var isNegative: Bool
        var text: String { isNegative ? "-" : "" }

        init(_ bytes: [UInt8]) {
            isNegative = bytes.first == UInt8(ascii: "-")
            length = isNegative || bytes.first == UInt8(ascii: "+") ? 1 : 0
        }
    }
}
