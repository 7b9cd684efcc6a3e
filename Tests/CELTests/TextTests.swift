import Testing
import Values

@testable import CEL

@Suite("Texts")
struct TextTests {
    @Test(
        "size counts code points, bytes and elements",
        arguments: [
            (#"size('e\u0301')"#, "2"), ("size('👨‍👩‍👧')", "5"), (#"size('\r\n')"#, "2"), ("size(b'é')", "2"),
            ("size([1, 2])", "2"), ("{'a': 1}.size()", "1"), ("size(null)", "error: 'size' does not take null"),
        ])
    func size(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "tests look at code points, never at what they look like",
        arguments: [
            (#"'e\u0301'.contains('e')"#, "true"), (#"'e\u0301'.startsWith('e')"#, "true"),
            (#"'caf\u00e9'.endsWith('e\u0301')"#, "false"), ("'abc'.contains('')", "true"),
            ("''.startsWith('')", "true"),
            ("'abc'.endsWith('abcd')", "false"), ("'aaaaaaaab'.contains('aaab')", "true"),
            ("'abc'.contains(1)", "error: 'contains' does not take text, int"),
            ("contains('a', 'a')", "error: 'contains' does not take 2 arguments"),
        ])
    func tests(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "positions count code points",
        arguments: [
            ("'tacocat'.charAt(3)", "'o'"), ("'abc'.charAt(3)", "''"), ("'abc'.charAt(4)", "error: no index 4 among 3"),
            ("'©αT'.charAt(1)", "'α'"), ("'tacocat'.indexOf('ac')", "1"), ("'tacocat'.indexOf('a', 2)", "5"),
            ("'ta©o©αT'.indexOf('©α')", "4"), ("'abc'.indexOf('z')", "-1"), ("'abc'.indexOf('')", "0"),
            ("'abc'.indexOf('a', 4)", "error: no index 4 among 3"),
            ("'abc'.indexOf('a', -1)", "error: no index -1 among 3"),
            ("'tacocat'.lastIndexOf('at')", "5"), ("'tacocat'.lastIndexOf('a', 4)", "1"),
            ("'tacocat'.lastIndexOf('')", "7"), ("'abcabc'.lastIndexOf('abc', 2)", "0"),
            ("'abc'.lastIndexOf('abc', 3)", "0"),
            ("'tacocat'.substring(4)", "'cat'"), ("'tacocat'.substring(0, 4)", "'taco'"), ("'ab'.substring(2)", "''"),
            ("'ab'.substring(3)", "error: no index 3 to 2 among 2"),
            ("'ab'.substring(1, 0)", "error: no index 1 to 0 among 2"),
            ("'ab'.substring(-1, 1)", "error: no index -1 to 1 among 2"),
        ])
    func positions(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "texts are cut, joined and changed",
        arguments: [
            ("'a,b,c'.split(',')", "['a', 'b', 'c']"), ("'a,b,c'.split(',', 2)", "['a', 'b,c']"),
            ("'a,b'.split(',', 0)", "[]"), ("'a,b'.split(',', 1)", "['a,b']"), ("'a,b'.split(',', -1)", "['a', 'b']"),
            ("'aé'.split('')", "['a', 'é']"),
            ("'abc'.split('', 2)", "['a', 'bc']"), ("''.split(',')", "['']"), ("''.split('')", "[]"),
            ("['a', 'b'].join('-')", "'a-b'"), ("[].join()", "''"),
            ("['a', 1].join()", "error: 'join' does not take list with int"),
            ("'aXbX'.replace('X', '--')", "'a--b--'"), ("'aXbX'.replace('X', '', 1)", "'abX'"),
            ("'abc'.replace('', '-')", "'-a-b-c-'"), ("'abc'.replace('', '-', 2)", "'-a-bc'"),
            ("'abc'.replace('b', 'x', 0)", "'abc'"), ("'aaa'.replace('aa', 'b', -1)", "'ba'"),
            (#"' \t\u00a0 x \u3000'.trim()"#, "'x'"), (#"'\u200bx'.trim()"#, #"'\u200bx'"#), ("'   '.trim()", "''"),
            ("'TacoÇ'.lowerAscii()", "'tacoÇ'"), ("'tacoç'.upperAscii()", "'TACOç'"), ("'aé😀'.reverse()", "'😀éa'"),
        ])
    func pieces(text: String, value: String) {
        #expect(result(text) == value)
    }
}
