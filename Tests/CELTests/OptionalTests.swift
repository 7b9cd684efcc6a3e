import Testing
import Values

@testable import CEL

@Suite("Optionals")
struct OptionalTests {
    private static let device: Object = [
        "name": .text("gw-1"), "owner": .null, "site": .object(["city": .text("Graz"), "room": .text("")]),
        "ports": .list([.int(22), .int(443)]),
    ]

    @Test(
        "are made, asked and opened",
        arguments: [
            ("optional.of(1)", "optional.of(1)"), ("optional.none()", "optional.none()"),
            ("optional.of(null).hasValue()", "true"), ("optional.none().hasValue()", "false"),
            ("optional.of('a').value()", "'a'"), ("optional.none().value()", "error: the optional holds no value"),
            ("optional.of(1).orValue(2)", "1"), ("optional.none().orValue(2)", "2"),
            ("optional.none().or(optional.of(2)).value()", "2"),
            ("optional.of(1).or(optional.none())", "optional.of(1)"),
            ("optional.unwrap([optional.of(1), optional.none(), optional.of('a')])", "[1, 'a']"),
            ("[optional.none()].unwrapOpt()", "[]"),
            ("[1, 2, 3].first()", "optional.of(1)"), ("[1, 2, 3].last().value()", "3"),
            ("[].first()", "optional.none()"),
            ("[].last().orValue('x')", "'x'"),
            ("type(optional.none()) == optional_type", "true"), ("type(optional.of(1))", "optional_type"),
        ])
    func making(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "of a value that is its kind's zero are none where that is asked for",
        arguments: [
            "null", "false", "0", "0u", "0.0", "-0.0", "''", "b''", "[]", "{}", "duration('0s')", "timestamp(0)",
        ])
    func zeros(text: String) {
        #expect(result("optional.ofNonZeroValue(\(text)).hasValue()") == "false")
        #expect(result("optional.of(\(text)).hasValue()") == "true")
    }

    @Test(
        "of other values hold them",
        arguments: ["true", "-1", "1u", "0.5", "'0'", "b'0'", "[0]", "{'': 0}", "duration('1ns')", "int"])
    func others(text: String) {
        #expect(result("optional.ofNonZeroValue(\(text)) == optional.of(\(text))") == "true")
    }

    @Test(
        "the other side is evaluated only where it is needed",
        arguments: [
            ("optional.of(1).orValue(1 / 0)", "1"), ("optional.none().orValue(1 / 0)", "error: division by zero"),
            ("optional.of(1).or(optional.of(1 / 0))", "optional.of(1)"),
            ("optional.none().or(1)", "error: 'or' does not take int"), ("optional.of(1).or(1)", "optional.of(1)"),
            ("1.orValue(2)", "error: 'orValue' does not take int"),
            ("true.or(false)", "error: 'or' does not take bool"),
            ("'x'.hasValue()", "error: 'hasValue' does not take text"),
            ("optional.unwrap([1])", "error: 'optional.unwrap' does not take int"),
        ])
    func lazily(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "come from fields that may be missing",
        arguments: [
            ("site.?city", "optional.of('Graz')"), ("site.?zip", "optional.none()"),
            ("record.?site.?city.orValue('?')", "'Graz'"), ("record.?rack.?unit.orValue(0)", "0"),
            ("record.?rack.unit", "optional.none()"), ("record.?site.city", "optional.of('Graz')"),
            ("record.?owner", "optional.of(null)"),
            ("record.?owner.?mail", "error: 'mail' is asked of null, which has no fields"),
            ("name.?x", "error: 'x' is asked of text, which has no fields"),
            ("rack.?unit", "error: no field 'rack'"), ("record[?'name']", "optional.of('gw-1')"),
            ("record[?'rack']", "optional.none()"), ("site[?'city'].hasValue()", "true"),
            ("ports[?1]", "optional.of(443)"), ("ports[?2]", "optional.none()"), ("ports[?-1]", "optional.none()"),
            ("ports[?1.0]", "optional.of(443)"), ("ports[?'x']", "error: '[]' does not take list, text"),
            ("ports[?0.5]", "error: no index 0.5 among 2"), ("{1: 2}[?1u]", "optional.of(2)"),
            ("{1: 2}[?1.5]", "optional.none()"), ("{1: 2}[?null]", "error: '[]' does not take object, null"),
            ("site.?room.optMap(r, r + '!')", "optional.of('!')"),
        ])
    func fields(text: String, value: String) {
        #expect(result(text, Self.device) == value)
    }

    @Test(
        "are looked into, and give optionals again",
        arguments: [
            ("optional.of({'a': {'b': 1}}).a.b", "optional.of(1)"), ("optional.of({'a': {}}).a.b", "optional.none()"),
            ("optional.none().a.b[0]", "optional.none()"), ("optional.of([5])[0]", "optional.of(5)"),
            ("optional.of([5])[1]", "optional.none()"), ("optional.of([5])[?0]", "optional.of(5)"),
            ("optional.of(1).a", "error: 'a' is asked of int, which has no fields"),
            ("optional.of(null)[0]", "error: '[]' does not take null, int"),
            ("has(optional.of({'a': 1}).a)", "true"), ("has(optional.of({'a': 1}).b)", "false"),
            ("has(optional.none().b)", "false"), ("has({}.?x.y)", "false"),
            ("{'a': optional.of({'b': optional.of(1)})}.a.b", "optional.of(optional.of(1))"),
            ("has(a.?b)", "refused: has() takes a field, such as has(user.email)"),
        ])
    func chains(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "leave elements and entries out",
        arguments: [
            ("[1, ?optional.none(), ?optional.of(2)]", "[1, 2]"), ("[?{}.?c]", "[]"),
            ("{?'a': optional.none(), 'b': 1, ?'c': optional.of(null)}", "{'b': 1, 'c': null}"),
            ("{?'mail': record.?mail, 'name': name}", "{'name': 'gw-1'}"),
            ("[?1]", "error: '?' does not take int"), ("{?'a': 1}", "error: '?' does not take int"),
            ("{?(1 / 0): optional.none()}", "error: division by zero"),
        ])
    func parts(text: String, value: String) {
        #expect(result(text, Self.device) == value)
    }

    @Test(
        "are mapped",
        arguments: [
            ("optional.of(41).optMap(x, x + 1)", "optional.of(42)"),
            ("optional.none().optMap(x, 1 / 0)", "optional.none()"),
            ("optional.of({'k': 1}).optFlatMap(m, m.?k)", "optional.of(1)"),
            ("optional.of({}).optFlatMap(m, m.?k)", "optional.none()"),
            ("optional.of(1).optFlatMap(x, x)", "error: 'optFlatMap' does not take int"),
            ("[1].optMap(x, x)", "error: 'optMap' does not take list"),
            ("optional.of(1).optMap(x, optional.of(2).optMap(y, [x, y]))", "optional.of(optional.of([1, 2]))"),
            ("optional.of(1).optMap(1, 2)", "refused: the first argument of 'optMap' names a variable"),
        ])
    func mapped(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "are equal where both are none, or hold what is equal",
        arguments: [
            ("optional.of(1) == optional.of(1.0)", "true"), ("optional.none() == optional.none()", "true"),
            ("optional.of(1) == optional.none()", "false"), ("optional.none() != optional.of(null)", "true"),
            ("optional.of(1) == 1", "false"), ("optional.of([1]) in [optional.of([1u])]", "true"),
            ("optional.of(1) < optional.of(2)", "error: '<' does not take optional, optional"),
            ("{optional.of(1): 1}", "error: optional cannot be a key"),
            ("string(optional.of(1))", "error: 'string' does not take optional"),
        ])
    func equality(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test("are no values of records, and the message says what to write")
    func results() throws {
        let fault = Fault.notForRecords("an optional")
        #expect(throws: EvaluationFailure(fault, Span(0, 11))) {
            try Expression.compile("record.?foo").evaluate(Scope())
        }
        #expect(fault.hint == "take its value: x.orValue(null)")
        #expect(Fault.emptyOptional.hint == "say what stands in its place: x.orValue(y)")
        #expect(Fault.emptyOptional.code == .noValue)
    }

    @Test("the field that is asked for is one that the expression reads")
    func uses() throws {
        let uses = try Expression.compile("record.?rack.orValue('') + site.?city.orValue(name)").uses
        #expect(uses.paths.map(\.text) == ["rack", "site.city", "name"])
        #expect(!uses.readsWholeRecord)
    }

    @Test("are traced with the parts that were not needed")
    func traced() throws {
        let node = try Expression.compile("record.?name.orValue(owner)").trace(Scope(record: Self.device))
        #expect(node.children.map(\.source) == ["record.?name", "owner"])
        guard case .value(let value) = node.children[0].outcome, case .skipped = node.children[1].outcome else {
            Issue.record("\(node.children.map(\.outcome))")
            return
        }
        #expect(value.description == "optional.of('gw-1')")
    }
}
