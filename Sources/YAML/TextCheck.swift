import Diagnostics

/// What must hold of the bytes before libyaml reads them: UTF-8, and only characters that YAML allows.
///
/// Refused beyond YAML's own rule (chapter 5.1 of YAML 1.2) are the line ends of YAML 1.1 other than LF and CR LF: they
/// cannot be seen in an editor, and versions of YAML disagree about what they mean. Inside double quotes all of them
/// can be written as escapes.
enum TextCheck {
    private static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// The text without its byte-order mark, if it has one.
    static func check(_ source: SourceText) throws(Mistake) -> ArraySlice<UInt8> {
        let bytes = source.bytes
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            throw .utf16(at: Place(file: source.name, line: 1))
        }
        let text = bytes.starts(with: byteOrderMark) ? bytes.dropFirst(byteOrderMark.count) : bytes[...]
        try scan(text, file: source.name)
        return text
    }

    private static func scan(_ text: ArraySlice<UInt8>, file: String) throws(Mistake) {
        var position = Position(line: 1, column: 1)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == 0x0A {
                position = Position(line: position.line + 1, column: 1)
                index += 1
                continue
            }
            let isLineEnd = byte == 0x0D && index + 1 < text.endIndex && text[index + 1] == 0x0A
            if byte >= 0x20 && byte < 0x7F || byte == 0x09 || isLineEnd {
                index += 1
            } else {
                let place = Place(file: file, line: position.line, column: position.column)
                guard let (scalar, length) = decode(text, at: index) else { throw .notUTF8(byte: byte, at: place) }
                guard isAllowed(scalar) else { throw .forbidden(scalar, at: place) }
                index += length
            }
            position.column += 1
        }
    }

    /// The scalar that begins at an index, nil if the bytes are not UTF-8.
    private static func decode(_ text: ArraySlice<UInt8>, at index: Int) -> (Unicode.Scalar, length: Int)? {
        let length =
            switch text[index] {
            case 0x00..<0x80: 1
            case 0xC2..<0xE0: 2
            case 0xE0..<0xF0: 3
            case 0xF0..<0xF5: 4
            default: 0
            }
        guard length > 0, index + length <= text.endIndex else { return nil }
        if length == 1 { return (Unicode.Scalar(text[index]), 1) }
        var value = UInt32(text[index]) & (0x7F >> UInt32(length))
        for byte in text[(index + 1)..<(index + length)] {
            guard byte & 0xC0 == 0x80 else { return nil }
            value = value << 6 | UInt32(byte & 0x3F)
        }
        let least: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
        guard value >= least[length], let scalar = Unicode.Scalar(value) else { return nil }
        return (scalar, length)
    }

    /// The printable characters of YAML, chapter 5.1, without NEL, LS, PS, and a CR that stands alone.
    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF: false
        default: true
        }
    }
}
