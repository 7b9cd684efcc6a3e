import Diagnostics
import Testing
import YAML

@Suite("Encodings")
struct EncodingTests {
    private func told(_ bytes: [UInt8]) -> String {
        let document = YAMLDocument.parse(SourceText(name: "job.yaml", bytes: bytes))
        return document.diagnostics.map {
            let start = $0.place.map { "\($0.start.line):\($0.start.column)" } ?? "nowhere"
            return "\(start) \($0.code): \($0.message); \($0.hint ?? "")"
        }.joined(separator: "\n")
    }

    @Test(
        "UTF-16 with a byte-order mark is named",
        arguments: [[0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0xFF, 0xFE, 0x00, 0x00]] as [[UInt8]])
    func utf16(bytes: [UInt8]) {
        #expect(told(bytes) == "1:1 wrong-encoding: the file is UTF-16; save it as UTF-8")
    }

    @Test("UTF-16 without a mark is guessed from its NUL")
    func nul() {
        #expect(
            told([0x61, 0x00, 0x3A, 0x00])
                == "1:2 forbidden-character: the character U+0000 cannot stand in YAML; if the file is UTF-16, save it as UTF-8"
        )
    }

    @Test("Latin-1 is named by its first letter")
    func latin1() {
        #expect(
            told(Array("a: 1\nb: é caf".utf8) + [0xE9] + Array("\n".utf8))
                == "2:9 wrong-encoding: the byte 0xE9 is not UTF-8; save the file as UTF-8; in Latin-1 this is 'é'")
    }

    @Test(
        "bad UTF-8 is refused where it stands",
        arguments: [
            ([0x80], "0x80"), ([0xC0, 0x80], "0xC0"), ([0xC1, 0xBF], "0xC1"), ([0xE0, 0x80, 0x80], "0xE0"),
            ([0xED, 0xA0, 0x80], "0xED"), ([0xF0, 0x80, 0x80, 0x80], "0xF0"), ([0xF4, 0x90, 0x80, 0x80], "0xF4"),
            ([0xF5, 0x80, 0x80, 0x80], "0xF5"), ([0xFF], "0xFF"), ([0xE2, 0x82], "0xE2"), ([0xC3, 0x28], "0xC3"),
            ([0xE2, 0x28, 0xA1], "0xE2"),
        ] as [([UInt8], String)])
    func badUTF8(bytes: [UInt8], name: String) {
        #expect(told([0x61, 0x0A, 0x62] + bytes).hasPrefix("2:2 wrong-encoding: the byte \(name) is not UTF-8"))
    }

    @Test(
        "characters that YAML does not allow, or that versions of YAML take differently, are refused",
        arguments: [
            ("\u{1B}", "U+001B", "remove it, or write it as \\x1B in double quotes"),
            ("\u{7F}", "U+007F", "remove it, or write it as \\x7F in double quotes"),
            ("\u{85}", "U+0085", "remove it, or write it as \\u0085 in double quotes"),
            ("\u{9F}", "U+009F", "remove it, or write it as \\u009F in double quotes"),
            ("\u{2028}", "U+2028", "remove it, or write it as \\u2028 in double quotes"),
            ("\u{2029}", "U+2029", "remove it, or write it as \\u2029 in double quotes"),
            ("\u{FEFF}", "U+FEFF", "remove the byte-order mark"),
            ("\u{FFFE}", "U+FFFE", "remove it, or write it as \\uFFFE in double quotes"),
            ("\r", "U+000D", "end lines with LF or CR LF"),
        ])
    func forbidden(character: String, name: String, hint: String) {
        let wanted = "2:5 forbidden-character: the character \(name) cannot stand in YAML; \(hint)"
        #expect(told(Array("a: 1\nb: 🎉\(character)c\n".utf8)) == wanted)
    }

    @Test(
        "what may be escaped comes through",
        arguments: [("\\0", 0), ("\\x85", 0x85), ("\\u2028", 0x2028), ("\\e", 0x1B)])
    func escaped(escape: String, value: UInt32) throws {
        let text = try #require(parse("\"\(escape)\"").root?.scalar?.text)
        #expect(text.unicodeScalars.map(\.value) == [value])
    }

    @Test("a byte-order mark before UTF-8 is passed over, a second one refused")
    func byteOrderMark() {
        #expect(parse("\u{FEFF}a: 1").root.map(sketch) == "{\"a\": 1}")
        #expect(parse("\u{FEFF}\u{FEFF}a: 1").diagnostics.first?.code == "forbidden-character")
    }

    @Test(
        "every other character of Unicode passes through",
        arguments: [0x20...0x7E, 0xA0...0x2027, 0xFFFD...0xFFFD] as [ClosedRange<UInt32>])
    func others(range: ClosedRange<UInt32>) {
        for value in range {
            guard let scalar = Unicode.Scalar(value), scalar != "'" else { continue }
            #expect(parse("'\(scalar)'").diagnostics.isEmpty, "U+\(String(value, radix: 16))")
        }
    }
}
