import Testing

@testable import CEL

@Suite("Printing")
struct PrinterTests {
    @Test(
        "gives the brackets that are needed and no others",
        arguments: [
            ("((a + b)) * c", "(a + b) * c"), ("a + (b * c)", "a + b * c"), ("a - (b - c)", "a - (b - c)"),
            ("(a - b) - c", "a - b - c"), ("(a || b) && c", "(a || b) && c"), ("(a && b) && c", "(a && b) && c"),
            ("a ? b : (c ? d : e)", "a ? b : c ? d : e"), ("(a ? b : c) ? d : e", "(a ? b : c) ? d : e"),
            ("a ? (b ? 1 : 2) : c", "a ? (b ? 1 : 2) : c"), ("!(a == b)", "!(a == b)"), ("-(5)", "-(5)"),
            ("-(-a)", "-(-a)"),
            ("!(-a)", "!(-a)"), ("-(5.f())", "-(5.f())"), ("(-5).f()", "-5.f()"), ("(a + b).c", "(a + b).c"),
            ("a.b[c].d(e)", "a.b[c].d(e)"), ("a.`b-c`", "a.`b-c`"), ("{'a':1,?b:2}", "{'a': 1, ?b: 2}"),
            ("[?a,b]", "[?a, b]"),
            ("a.?b[?c]", "a.?b[?c]"), ("a.b.C{d:1,?e:f}", "a.b.C{d: 1, ?e: f}"), ("has(a.b)", "has(a.b)"),
            ("cel.bind(x,1,x)", "cel.bind(x, 1, x)"), ("l.existsOne(x,true)", "l.exists_one(x, true)"),
            ("l.existsOne(i,v,true)", "l.existsOne(i, v, true)"),
            ("l.map(x,p,t)", "l.map(x, p, t)"), ("\"it's\"", "\"it's\""), ("'a\\'\"\\n'", #"'a\'"\n'"#),
            ("b'\\xff\\'a'", #"b'\xff\x27a'"#), ("1e309 + -1e309", "1e999 + -1e999"), (".a.b", ".a.b"),
            (".f(1)", ".f(1)"), ("-5u", "-(5u)"), ("1.0", "1.0"),
            (#"'\u200d\u0301\U000E0001'"#, #"'\u200d\u0301\U000e0001'"#),
        ])
    func prints(text: String, printed: String) throws {
        let tree = try Expression.parse(text)
        #expect(tree.source == printed)
        #expect(try Expression.parse(printed).shape == tree.shape)
    }

    @Test("random trees are read back as they were", arguments: 0..<40)
    func roundTrip(seed: UInt64) throws {
        var maker = RandomExpression(seed: seed)
        for _ in 0..<100 {
            let tree = maker.tree(depth: 5)
            let printed = tree.source
            #expect(try Expression.parse(printed).shape == tree.shape, "seed \(seed): \(printed)")
        }
    }
}
