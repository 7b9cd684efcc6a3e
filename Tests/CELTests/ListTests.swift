import Testing
import Values

@testable import CEL

@Suite("Lists and sets")
struct ListTests {
    private static let record: Object = [
        "tags": .list([.text("vpn"), .text("vip"), .text("vpn")]),
        "prices": .list([.decimal(Decimal("2.50")!), .int(1), .double(1.5)]),
        "tickets": .list([
            .object(["id": .int(3), "due": .text("b")]), .object(["id": .int(1), "due": .text("b")]),
            .object(["id": .int(2), "due": .text("a")]),
        ]),
    ]

    @Test(
        "lists are cut, flattened and turned around",
        arguments: [
            ("[1, 2, 3, 4].slice(1, 3)", "[2, 3]"), ("[1].slice(1, 1)", "[]"), ("tags.slice(0, 1)", "['vpn']"),
            ("[1, 2].slice(0, 3)", "error: no index 0 to 3 among 2"),
            ("[1, 2].slice(-1, 1)", "error: no index -1 to 1 among 2"),
            ("[1, 2].slice(2, 1)", "error: no index 2 to 1 among 2"),
            ("[1].slice(0u, 1)", "error: 'slice' does not take list, uint, int"),
            ("[1, [2, [3, 4]]].flatten()", "[1, 2, [3, 4]]"), ("[1, [2, [3, [4]]]].flatten(2)", "[1, 2, 3, [4]]"),
            ("[[[]], [], [1]].flatten(9)", "[1]"), ("[[1]].flatten(0)", "[[1]]"), ("[].flatten()", "[]"),
            ("[1].flatten(-1)", "error: the depth of 'flatten' is out of range"),
            ("[1].flatten('x')", "error: 'flatten' does not take list, text"),
            ("[5, 3, 1].reverse()", "[1, 3, 5]"), ("tags.reverse()", "['vpn', 'vip', 'vpn']"),
            ("'abc'.reverse()", "'cba'"), ("{}.reverse()", "error: 'reverse' does not take object"),
            ("lists.range(4)", "[0, 1, 2, 3]"), ("lists.range(0)", "[]"), ("lists.range(-5)", "[]"),
            ("lists.range(2u)", "error: 'lists.range' does not take uint"),
        ])
    func shapes(text: String, value: String) {
        #expect(result(text, Self.record) == value)
    }

    @Test(
        "distinct keeps the first of those that are equal",
        arguments: [
            ("[1, 2, 2, 3, 3].distinct()", "[1, 2, 3]"), ("['b', 'b', 'c', 'a', 'c'].distinct()", "['b', 'c', 'a']"),
            ("[1, 'b', 2, 'b', 1u, 1.0, 2.5, 2.5].distinct()", "[1, 'b', 2, 2.5]"),
            ("[[1], [1.0], null, null, {'a': 1}, {'a': 1u}].distinct()", "[[1], null, {'a': 1}]"),
            ("tags.distinct()", "['vpn', 'vip']"), ("[true, 1, 'true'].distinct()", "[true, 1, 'true']"),
            (
                "[9223372036854775807, 9223372036854775808.0, 9223372036854775806].distinct()",
                "[9223372036854775807, 9223372036854775806]"
            ),
            ("['e\\u0301', '\\u00e9'].distinct().size()", "2"),
            ("[double('NaN'), double('NaN')].distinct().size()", "2"),
            ("'aa'.distinct()", "error: 'distinct' does not take text"),
        ])
    func distinct(text: String, value: String) {
        #expect(result(text, Self.record) == value)
    }

    @Test(
        "sort takes numbers, or values of one kind with an order",
        arguments: [
            ("[3, 2, 1].sort()", "[1, 2, 3]"), ("['b', 'c', 'a', 'B'].sort()", "['B', 'a', 'b', 'c']"),
            ("[].sort()", "[]"), ("[true, false].sort()", "[false, true]"), ("prices.sort()", "[1, 1.5, 2.50]"),
            ("[b'b', b'a'].sort()", "[b'a', b'b']"),
            ("[duration('1m'), duration('1s')].sort()", "[duration('1s'), duration('60s')]"),
            ("[timestamp(1), timestamp(0)].sort()[0]", "timestamp('1970-01-01T00:00:00Z')"),
            ("[1, 'b'].sort()", "error: 'sort' does not take list with int and text"),
            ("[[1]].sort()", "error: 'sort' does not take list with list and list"),
            ("[null].sort()", "error: 'sort' does not take list with null and null"),
            ("[1.0, double('NaN')].sort()", "error: 'sort' does not take list with NaN"),
            ("{}.sort()", "error: 'sort' does not take object"),
        ])
    func sort(text: String, value: String) {
        #expect(result(text, Self.record) == value)
    }

    @Test(
        "sortBy takes its keys from an expression, and leaves those with equal keys as they stand",
        arguments: [
            ("tickets.sortBy(t, t.id).map(t, t.id)", "[1, 2, 3]"),
            ("tickets.sortBy(t, t.due).map(t, t.id)", "[2, 3, 1]"),
            ("[1, 2, 3].sortBy(x, -x)", "[3, 2, 1]"), ("[].sortBy(x, nope)", "[]"),
            ("[1, 2].sortBy(x, nope)", "error: no field 'nope'"),
            ("[1, 2].sortBy(x, x == 1 ? 'a' : null)", "error: 'sortBy' does not take list with text and null"),
            ("{'a': 1}.sortBy(x, x)", "error: 'sortBy' does not take object"),
            ("[1].sortBy(1, 2)", "refused: the first argument of 'sortBy' names a variable"),
        ])
    func sortBy(text: String, value: String) {
        #expect(result(text, Self.record) == value)
    }

    @Test(
        "sets compare lists by their elements",
        arguments: [
            ("sets.contains([], [])", "true"), ("sets.contains([], [1])", "false"),
            ("sets.contains([1, 2, 3, 4], [2, 3])", "true"), ("sets.contains([1, 2.0, 3u], [1.0, 2u, 3])", "true"),
            ("sets.contains([[1], 2.5], [2.5, [1.0]])", "true"), ("sets.contains(tags, ['vip', 'nope'])", "false"),
            ("sets.equivalent([], [])", "true"), ("sets.equivalent([1], [1, 1u, 1.0])", "true"),
            ("sets.equivalent([1, 2], [1])", "false"), ("sets.equivalent([1], [1, 2])", "false"),
            ("sets.intersects([1], [])", "false"), ("sets.intersects([1], [1, 2])", "true"),
            ("sets.intersects([[1], [2, 3]], [[1, 2], [2, 3.0]])", "true"),
            ("sets.intersects(tags, ['x', 'vip'])", "true"),
            ("sets.contains([1], 1)", "error: 'sets.contains' does not take list, int"),
        ])
    func sets(text: String, value: String) {
        #expect(result(text, Self.record) == value)
    }
}
