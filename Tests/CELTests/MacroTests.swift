import Testing
import Values

@testable import CEL

@Suite("Macros")
struct MacroTests {
    @Test(
        "of optimizers are read where that is asked for, and are no functions elsewhere",
        arguments: [
            ("cel.block([1, cel.index(0) + 1], cel.index(1) * 10)", "20"), ("cel.block([], 7)", "7"),
            (
                "[1, 2].map(cel.iterVar(0, 0), [cel.iterVar(0, 0)].filter(cel.iterVar(1, 0), cel.iterVar(0, 0) > 1))",
                "[[], [2]]"
            ),
            ("cel.block([1], cel.block([2], cel.index(0)))", "2"),
            ("cel.index(0)", "no field '@index0'"), ("cel.block(1, 2)", "no function 'block'"),
            ("cel.index('a')", "no function 'index'"),
        ])
    func blocks(text: String, value: String) throws {
        var options = CompileOptions()
        options.isChecked = false
        options.hasBlocks = true
        let program = try Expression.compile(text, options)
        do throws(EvaluationFailure) {
            let made = try program.evaluateCEL(Scope())
            #expect(made.description == value)
        } catch {
            #expect(error.message == value)
        }
        #expect(result(text).hasPrefix("error: no function '") || result(text).hasPrefix("refused: "))
    }

    @Test(
        "walk over lists, and over the keys of maps",
        arguments: [
            ("[1, 2, 3].all(x, x > 0)", "true"), ("[].all(x, nope)", "true"), ("[].exists(x, nope)", "false"),
            ("[1, 2].exists(x, x == 2)", "true"),
            ("[1, 2, 2].exists_one(x, x == 2)", "false"), ("[1, 2].existsOne(x, x == 2)", "true"),
            ("[1, 2].map(x, x * 2)", "[2, 4]"),
            ("[1, 2, 3].map(x, x > 1, x * 2)", "[4, 6]"), ("[1, 2, 3].filter(x, x != 2)", "[1, 3]"),
            ("{'a': 1, 'b': 2}.map(k, k + '!')", "['a!', 'b!']"),
            ("{'a': 1}.exists(k, k == 'a')", "true"), ("[[1, 2], [3]].map(x, x.map(y, y + 1))", "[[2, 3], [4]]"),
            ("[1].map(x, [2].map(x, x))", "[[2]]"),
            ("[1, 2].map(x, [3].map(y, x * y))", "[[3], [6]]"), ("tags.map(t, t.name)", "['vip']"),
            ("'abc'.map(x, x)", "error: 'map' does not take text"),
        ])
    func single(text: String, value: String) {
        #expect(result(text, ["tags": .list([.object(["name": .text("vip")])])]) == value)
    }

    @Test(
        "an element that decides wins over elements that fail, for all and exists only",
        arguments: [
            ("[0, 1].exists(x, 1 / x > 0)", "true"), ("[1, 0].exists(x, 1 / x > 1)", "error: division by zero"),
            ("[1, 0].all(x, 1 / x > 1)", "false"),
            ("[0, 1].all(x, 1 / x > 0)", "error: division by zero"),
            ("[1, 'x'].exists(x, x)", "error: expected bool, found int"), ("[true, 1].exists(x, x)", "true"),
            ("[1, 0].exists_one(x, 1 / x > 0)", "error: division by zero"),
            ("[0].map(x, 1 / x)", "error: division by zero"), ("[0].filter(x, 1 / x > 0)", "error: division by zero"),
        ])
    func absorption(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "with two variables, bind index and element, or key and value",
        arguments: [
            ("['a', 'b'].exists(i, v, i == 1 && v == 'b')", "true"), ("{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"),
            ("['a', 'b'].transformList(i, v, v + string(i))", "['a0', 'b1']"),
            ("['a', 'b'].transformList(i, v, i > 0, v)", "['b']"),
            ("{'a': 1, 'b': 2}.transformMap(k, v, v * 10)", "{'a': 10, 'b': 20}"),
            ("['x'].transformMap(i, v, v)", "{0: 'x'}"),
            ("{'a': 1}.transformMapEntry(k, v, {v: k})", "{1: 'a'}"),
            ("['a', 'a'].transformMapEntry(i, v, {v: i})", "error: the key 'a' stands twice"),
            ("[1].transformMapEntry(i, v, v)", "error: 'transformMapEntry' does not take int"),
            ("[5].existsOne(i, v, v == 5)", "true"),
        ])
    func double(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test(
        "cel.bind names a value",
        arguments: [
            ("cel.bind(x, 2, x * x)", "4"), ("cel.bind(x, 1, cel.bind(x, x + 1, x * 10))", "20"),
            ("[1, 2].map(y, cel.bind(z, y * 2, z + 1))", "[3, 5]"),
            ("cel.bind(x, nope, true)", "error: no field 'nope'"),
        ])
    func bind(text: String, value: String) {
        #expect(result(text) == value)
    }

    @Test("an evaluation that costs too much stops, whatever stands around it")
    func budget() throws {
        var options = CompileOptions()
        options.limits.steps = 1000
        let many = Value.list(Array(repeating: .int(1), count: 100))
        for text in [
            "l.map(x, l.map(y, y))", "l.all(x, l.all(y, y == 1)) || true",
            "l.all(x, l.exists(y, l.exists(z, z == 2))) || true",
            "l.map(a, t + t + t)", "l.map(a, l + l)", "l.map(x, l == l && x in l)", "l.map(a, t.contains('y'))",
            "l.map(a, t.matches('x*y'))",
            "l.map(a, t.replace('x', t))", "'' .replace('', t + t).replace('', t).replace('x', t).replace('x', t)",
        ] {
            let program = try Expression.compile(text, options)
            let scope = Scope(record: ["l": many, "t": .text(String(repeating: "x", count: 1000))])
            let failure = try #require(throws: EvaluationFailure.self, "\(text)") { try program.evaluate(scope) }
            #expect(failure.message == "the evaluation takes more than 1000 steps", "\(text)")
        }
    }
}
