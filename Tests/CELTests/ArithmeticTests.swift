import Testing
import Values

@testable import CEL

@Suite("Arithmetic")
struct ArithmeticTests {
    @Test(
        "whole numbers are checked and cut towards zero",
        arguments: [
            ("7 / 2", "3"), ("-7 / 2", "-3"), ("-7 % 2", "-1"), ("7 % -2", "1"), ("7u / 2u", "3u"), ("3u - 1u", "2u"),
            ("9223372036854775807 + 1", "error: the result of '+' does not fit 64 bits"),
            ("-9223372036854775808 - 1", "error: the result of '-' does not fit 64 bits"),
            ("9223372036854775807 * 2", "error: the result of '*' does not fit 64 bits"),
            ("-9223372036854775808 / -1", "error: the result of '/' does not fit 64 bits"),
            ("-9223372036854775808 % -1", "error: the result of '%' does not fit 64 bits"),
            ("-(-9223372036854775808)", "error: the result of '-' does not fit 64 bits"),
            ("1u - 2u", "error: the result of '-' does not fit 64 bits"), ("1 / 0", "error: division by zero"),
            ("1 % 0", "error: division by zero"),
            ("1u / 0u", "error: division by zero"),
        ])
    func whole(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "doubles follow IEEE 754, and decimals count as doubles",
        arguments: [
            ("1.0 / 0.0", "1e999"), ("-1.0 / 0.0", "-1e999"), ("0.0 / 0.0", "double('NaN')"), ("1.5 * 2.0", "3.0"),
            ("-(1.5)", "-1.5"),
            ("price + price", "0.2"), ("price * 2.0", "0.2"), ("2.0 - price", "1.9"), ("-price", "-0.1"),
            ("5.0 % 2.0", "error: '%' does not take double, double"),
        ])
    func fractions(text: String, value: String) {
        #expect(result(text, ["price": .decimal(Decimal("0.10")!)]) == value)
    }

    @Test(
        "kinds do not mix",
        arguments: [
            ("1 + 1u", "error: '+' does not take int, uint"), ("1 + 1.0", "error: '+' does not take int, double"),
            ("'a' + 1", "error: '+' does not take text, int"), ("true + true", "error: '+' does not take bool, bool"),
            ("null + null", "error: '+' does not take null, null"),
            ("{} + {}", "error: '+' does not take object, object"),
            ("-true", "error: '-' does not take bool"), ("-(5u)", "error: '-' does not take uint"),
            ("'a' - 'b'", "error: '-' does not take text, text"),
        ])
    func mixed(text: String, message: String) {
        #expect(result(text) == message)
    }

    @Test(
        "texts, bytes and lists are joined",
        arguments: [
            ("'a' + 'b' + 'c'", "'abc'"), ("b'a' + b'b'", "b'ab'"), ("[1] + [2, 3] + []", "[1, 2, 3]"),
            ("name + ' ' + last + '!'", "'Ann Lee!'"),
            ("name + ' ' + 1 + '!'", "error: '+' does not take text, int"),
            ("1 + 2 + name", "error: '+' does not take int, text"),
        ])
    func joined(text: String, value: String) {
        #expect(result(text, ["name": .text("Ann"), "last": .text("Lee")]) == value)
    }
}
