import Testing
import Values

@testable import CEL

@Suite("Two evaluators")
struct DifferentialTests {
    @Test("the compiled one and the plain one give the same", arguments: 0..<50)
    func agree(seed: UInt64) throws {
        var maker = RandomExpression(seed: seed &+ 1000)
        var options = CompileOptions()
        options.isChecked = false
        let scope = Scope(record: RandomExpression.record)
        let walker = TreeWalker(RandomExpression.record)
        for _ in 0..<200 {
            let text = maker.tree(depth: 4).source
            let program = try Expression.compile(text, options)
            let plain = outcome { () throws(Fault) in try walker.value(program.expression) }
            #expect(
                outcome { () throws(EvaluationFailure) in try program.evaluateCEL(scope) } == plain,
                "seed \(seed): \(text)")
            #expect(shown(program.trace(scope).outcome) == plain, "traced, seed \(seed): \(text)")
        }
    }

    /// Failures are compared as such: which of several comes first, the language leaves open.
    private func outcome<E: Error>(_ body: () throws(E) -> CELValue) -> String {
        do { return try body().description } catch { return "failure" }
    }

    private func shown(_ outcome: TraceNode.Outcome) -> String {
        if case .value(let value) = outcome { value.description } else { "failure" }
    }
}
