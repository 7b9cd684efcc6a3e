import Testing
import Values

/// A text, as bytes; `\xNN` in it stands for one byte.
private func bytes(_ text: String) -> [UInt8] {
    var out: [UInt8] = []
    var rest = text[...]
    while let mark = rest.range(of: "\\x") {
        out += rest[..<mark.lowerBound].utf8
        let digits = rest[mark.upperBound...].prefix(2)
        out.append(UInt8(digits, radix: 16) ?? 0)
        rest = rest[digits.endIndex...]
    }
    return out + rest.utf8
}

extension Substring {
    fileprivate func range(of mark: String) -> Range<Index>? {
        var at = startIndex
        while at < endIndex {
            if self[at...].hasPrefix(mark) { return at..<index(at, offsetBy: mark.count) }
            at = index(after: at)
        }
        return nil
    }
}

@Suite("JSON grammar")
struct JSONGrammarTests {
    @Test(
        "takes what RFC 8259 allows, and writes it back without the spaces",
        arguments: [
            ("[]", "[]"), ("{}", "{}"), ("[[]]", "[[]]"), (" [ ] ", "[]"), (" { } ", "{}"), ("[\"\"]", "[\"\"]"),
            ("null", "null"), ("true", "true"), ("false", "false"), ("\"a\"", "\"a\""), ("0", "0"), ("-1", "-1"),
            ("\t\n\r 1\t\n\r ", "1"), ("[1,null]", "[1,null]"), ("[1,2,[3,{}],4]", "[1,2,[3,{}],4]"),
            ("[1, 2 ,3\n,4]", "[1,2,3,4]"), ("{\"a\":1}", "{\"a\":1}"),
            ("{\"a\" : 1 , \"b\" : [ ] }", "{\"a\":1,\"b\":[]}"),
            ("{\"\":0}", "{\"\":0}"), ("{\"a\":{\"a\":{\"a\":1}}}", "{\"a\":{\"a\":{\"a\":1}}}"),
            ("{\"b\":1,\"a\":2}", "{\"b\":1,\"a\":2}"), ("[{\"a\":1},{\"a\":2}]", "[{\"a\":1},{\"a\":2}]"),
            ("{\"a\":1,\"A\":2}", "{\"a\":1,\"A\":2}"), ("{\"é\":1,\"e\u{301}\":2}", "{\"é\":1,\"e\u{301}\":2}"),
            ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\""), ("\"\\u0000\"", "\"\\u0000\""),
            ("\"\\u001F\"", "\"\\u001f\""), ("\"\\u0041\\u00e9\\u20AC\"", "\"Aé€\""), ("\"\\uD834\\uDD1E\"", "\"𝄞\""),
            ("\"\\uDBFF\\uDFFF\"", "\"\u{10FFFF}\""), ("\"\\uFFFF\\uFFFE\"", "\"\u{FFFF}\u{FFFE}\""),
            ("\"\\u000a\"", "\"\\n\""), ("\"\\u0022\"", "\"\\\"\""), ("\"\\u005C\"", "\"\\\\\""),
            ("\"\\\\u0041\"", "\"\\\\u0041\""),
            ("\"\u{7F}\"", "\"\u{7F}\""), ("\"\u{80}\"", "\"\u{80}\""),
            ("\"\u{2028}\u{2029}\"", "\"\u{2028}\u{2029}\""),
            ("\"\u{FEFF}\"", "\"\u{FEFF}\""), ("\"日本語テキスト\"", "\"日本語テキスト\""), ("\"😀\"", "\"😀\""), ("\"/\"", "\"/\""),
            ("\"a longer text, past fifteen bytes\"", "\"a longer text, past fifteen bytes\""),
            ("\"12345678\\n12345678\"", "\"12345678\\n12345678\""), ("\"1234567é12345678\"", "\"1234567é12345678\""),
            ("{\"a\\nb\":1}", "{\"a\\nb\":1}"), ("{\"\\u0061\":1,\"b\":2}", "{\"a\":1,\"b\":2}"),
            ("\"\\xF4\\x8F\\xBF\\xBF\"", "\"\u{10FFFF}\""),
            ("\"\\xED\\x9F\\xBF\\xEE\\x80\\x80\"", "\"\u{D7FF}\u{E000}\""),
            ("\"\\xC2\\x80\\xE0\\xA0\\x80\\xF0\\x90\\x80\\x80\"", "\"\u{80}\u{800}\u{10000}\""),
        ])
    func takes(text: String, written: String) throws {
        #expect(JSON.text(try JSON.parse(bytes(text))) == written)
    }

    @Test(
        "keeps numbers as they are spelled",
        arguments: [
            "0", "-0", "1", "-1", "10", "1234567890", "9223372036854775807", "-9223372036854775808",
            "9223372036854775808",
            "-9223372036854775809", "12345678901234567890", "-12345678901234567890", "99999999999999999999", "0.0",
            "-0.0", "0.10",
            "1.0", "1.00", "1e400", "-1e400", "1E400", "1e-400", "1e+2", "1E+2", "0e1", "0E1", "0e+1", "-0e-1", "1.5e3",
            "123.456e78",
            "123123e100000", "0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999",
            "3.141592653589793238462643383279", "-0.000000000000000000000000000000000000000000000000000000000001",
        ])
    func keeps(text: String) throws {
        let value = try JSON.parse(bytes(text))
        #expect(JSON.text(value) == text)
        #expect(value.kind == (Int64(text) != nil && text != "-0" ? "int" : "decimal"))
        #expect(JSON.text(try JSON.parse(bytes("[\(text)]"))) == "[\(text)]")
        #expect(JSON.text(try JSON.parse(bytes("{\"a\":\(text) }"))) == "{\"a\":\(text)}")
    }

    @Test(
        "refuses the rest, with the offset and the reason",
        arguments: [
            ("", 0, "the text ends too early"), (" ", 1, "the text ends too early"),
            ("[", 1, "the text ends too early"),
            ("{", 1, "the text ends too early"), ("[1", 2, "the text ends too early"),
            ("[1,", 3, "the text ends too early"),
            ("{\"a\"", 4, "the text ends too early"), ("{\"a\":", 5, "the text ends too early"),
            ("{\"a\":1", 6, "the text ends too early"), ("{\"a\":1,", 7, "the text ends too early"),
            ("\"", 1, "the text ends too early"), ("\"abc", 4, "the text ends too early"),
            ("\"abc\\", 5, "the text ends too early"),
            ("\"\\u", 3, "the text ends too early"), ("\"\\u00", 5, "the text ends too early"),
            ("-", 1, "the text ends too early"),
            ("1.", 2, "the text ends too early"), ("1e", 2, "the text ends too early"),
            ("1e+", 3, "the text ends too early"),
            ("tru", 3, "the text ends too early"), ("nul", 3, "the text ends too early"),
            ("fals", 4, "the text ends too early"),
            ("]", 0, "no JSON value starts here"), ("}", 0, "no JSON value starts here"),
            (",", 0, "no JSON value starts here"),
            (":", 0, "no JSON value starts here"), ("a", 0, "no JSON value starts here"),
            ("'a'", 0, "no JSON value starts here"),
            ("True", 0, "no JSON value starts here"), ("TRUE", 0, "no JSON value starts here"),
            ("trux", 0, "no JSON value starts here"),
            ("nan", 0, "no JSON value starts here"), ("NaN", 0, "no JSON value starts here"),
            ("Infinity", 0, "no JSON value starts here"), ("+1", 0, "no JSON value starts here"),
            (".5", 0, "no JSON value starts here"),
            ("undefined", 0, "no JSON value starts here"), ("//c\n1", 0, "no JSON value starts here"),
            ("/*c*/1", 0, "no JSON value starts here"), ("#", 0, "no JSON value starts here"),
            ("\\x0B1", 0, "no JSON value starts here"),
            ("\\xC2\\xA01", 0, "no JSON value starts here"), ("\\x00", 0, "no JSON value starts here"),
            ("*", 0, "no JSON value starts here"),
            ("[,1]", 1, "no JSON value starts here"), ("[1,,2]", 3, "no JSON value starts here"),
            ("[a]", 1, "no JSON value starts here"),
            ("{\"a\":}", 5, "no JSON value starts here"), ("{\"a\":,}", 5, "no JSON value starts here"),
            ("[0x1]", 2, "a comma or ']' is missing"), ("[1_000]", 2, "a comma or ']' is missing"),
            ("[1 2]", 3, "a comma or ']' is missing"),
            ("[1}", 2, "a comma or ']' is missing"), ("[\"a\" \"b\"]", 5, "a comma or ']' is missing"),
            ("[1:2]", 2, "a comma or ']' is missing"), ("[1;2]", 2, "a comma or ']' is missing"),
            ("[1/*c*/]", 2, "a comma or ']' is missing"),
            ("[truefalse]", 5, "a comma or ']' is missing"), ("[nullx]", 5, "a comma or ']' is missing"),
            ("{\"a\":1]", 6, "a comma or '}' is missing"), ("{\"a\":1 \"b\":2}", 7, "a comma or '}' is missing"),
            ("{\"a\":1:2}", 6, "a comma or '}' is missing"), ("{\"a\":[]]", 7, "a comma or '}' is missing"),
            ("{a:1}", 1, "a name in double quotes is missing"), ("{'a':1}", 1, "a name in double quotes is missing"),
            ("{1:1}", 1, "a name in double quotes is missing"), ("{null:1}", 1, "a name in double quotes is missing"),
            ("{,}", 1, "a name in double quotes is missing"), ("{:1}", 1, "a name in double quotes is missing"),
            ("{]", 1, "a name in double quotes is missing"), ("{\"a\":1,,}", 7, "a name in double quotes is missing"),
            ("{\"a\":1,2}", 7, "a name in double quotes is missing"),
            ("{[]:1}", 1, "a name in double quotes is missing"),
            ("{\"a\"}", 4, "a colon is missing"), ("{\"a\" 1}", 5, "a colon is missing"),
            ("{\"a\",1}", 4, "a colon is missing"),
            ("{\"a\"=1}", 4, "a colon is missing"), ("{\"a\"\"b\"}", 4, "a colon is missing"),
            ("[1,]", 3, "nothing follows the comma"), ("[1, ]", 4, "nothing follows the comma"),
            ("{\"a\":1,}", 7, "nothing follows the comma"), ("[[],]", 4, "nothing follows the comma"),
            ("1 2", 2, "something stands behind the value"), ("[]]", 2, "something stands behind the value"),
            ("{}}", 2, "something stands behind the value"), ("\"a\"b", 3, "something stands behind the value"),
            ("nulll", 4, "something stands behind the value"), ("1a", 1, "something stands behind the value"),
            ("1 //", 2, "something stands behind the value"), ("{} #", 3, "something stands behind the value"),
            ("[] \\x00", 3, "something stands behind the value"), ("0x10", 1, "something stands behind the value"),
            ("1,", 1, "something stands behind the value"),
            ("\\xEF\\xBB\\xBF1", 0, "a byte-order mark stands before the value"),
            ("01", 0, "a number begins with 0"), ("-01", 1, "a number begins with 0"),
            ("00", 0, "a number begins with 0"),
            ("[012]", 1, "a number begins with 0"), ("01.5", 0, "a number begins with 0"),
            ("-a", 1, "a number is cut short"),
            ("--1", 1, "a number is cut short"), ("1.a", 2, "a number is cut short"),
            ("1.e1", 2, "a number is cut short"),
            ("1ea", 2, "a number is cut short"), ("1e+-1", 3, "a number is cut short"),
            ("-Infinity", 1, "a number is cut short"),
            ("[-]", 2, "a number is cut short"), ("[1.]", 3, "a number is cut short"),
            ("[1e]", 3, "a number is cut short"),
            ("[-.5]", 2, "a number is cut short"), ("1.5.2", 3, "something stands behind the value"),
            ("1e1.5", 3, "something stands behind the value"),
            ("\"a\\x0Ab\"", 2, "the control character U+000A stands in a string unescaped"),
            ("\"\\x00\"", 1, "the control character U+0000 stands in a string unescaped"),
            ("\"123456789\\x1F\"", 10, "the control character U+001F stands in a string unescaped"),
            ("{\"\\x09\":1}", 2, "the control character U+0009 stands in a string unescaped"),
            ("\"\\a\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"\\'\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"\\U0041\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"\\u00G0\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"\\u 041\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"\\u+041\"", 1, "a backslash is followed by no escape that JSON knows"),
            ("\"ab\\0\"", 3, "a backslash is followed by no escape that JSON knows"),
            ("\"\\uD800\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uDFFF\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uD800a\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uD800\\n\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uD800\\u0041\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uD800\\uD800\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\uDC00\\uD800\"", 1, "an escape gives half of a surrogate pair"),
            ("\"\\x80\"", 1, "bytes are not UTF-8"), ("\"a\\xBF\"", 2, "bytes are not UTF-8"),
            ("\"\\xC3\"", 1, "bytes are not UTF-8"),
            ("\"\\xC0\\xAF\"", 1, "bytes are not UTF-8"), ("\"\\xC1\\xBF\"", 1, "bytes are not UTF-8"),
            ("\"\\xE0\\x80\\xAF\"", 1, "bytes are not UTF-8"), ("\"\\xE0\\x9F\\xBF\"", 1, "bytes are not UTF-8"),
            ("\"\\xED\\xA0\\x80\"", 1, "bytes are not UTF-8"), ("\"\\xED\\xBF\\xBF\"", 1, "bytes are not UTF-8"),
            ("\"\\xF0\\x8F\\xBF\\xBF\"", 1, "bytes are not UTF-8"),
            ("\"\\xF4\\x90\\x80\\x80\"", 1, "bytes are not UTF-8"),
            ("\"\\xF5\\x80\\x80\\x80\"", 1, "bytes are not UTF-8"), ("\"\\xFF\"", 1, "bytes are not UTF-8"),
            ("\"\\xFE\\xFF\"", 1, "bytes are not UTF-8"),
            ("\"\\xE2\\x82\"", 1, "bytes are not UTF-8"), ("\"\\xF0\\x9F\\x98\"", 1, "bytes are not UTF-8"),
            ("\"\\xF0\\x9F\\x98", 1, "bytes are not UTF-8"),
            ("{\"a\":1,\"a\":2}", 7, "a name stands twice in one object"),
            ("{\"a\":1,\"b\":2,\"a\":1}", 13, "a name stands twice in one object"),
            ("{\"a\":1,\"\\u0061\":1}", 7, "a name stands twice in one object"),
            ("[{\"a\":1,\"b\":2},{\"a\":1,\"b\":2,\"b\":3}]", 28, "a name stands twice in one object"),
        ])
    func refuses(text: String, offset: Int, reason: String) {
        #expect { try JSON.parse(bytes(text)) } throws: { error in
            guard let failure = error as? JSON.Failure else { return false }
            #expect(failure.offset == offset)
            #expect(failure.reason == reason)
            return true
        }
    }

    @Test("a name that stands twice is named")
    func duplicate() {
        let bytes = bytes(#"[{"a\nb":1, "a\u000ab":2}]"#)
        do throws(JSON.Failure) {
            _ = try JSON.parse(bytes)
            Issue.record("a name that stands twice was taken")
        } catch {
            #expect(bytes.withUnsafeBytes { error.reason(in: $0) } == "the name 'a\nb' stands twice in one object")
            #expect([].withUnsafeBytes { error.reason(in: $0) } == "a name stands twice in one object")
        }
    }

    @Test("nests 512 deep and no deeper")
    func depth() throws {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            func nested(_ depth: Int) -> [UInt8] {
                Array((String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)).utf8)
            }
            #expect(JSON.text(try JSON.parse(nested(512))).utf8.count == nested(512).count)
            #expect(throws: JSON.Failure(.tooDeep, at: 512 * open.utf8.count)) { try JSON.parse(nested(513)) }
            #expect(throws: JSON.Failure(.tooDeep, at: 512 * open.utf8.count)) { try JSON.parse(nested(100_000)) }
        }
    }

    @Test(
        "a place is a line and a column of characters",
        arguments: [
            (0, 1, 1), (3, 1, 3), (4, 2, 1), (5, 2, 2), (99, 2, 3), (-1, 1, 1),
        ])
    func place(offset: Int, line: Int, column: Int) {
        let found = Array("aé\nbc".utf8).withUnsafeBytes { JSON.place(of: offset, in: $0) }
        #expect(found == (line, column))
    }
}
