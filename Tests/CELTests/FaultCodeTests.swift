import CEL
import Diagnostics
import Testing
import Values

struct FaultCodeTests {
    private static let faults: [(String, ExpressionCode)] = [
        ("missing", .noSuchField), ("{'a': 1}['b']", .noSuchField), ("text / 2", .wrongKind), ("text.a", .wrongKind),
        ("nothing.a", .wrongKind), ("number ? 1 : 2", .wrongKind), ("9223372036854775807 + number", .outOfRange),
        ("[1, 2][number]", .outOfRange), ("number % 0", .divisionByZero), ("int(text)", .cannotConvert),
        ("{text: 1, 'abc': 2}", .repeatedKey), ("text.matches('(')", .badPattern),
        ("'%d'.format([text])", .badPlaceholder), ("'%s'.format([])", .badPlaceholder),
        ("record[?'missing'].value()", .noValue), ("text.getHours('Nowhere')", .unknownTimeZone),
        ("lists.range(1000000000)", .tooCostly),
    ]

    @Test("what goes wrong over a record has a code", arguments: faults)
    func code(expression: String, code: ExpressionCode) throws {
        var options = CompileOptions()
        options.isChecked = false
        let program = try Expression.compile(expression, options)
        let record: Object = ["text": .text("abc"), "number": .int(4711), "nothing": .null]
        let failure = #expect(throws: EvaluationFailure.self) { try program.evaluateCEL(Scope(record: record)) }
        #expect(failure?.fault.code == code)
        let diagnostic = program.diagnostic(try #require(failure))
        #expect(diagnostic.code == code.rawValue)
        #expect(!code.meaning.isEmpty)
    }

    @Test("a value that no record can hold is of the wrong kind")
    func noValueOfRecords() throws {
        let program = try Expression.compile("type(1)")
        let failure = #expect(throws: EvaluationFailure.self) { try program.evaluate(Scope(record: Object())) }
        #expect(failure?.fault.code == .wrongKind)
    }
}
