extension Literal {
    /// The literal as an expression has it: what the parser reads back as the same.
    package var source: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): "\(value)u"
        case .double(let value): LiteralText.double(value)
        case .text(let value): LiteralText.text(value)
        case .bytes(let value): LiteralText.bytes(value)
        }
    }
}

/// Spells values as literals of the language.
enum LiteralText {
    /// `1.5`, `1e+99`. What is infinite is a number past the range; what is no number has no literal.
    static func double(_ value: Double) -> String {
        if value.isNaN { return "double('NaN')" }
        if value.isInfinite { return value < 0 ? "-1e999" : "1e999" }
        return "\(value)"
    }

    /// Between single quotes, or double ones where that saves escapes.
    static func text(_ value: String) -> String {
        let quote: Unicode.Scalar = value.utf8.contains(0x27) && !value.utf8.contains(0x22) ? "\"" : "'"
        var spelled = String(quote)
        for scalar in value.unicodeScalars { spelled += escaped(scalar, quote) }
        return spelled + String(quote)
    }

    static func bytes(_ value: [UInt8]) -> String {
        var spelled = "b'"
        for byte in value {
            let isPlain = (0x20..<0x7F).contains(byte) && byte != 0x27 && byte != 0x5C
            spelled += isPlain ? String(Unicode.Scalar(byte)) : "\\x" + hex(UInt32(byte), 2)
        }
        return spelled + "'"
    }

    private static func escaped(_ scalar: Unicode.Scalar, _ quote: Unicode.Scalar) -> String {
        switch scalar {
        case quote, "\\": return "\\" + String(scalar)
        case "\n": return "\\n"
        case "\r": return "\\r"
        case "\t": return "\\t"
        default: break
        }
        // Controls and marks that join what stands before them would be lost, or change their neighbour, when printed.
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .unassigned,
            .privateUse:
            return scalar.value > 0xFFFF ? "\\U" + hex(scalar.value, 8) : "\\u" + hex(scalar.value, 4)
        default: return String(scalar)
        }
    }

    private static func hex(_ number: UInt32, _ width: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}
