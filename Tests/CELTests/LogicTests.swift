import Testing
import Values

@testable import CEL

@Suite("Logic")
struct LogicTests {
    @Test(
        "a term that decides wins over terms that fail",
        arguments: [
            ("false && nope", "false"), ("nope && false", "false"), ("true || nope", "true"), ("nope || true", "true"),
            ("'x' || true", "true"),
            ("1/0 > 0 && false && 'x'", "false"), ("true && nope", "error: no field 'nope'"),
            ("nope || false", "error: no field 'nope'"),
            ("'x' && true", "error: expected bool, found text"), ("[] && true", "error: expected bool, found list"),
            ("nope && other", "error: no field 'nope'"),
            ("f(17) || true", "true"), ("f(17)", "error: no function 'f'"), ("!nope", "error: no field 'nope'"),
            ("!1", "error: expected bool, found int"),
        ])
    func absorption(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "a conditional runs one branch, and its condition must be a bool",
        arguments: [
            ("true ? 1 : nope", "1"), ("false ? nope : 'x'", "'x'"), ("nope ? 1 : 2", "error: no field 'nope'"),
            ("1 ? 1 : 2", "error: expected bool, found int"),
            ("on ? 1 : nope", "1"), ("!(on ? false : nope)", "true"),
        ])
    func conditional(text: String, value: String) {
        #expect(result(text, ["on": .bool(true)]) == value)
    }

    @Test("a constant that fails does so only when it is reached")
    func lazyConstants() {
        #expect(result("false && timestamp('x') < timestamp('y')") == "false")
        #expect(result("on ? 1 : 1 / 0", ["on": .bool(true)]) == "1")
    }

    @Test("a bool result is asked for as such")
    func boolResults() throws {
        #expect(try Expression.compile("1 < 2").evaluateBool(Scope()))
        #expect(throws: EvaluationFailure(.notBool(kind: "int"), Span(0, 1))) {
            try Expression.compile("x").evaluateBool(Scope(record: ["x": .int(1)]))
        }
    }
}
