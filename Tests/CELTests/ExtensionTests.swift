import Testing
import Values

@testable import CEL

@Suite("Extension libraries")
struct ExtensionTests {
    @Test(
        "math finds extremes, rounds and works on bits",
        arguments: [
            ("math.greatest(1, 2.5, 2u)", "2.5"), ("math.greatest([1, 1.0])", "1"), ("math.least(3u, 3, -1)", "-1"),
            ("math.greatest([])", "error: 'math.greatest' does not take no arguments"),
            ("math.greatest('a', 1)", "error: 'math.greatest' does not take text, int"),
            ("math.greatest(price, 0.05)", "0.10"),
            ("math.ceil(1.2)", "2.0"), ("math.floor(-1.2)", "-2.0"), ("math.round(2.5)", "3.0"),
            ("math.round(-2.5)", "-3.0"), ("math.trunc(-1.9)", "-1.0"),
            ("math.ceil(1)", "error: 'math.ceil' does not take int"), ("math.round(price)", "0.0"),
            ("math.abs(-3)", "3"),
            ("math.abs(-9223372036854775808)", "error: the result of 'math.abs' does not fit 64 bits"),
            ("math.sign(-0.5)", "-1.0"), ("math.sign(0u)", "0u"), ("math.sqrt(16)", "4.0"),
            ("math.isNaN(0.0 / 0.0)", "true"), ("math.isFinite(1.0 / 0.0)", "false"),
            ("math.bitAnd(6, 3)", "2"), ("math.bitOr(6u, 3u)", "7u"), ("math.bitXor(6, -3)", "-5"),
            ("math.bitNot(0u)", "18446744073709551615u"), ("math.bitShiftRight(-1024, 3)", "2305843009213693824"),
            ("math.bitShiftLeft(1, 64)", "0"),
            ("math.bitShiftLeft(1u, -1)", "error: the offset of 'math.bitShiftLeft' is out of range"),
            ("math.bitAnd(1, 1u)", "error: 'math.bitAnd' does not take int, uint"),
        ])
    func math(text: String, value: String) {
        #expect(result(text, ["price": .decimal(Decimal("0.10")!)]) == value)
    }

    @Test("a field may be called as a library is")
    func shadowing() {
        #expect(result("math.abs + [2].map(math, math)[0]", ["math": .object(["abs": .int(1)])]) == "3")
    }

    @Test(
        "format fills in values",
        arguments: [
            ("'%s is %d%%'.format(['x', 5])", "'x is 5%'"),
            ("'%.3f %.0f %f'.format([1.2345, 2.5, 3])", "'1.234 2 3.000000'"),
            ("'%.2e'.format([1052.03])", "'1.05e+03'"),
            ("'%x %X %o %b'.format([-255, 255, 8u, true])", "'-ff FF 10 1'"),
            ("'%x'.format(['é'])", "'c3a9'"),
            ("'%s'.format([[1.0, 1e6, null, b'x', 'y']])", "'[1, 1000000, null, x, y]'"),
            ("'%s'.format([{'b': 1, 'a': [2.5]}])", "'{a: [2.5], b: 1}'"),
            ("'%d %f'.format([double('NaN'), -1.0 / 0.0])", "'NaN -Infinity'"),
            ("'%s %s'.format([duration('1h'), timestamp(0)])", "'3600s 1970-01-01T00:00:00Z'"),
            ("'%s'.format([1, 2])", "'1'"),
            ("'%s %s'.format([1])", "error: the format asks for more values than the 1 given"),
            ("'%d'.format(['x'])", "error: '%d' does not take text"),
            ("'%q'.format([1])", "error: '%q' is no conversion"),
            ("'%'.format([1])", "error: the format ends in an open '%'"),
            ("'%.1001f'.format([1.0])", "error: a precision past 1000"), ("'%.1000f'.format([1.7e308]).size()", "1310"),
            ("'%x'.format([0.5])", "error: '%x' does not take double"),
            ("'%s'.format('x')", "error: 'format' does not take text, text"),
        ])
    func format(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "base64 and quote",
        arguments: [
            ("base64.encode(b'hello')", "'aGVsbG8='"), ("base64.encode(b'')", "''"),
            ("base64.decode('aGVsbG8')", "b'hello'"), ("base64.decode('aGVsbG8=')", "b'hello'"),
            ("base64.decode('a-_=')", "error: 'a-_=' is no base64"), ("base64.decode('a')", "error: 'a' is no base64"),
            (#"strings.quote('a"\n\\')"#, #"'"a\\"\\n\\\\"'"#),
            ("base64.encode('x')", "error: 'base64.encode' does not take text"),
        ])
    func encoders(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "their calls are checked too",
        arguments: [
            (
                "math.greatest()",
                "1-16 wrong-argument-count 'math.greatest' takes 1 or more arguments, and here stand 0"
            ), ("math.ceil('x')", "1-15 type-mismatch 'math.ceil' does not take text [it takes double]"),
            ("math.abs(1, 2)", "1-15 wrong-argument-count 'math.abs' takes 1 argument, and here stand 2"),
            ("'x'.format(1)", "1-14 type-mismatch 'format' does not take text, int [there is text.format(list)]"),
            ("math.greatest(a, b, 1) > 2", "none"),
        ])
    func checks(text: String, message: String) {
        #expect(mistakes(text) == message)
    }
}
