import Diagnostics
import Testing
import Values

@testable import CEL

@Suite("Records")
struct RecordTests {
    static let ticket: Object = [
        "id": .int(7), "status": .text("New"), "Due Date": .date(CalendarDate(year: 2026, month: 11, day: 21)!),
        "user": .object(["first": .text("Ann"), "phone": .null]), "tags": .list([.text("vip"), .text("vpn")]),
        "price": .decimal(Decimal("0.10")!), "type": .text("incident"), "closed": .bool(false),
    ]

    @Test(
        "fields are names, and paths lead into objects",
        arguments: [
            ("status", "'New'"), ("user.first", "'Ann'"), ("record.user.first", "'Ann'"),
            ("record['Due Date']", "date('2026-11-21')"),
            ("user['first']", "'Ann'"), ("tags[1]", "'vpn'"), ("user.phone", "null"), ("size(record)", "8"),
            ("type", "'incident'"),
            ("record.type", "'incident'"), ("type(status) == string", "true"), ("'status' in record", "true"),
            ("'phone' in user && !('x' in user)", "true"), ("tags.exists(t, t == status)", "false"),
            (".status", "'New'"),
        ])
    func reads(text: String, value: String) {
        #expect(result(text, Self.ticket) == value)
    }

    @Test(
        "what is not there is an error that names it",
        arguments: [
            ("statu", "error: no field 'statu'"), ("user.email", "error: no field 'user.email'"),
            ("user.email.domain", "error: no field 'user.email'"),
            ("user.phone.area", "error: 'area' is asked of null, which has no fields"),
            ("status.x", "error: 'x' is asked of text, which has no fields"),
            ("record.nope", "error: no field 'nope'"), ("record['no pe']", "error: no field 'no pe'"),
            ("tags[2]", "error: no index 2 among 2"),
            ("tags[-1]", "error: no index -1 among 2"),
            ("tags['a']", "error: 'a' is asked of list, which has no fields"),
            ("user[1]", "error: no key 1"),
        ])
    func missing(text: String, message: String) {
        #expect(result(text, Self.ticket) == message)
    }

    @Test(
        "has() asks only for the last step",
        arguments: [
            ("has(status)", "true"), ("has(nope)", "false"), ("has(user.first)", "true"), ("has(user.email)", "false"),
            ("has(user.phone)", "true"),
            ("has(record.status)", "true"), ("has(record.nope)", "false"), ("has(nope.x)", "error: no field 'nope'"),
            ("has(user.email.x)", "error: no field 'user.email'"),
            ("has(user.phone.x)", "error: 'x' is asked of null, which has no fields"),
            ("has({'a': 1}.a)", "true"), ("has({'a': 1}.b)", "false"),
            ("tags.all(t, has(t.x))", "error: 'x' is asked of text, which has no fields"),
            ("has(record)", "true"), ("has(int)", "false"),
        ])
    func has(text: String, value: String) {
        #expect(result(text, Self.ticket) == value)
    }

    @Test("a field named record hides the record itself")
    func fieldNamedRecord() {
        let odd: Object = ["record": .object(["a": .int(1)]), "b": .int(2)]
        #expect(result("record.a", odd) == "1")
        #expect(result("record.b", odd) == "error: no field 'b'")
        #expect(result("has(record.b)", odd) == "false")
        #expect(result("record == {'a': 1}", odd) == "true")
    }

    @Test("a name given beside the record hides its field")
    func extras() {
        let extras: [(String, Value)] = [("value", .int(90))]
        #expect(result("value / 60", ["value": .int(1)], extras: extras) == "1")
        #expect(result("record.value", ["value": .int(1)], extras: extras) == "1")
        #expect(result("value.x", extras: [("value", .object(["x": .bool(true)]))]) == "true")
        #expect(result("[1].map(value, value)", extras: extras) == "[1]")
        #expect(result("[1].map(value, .value)", extras: extras) == "[90]")
    }

    @Test("a name that was promised and not given is an error")
    func notGiven() throws {
        var options = CompileOptions()
        options.names = ["value"]
        let program = try Expression.compile("value + 1", options)
        #expect(throws: EvaluationFailure(.noValue(of: "value"), Span(0, 5))) { try program.evaluate(Scope()) }
        #expect(try program.evaluate(Scope(extras: [("other", .null), ("value", .int(1))])) == .int(2))
    }

    @Test("field names that hold the same letters in other bytes are other fields")
    func bytes() {
        let record: Object = ["Am\u{e9}": .int(1), "Ame\u{301}": .int(2)]
        #expect(result(#"record['Am\u00e9']"#, record) == "1")
        #expect(result(#"record['Ame\u0301']"#, record) == "2")
    }

    @Test("a program finds its fields in records of any shape")
    func shapes() throws {
        let program = try Expression.compile("b + c.d")
        for shape: Object in [
            ["a": .null, "b": .int(1), "c": .object(["d": .int(2)])],
            ["c": .object(["x": .null, "d": .int(2)]), "b": .int(1)],
            ["b": .int(1), "c": .object(["d": .int(2)])],
        ] {
            #expect(try program.evaluate(Scope(record: shape)) == .int(3))
        }
        #expect(throws: EvaluationFailure.self) { try program.evaluate(Scope(record: ["b": .int(1)])) }
    }

    @Test("results are values that a record can hold")
    func results() throws {
        #expect(
            try evaluate("{'a': [1, 2u, b'x'], 'b': record}")
                == .object([
                    "a": .list([.int(1), .uint(2), .bytes([0x78])]), "b": .object(Self.ticket),
                ]))
        #expect(try evaluate("price") == .decimal(Decimal("0.10")!))
        #expect(throws: EvaluationFailure(.notForRecords("a type"), Span(0, 7))) { try evaluate("type(1)") }
        #expect(throws: EvaluationFailure(.notForRecords("an object with a key that is int"), Span(0, 6))) {
            try evaluate("{1: 2}")
        }
    }

    private func evaluate(_ text: String) throws -> Value {
        try Expression.compile(text).evaluate(Scope(record: Self.ticket))
    }

    @Test(
        "the fields that an expression reads are known",
        arguments: [
            ("status == 'x' && user.email != ''", "status user.email", false),
            ("record['Due Date'] < record.due", "record['Due Date'] due", false),
            ("tags.exists(t, t.name == status)", "tags status", false), ("has(user.phone)", "user.phone", false),
            ("size(record) > 3", "", true),
            ("type(status) == int", "status", false), ("value + status", "status", false),
            ("user[status]", "user status", false),
            ("cel.bind(x, status, x + user.first)", "status user.first", false),
            ("fields['Due Date'].start", "fields['Due Date'].start", false),
        ])
    func uses(text: String, paths: String, readsWhole: Bool) throws {
        var options = CompileOptions()
        options.names = ["value"]
        let uses = try Expression.compile(text, options).uses
        #expect(uses.paths.map(\.text).joined(separator: " ") == paths)
        #expect(uses.readsWholeRecord == readsWhole)
    }

    @Test(
        "a field's path is read by the rules of expressions",
        arguments: [
            ("name", ["name"]), ("user.email", ["user", "email"]), ("fields['Due Date']", ["fields", "Due Date"]),
            ("record['Due Date'].start", ["Due Date", "start"]), ("a.`b-c`", ["a", "b-c"]), ("record", ["record"]),
            ("type", ["type"]),
        ])
    func paths(text: String, steps: [String]) throws {
        let path = try Expression.path(text)
        #expect(path.steps.map(\.text) == steps)
        #expect(path.text == text)
        #expect(try Expression.compile(text).path == path)
    }

    @Test(
        "what is more than a path is refused as one", arguments: ["a + b", "a[0]", "size(a)", "a.?b", "'a'", "a.b()"])
    func noPaths(text: String) throws {
        let error = #expect(throws: ExpressionError.self) { try Expression.path(text) }
        #expect(error?.diagnostics.first?.code == "not-a-field")
        #expect(error?.diagnostics.first?.message == "'\(text)' is an expression, and a field was expected")
    }
}
