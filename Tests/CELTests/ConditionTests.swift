import CEL
import Testing
import Values

/// The conditions of a filter, and what each comes to.
struct ConditionTests {
    private func parts(_ source: String, _ record: Object = [:]) throws -> [String] {
        let program = try Expression.compile(source)
        let decisions = program.decisions(Scope(record: record))
        #expect(decisions.count == program.conditions.count)
        return zip(program.conditions, decisions).map { "\($0.source)=\($1.map(String.init) ?? "-")" }
    }

    @Test(
        "each condition is told by itself, and only where it is asked",
        arguments: [
            ("a == 1", ["a == 1=true"]), ("a == 1 && b == 2", ["a == 1=true", "b == 2=false"]),
            ("a == 2 && b == 2", ["a == 2=false", "b == 2=-"]), ("a == 1 || b == 2", ["a == 1=true", "b == 2=-"]),
            ("a == 2 || !(b == 2)", ["a == 2=false", "b == 2=false"]),
            ("a == 1 ? b == 3 : b == 4", ["a == 1=true", "b == 3=true", "b == 4=-"]),
            ("a == 2 ? b == 3 : b == 4", ["a == 2=false", "b == 3=-", "b == 4=false"]),
            ("(a == 1 || b == 9) && (b == 3 || a == 9)", ["a == 1=true", "b == 9=-", "b == 3=true", "a == 9=-"]),
            ("missing == 1 || a == 1", ["missing == 1=-", "a == 1=true"]), ("true", []),
            ("[1, 2].exists(x, x == a)", ["[1, 2].exists(x, x == a)=true"]),
        ])
    func decisions(source: String, expected: [String]) throws {
        #expect(try parts(source, ["a": .int(1), "b": .int(3)]) == expected)
    }
}
