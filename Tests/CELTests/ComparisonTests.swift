import Testing
import Values

@testable import CEL

@Suite("Comparisons")
struct ComparisonTests {
    @Test(
        "equality never fails, and numbers are equal across their kinds",
        arguments: [
            ("1 == 1.0 && 1 == 1u && 1u == 1.0", "true"), ("1 == '1'", "false"), ("false == null", "false"),
            ("null == null", "true"),
            ("[1, 2.0] == [1.0, 2]", "true"), ("[1] == [1, 2]", "false"),
            ("{'a': 1, 'b': 2} == {'b': 2u, 'a': 1.0}", "true"),
            ("{'a': 1} == {'a': 1, 'b': 2}", "false"), ("{1: 1.0, 2u: 3u} == {1u: 1, 2: 3.0}", "true"),
            ("double('NaN') == double('NaN')", "false"),
            ("[double('NaN')] == [double('NaN')]", "false"), (#"'Am\u00e9lie' == 'Ame\u0301lie'"#, "false"),
            ("b'a' == b'a'", "true"),
            ("type(1) == int && type(1u) != int", "true"), ("-0.0 == 0.0", "true"),
            ("9223372036854775807 == 9223372036854775808.0", "true"),
        ])
    func equality(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "order holds within a kind, and among numbers",
        arguments: [
            ("1 < 2.5", "true"), ("-1 < 0u", "true"), ("18446744073709551615u > 9223372036854775807", "true"),
            ("1e30 > 9223372036854775807", "true"),
            ("-1e30 < -9223372036854775807", "true"), ("9223372036854775807 < 9223372036854775808.0", "false"),
            ("'a' < 'b'", "true"), ("'Z' < 'a'", "true"),
            (#"'\uffff' < '\U0001F600'"#, "true"), ("false < true", "true"), ("b'a' <= b'ab'", "true"),
            ("double('NaN') < 1.0 || double('NaN') >= 1.0", "false"),
            ("'1' < 2", "error: '<' does not take text, int"), ("null < null", "error: '<' does not take null, null"),
            ("[1] < [2]", "error: '<' does not take list, list"),
        ])
    func order(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "decimals are compared to the last digit",
        arguments: [
            ("price == 0.1", "true"), ("price < 0.2 && price > 0", "true"), ("long > 0.1", "true"),
            ("0.1 < long", "true"), ("long == long", "true"), ("price == long", "false"),
            ("huge > 18446744073709551615u", "true"), ("huge > 1e18", "true"), ("huge < double('Infinity')", "true"),
            ("whole == 3", "true"), ("{3: 'x'}[whole]", "'x'"),
            ("price in [0.1, 0.2]", "true"), ("huge == 1e400", "false"), ("beyond > huge", "true"),
        ])
    func decimals(text: String, value: String) {
        let record: Object = [
            "price": .decimal(Decimal("0.10")!), "long": .decimal(Decimal("0.1000000000000000000001")!),
            "huge": .decimal(Decimal("12345678901234567890123")!), "whole": .decimal(Decimal("3.00")!),
            "beyond": .decimal(Decimal("1e400")!),
        ]
        #expect(result(text, record) == value)
    }

    @Test(
        "'in' asks lists by equality and maps by key",
        arguments: [
            ("2 in [1, 2.0]", "true"), ("'x' in []", "false"), ("'b' in ['a', 'b']", "true"),
            ("1 in {1u: 'a'}", "true"), ("1.5 in {1: 'a'}", "false"),
            ("'a' in 'abc'", "error: 'in' does not take text, text"), ("status in ['New', 1, null]", "true"),
            ("n in ['New', 1, null]", "true"),
            ("status in ['Old', 'new']", "false"), ("null in [null]", "true"),
            ("status in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'New']", "true"),
            ("status in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'Ne']", "false"),
            ("n in ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']", "false"),
        ])
    func membership(text: String, value: String) {
        #expect(result(text, ["status": .text("New"), "n": .int(1)]) == value)
    }

    @Test(
        "maps find numbers of any kind, and refuse bad keys",
        arguments: [
            ("{1: 'a'}[1.0] + {1: 'a'}[1u]", "'aa'"), ("{1: 'a'}[1.5]", "error: no key 1.5"),
            ("{1: 'a'}[2]", "error: no key 2"), ("{'a': 1}['b']", "error: no field 'b'"),
            ("{null: 1}", "error: null cannot be a key"), ("{1.5: 1}", "error: double cannot be a key"),
            ("{1: 1, 1u: 2}", "error: the key 1u stands twice"),
            ("{true: 1}[true]", "1"), ("{'a': 1}[[]]", "error: '[]' does not take object, list"), ("[1, 2][1.0]", "2"),
            ("[1, 2][0.5]", "error: no index 0.5 among 2"),
            ("[1, 2][18446744073709551615u]", "error: no index 18446744073709551615u among 2"),
        ])
    func maps(text: String, value: String) {
        #expect(result(text) == value)
    }
}
