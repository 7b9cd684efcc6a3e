import Testing
import Values

@testable import CEL

@Suite("Budgets")
struct BudgetTests {
    private static let record: Object = [
        "l": .list((0..<100).map { .int($0) }), "deep": .list([.list((0..<1000).map { .int($0) })]),
        "p": .text("(a{30}){30}"), "t": .text(String(repeating: "x", count: 1000)),
        "texts": .list((0..<100).map { _ in .text(String(repeating: "y", count: 1000)) }),
    ]

    private func failure(_ text: String, steps: Int = 10_000_000, memory: Int = 128 << 20) throws -> Fault? {
        var options = CompileOptions()
        options.limits.steps = steps
        options.limits.memory = memory
        let program = try Expression.compile(text, options)
        do throws(EvaluationFailure) {
            _ = try program.evaluateCEL(Scope(record: Self.record))
            return nil
        } catch {
            return error.fault
        }
    }

    @Test(
        "steps run out, whatever the work is",
        arguments: [
            "l.map(x, l.map(y, y))", "l.all(x, l.all(y, l.all(z, z >= 0))) || true", "l.map(x, l == l && x in l)",
            "[deep].all(d, l.all(x, d == deep))", "l.all(x, sets.contains(l, l))", "l.all(x, l.sort() == l)",
            "l.map(x, l.sortBy(y, -y))", "l.map(x, l.distinct())", "l.map(x, deep.flatten())", "lists.range(100000)",
            "l.map(x, t.contains('y'))", "l.map(x, t.matches('x*y'))", "l.map(x, t.replace('x', 'yy'))",
            "texts.map(x, ''.matches(p))", "l.map(x, '%s'.format([l]))",
            "l.exists(x, x + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 < 0)"
                + " || l.exists(x, l.exists(y, y < 0))",
        ])
    func steps(text: String) throws {
        #expect(try failure(text, steps: 1000) == .tooCostly(steps: 1000))
        #expect(try failure(text) == nil)
    }

    @Test(
        "memory runs out, whatever is made",
        arguments: [
            "l.map(x, l + l)", "l.map(x, l.map(y, y))", "l.map(x, t + t)",
            "l.map(x, t + '-' + t)", "l.map(x, [x, x, x, x, x, x, x, x, x, x])", "l.map(x, {'a': x})",
            "l.transformMap(i, v, v)", "t.replace('x', t)", "t.replace('', t)", "texts.join(t)", "t.split('')",
            "t.split('x')", "'%s %s'.format([texts, texts])",
            "'%.1000f'.format([1.0]) + '%.1000f'.format([1.0]) + t + t",
            "l.map(x, bytes(t))", "lists.range(5000)", "l.map(x, l.slice(0, 50))", "[l, l, l, l, l, l, l, l].flatten()",
            "l.map(x, base64.encode(bytes(t)))", "l.map(x, t.upperAscii())", "l.map(x, l.reverse())",
        ])
    func memory(text: String) throws {
        #expect(try failure(text, memory: 3 << 10) == .tooLarge(bytes: 3 << 10))
        #expect(try failure(text) == nil)
    }

    @Test("texts that double with every step stop long before they fill the memory")
    func doubling() throws {
        var text = "x39"
        for step in (0..<40).reversed() {
            let before = step == 0 ? "t" : "x\(step - 1)"
            text = "cel.bind(x\(step), \(before) + \(before), \(text))"
        }
        #expect(try failure(text) == .tooLarge(bytes: 128 << 20))
        #expect(try failure("false && size(\(text)) > 0") == nil)
        #expect(try failure("size(\(text)) > 0 || true") == .tooLarge(bytes: 128 << 20))
    }

    @Test(
        "values that share their parts cost what they hold, wherever they are walked through",
        arguments: [
            "x39 == x39", "x39 in [x39]", "'%s'.format([x39]) == ''", "x39.flatten(1000).size() == 0",
            "sets.contains([x39], [x39])", "[x39, x39].distinct().size() == 1", "optional.of(x39) == optional.of(x39)",
            "{'a': x39} == {'a': x39}",
        ])
    func shared(body: String) throws {
        var text = body
        for step in (0..<40).reversed() {
            let before = step == 0 ? "l" : "x\(step - 1)"
            text = "cel.bind(x\(step), [\(before), \(before)], \(text))"
        }
        let fault = try #require(try failure(text, steps: 100_000))
        #expect(fault == .tooCostly(steps: 100_000))
        #expect(fault.code == .tooCostly)
    }

    @Test("a result that shares its parts is refused where a record could not hold it")
    func results() throws {
        var text = "x39"
        for step in (0..<40).reversed() {
            let before = step == 0 ? "l" : "x\(step - 1)"
            text = "cel.bind(x\(step), [\(before), \(before)], \(text))"
        }
        let program = try Expression.compile(text)
        let failure = try #require(throws: EvaluationFailure.self) { try program.evaluate(Scope(record: Self.record)) }
        #expect(failure.fault == .tooLarge(bytes: 128 << 20))
        let value = try program.evaluateCEL(Scope(record: Self.record))
        #expect(value.description.utf8.count < 1 << 21)
        #expect(program.trace(Scope(record: Self.record)).children.count == 2)
    }

    @Test("the limits are far from what honest expressions use")
    func generous() throws {
        let many: Object = ["rows": .list((0..<100_000).map { .object(["id": .int($0), "name": .text("row \($0)")]) })]
        let program = try Expression.compile(
            "rows.filter(r, r.id % 2 == 0).map(r, r.name.upperAscii() + '!').sort().slice(0, 10).join(', ').size()")
        let size = try program.evaluate(Scope(record: many))
        #expect(size == .int(108))
    }

    @Test("a failure says what ran out, in numbers")
    func messages() {
        #expect(Fault.tooCostly(steps: 7).message == "the evaluation takes more than 7 steps")
        #expect(Fault.tooLarge(bytes: 64 << 20).message == "the evaluation makes more than 64 MiB of values")
        #expect(Fault.tooLarge(bytes: 3 << 10).message == "the evaluation makes more than 3 KiB of values")
    }
}
