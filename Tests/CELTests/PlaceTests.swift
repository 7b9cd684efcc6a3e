import Diagnostics
import Testing
import Values

@testable import CEL

@Suite("Places")
struct PlaceTests {
    private let job = SourceOrigin.copied(file: "jobs/helpdesk.yaml", at: Position(line: 31, column: 15))

    @Test("a mistake points into the job file")
    func copied() throws {
        let error = #expect(throws: ExpressionError.self) { try Expression.compile("'é' == statu(x)", at: job) }
        #expect(
            error?.diagnostics.first?.place
                == Place(
                    file: "jobs/helpdesk.yaml", start: Position(line: 31, column: 22),
                    end: Position(line: 31, column: 27)))
        #expect(error?.diagnostics.first?.notes.isEmpty == true)
    }

    @Test("what went through escapes points to a fixed place, and a note says where inside")
    func reworked() throws {
        let place = Place(file: "jobs/helpdesk.yaml", line: 8, column: 3)
        let error = #expect(throws: ExpressionError.self) {
            try Expression.compile("1 +\n  'a' * 2", at: .reworked(place))
        }
        #expect(error?.diagnostics.first?.place == place)
        #expect(error?.diagnostics.first?.notes == [.init("at line 2, column 3 of the expression: 'a' * 2")])
    }

    @Test("a failure at run time points to the part that failed")
    func failures() throws {
        let program = try Expression.compile("size(user.email) > 3 && status == 'x'", at: job)
        let failure = try #require(throws: EvaluationFailure.self) {
            try program.evaluate(Scope(record: ["user": .object(["name": .text("x")]), "status": .text("x")]))
        }
        let diagnostic = program.diagnostic(failure)
        #expect(diagnostic.code == "no-such-field")
        #expect(diagnostic.message == "no field 'user.email'")
        #expect(diagnostic.place?.start == Position(line: 31, column: 25))
        #expect(diagnostic.place?.end == Position(line: 31, column: 30))
    }

    @Test(
        "every node covers the text that made it",
        arguments: [
            ("a + (b * c)", ["a + (b * c)", "a", "b * c", "b", "c"]),
            ("(a || b) && has(c.d)", ["(a || b) && has(c.d)", "a || b", "a", "b", "has(c.d)", "c.d", "c"]),
            (
                "x.map(v, v[0] ? -1 : !v)",
                ["x.map(v, v[0] ? -1 : !v)", "x", "v[0] ? -1 : !v", "v[0]", "v", "0", "-1", "!v", "v"]
            ),
            ("{'k': f(1)}", ["{'k': f(1)}", "'k'", "f(1)", "1"]),
        ])
    func spans(text: String, parts: [String]) throws {
        let source = ExpressionSource(text, at: .standalone)
        #expect(allNodes(of: try Expression.parse(text)).map { source.excerpt($0.span) } == parts)
    }

    private func allNodes(of expression: Expr) -> [Expr] {
        [expression] + expression.kind.children.flatMap { allNodes(of: $0) }
    }
}
