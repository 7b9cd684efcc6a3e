import Testing

@testable import CEL

@Suite("Literals")
struct LiteralTests {
    @Test(
        "numbers are read in all their forms",
        arguments: [
            ("123", "123"), ("0x1F", "31"), ("0xfu", "15u"), ("7U", "7u"), ("1.5", "1.5"), (".5", "0.5"),
            ("1e3", "1000.0"),
            ("2.5E-3", "0.0025"), ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551615u", "18446744073709551615u"),
            ("1e309", "1e999"), ("- 5", "-5"), ("2-3", "-1"), ("2 - -3", "5"), ("--5", "5"), ("-(5)", "-5"),
        ])
    func numbers(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "texts are read in all their forms",
        arguments: [
            (#"'a"b'"#, #"'a"b'"#), (#""it's""#, #""it's""#), (#"r'a\n'"#, #"'a\\n'"#), (#"R"\""#, #"'\\'"#),
            (#"'\a\b\f\n\r\t\v\\\?\'\"\`'"#, #"'\u0007\u0008\u000c\n\r\t\u000b\\?\'"`'"#),
            (#"'\x41\101\u00e9\U0001F600'"#, "'AAé😀'"),
            ("'''a'b\nc'''", #""a'b\nc""#), (#""""a"b""""#, #"'a"b'"#),
            ("r'''a\\b'''", #"'a\\b'"#), ("''", "''"), ("''''''", "''"), ("'é' + 'x' // rest", "'éx'"),
        ])
    func texts(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "bytes are octets, and text inside them its UTF-8",
        arguments: [
            ("b'abc'", "b'abc'"), (#"b'\xff\377'"#, #"b'\xff\xff'"#), ("b'é'", #"b'\xc3\xa9'"#),
            (#"br'\x'"#, #"b'\x5cx'"#),
            (#"B"""a"b""" "#, #"b'a"b'"#),
        ])
    func bytes(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "what is no literal is refused under a caret",
        arguments: [
            ("1 + 'abc", "5-6 expression-syntax the text that begins here has no closing '"),
            ("'a\nb'", "3-1 expression-syntax a line break inside a text needs triple quotes, or \\n"),
            (#"'\s'"#, #"2-4 expression-syntax '\s' is no escape sequence [write \\ for a backslash]"#),
            (#"'\400'"#, #"2-4 expression-syntax '\4' is no escape sequence [write \\ for a backslash]"#),
            (#"'\ud800'"#, #"2-8 expression-syntax '\ud800' names no Unicode code point"#),
            (#"b'\u0041'"#, #"3-9 expression-syntax '\u0041' cannot stand in bytes: only \x and octal escapes can"#),
            ("9223372036854775808", "1-20 expression-syntax 9223372036854775808 does not fit 64 bits"),
            ("18446744073709551616u", "1-22 expression-syntax 18446744073709551616u does not fit 64 bits"),
            ("0XFF", "2-5 expression-syntax expected an operator or the end, found 'XFF'"),
            ("1.", "3-3 expression-syntax expected the name of a field, found the end"),
            ("'", "1-2 expression-syntax the text that begins here has no closing '"),
            ("'\\", "2-3 expression-syntax '\\' is no escape sequence [write \\\\ for a backslash]"),
        ])
    func refused(text: String, message: String) {
        #expect(mistakes(text) == message)
    }
}
