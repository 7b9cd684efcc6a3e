import Testing

@testable import CEL

@Suite("Types")
struct TypeTests {
    private static let given: [(name: String, type: CELType)] = [
        ("i", .int), ("s", .text), ("li", .list(.int)), ("m", .map(.text, .int)), ("d", .dyn), ("w", .nullable(.int)),
        ("price", .decimal), ("day", .date), ("t", .timestamp), ("o", .optional(.int)), ("k", .map(.int, .text)),
        ("ws", .nullable(.text)),
    ]

    private func type(_ text: String, strictly isStrict: Bool = false) -> String {
        var options = CompileOptions()
        options.isStrict = isStrict
        options.types.record = nil
        options.types.variables = Self.given
        do throws(ExpressionError) {
            return try Expression.check(text, options).type.description
        } catch {
            return "refused"
        }
    }

    @Test(
        "are the same by both rules where nothing is mixed",
        arguments: [
            ("[]", "list(dyn)"), ("{}", "map(dyn, dyn)"), ("[[], [1]]", "list(list(int))"), ("[1, 'a']", "list(dyn)"),
            ("{'a': 1, 'b': [2]}", "map(string, dyn)"), ("{1: 'a', 'b': 'c'}", "map(dyn, string)"),
            ("[[[]], []]", "list(list(list(dyn)))"), ("[optional.none(), optional.of(1)]", "list(optional_type(int))"),
            ("li.map(x, [x])", "list(list(int))"), ("m.map(x, x)", "list(string)"), ("k.filter(x, x > 1)", "list(int)"),
            ("m.transformMap(a, b, [b])", "map(string, list(int))"), ("li.transformMap(a, b, s)", "map(int, string)"),
            ("li.transformList(a, b, a + b)", "list(int)"), ("d.transformMap(a, b, 1)", "map(dyn, int)"),
            ("li.transformMapEntry(a, b, {s: b})", "map(string, int)"), ("li.exists_one(x, x == 1)", "bool"),
            ("m.x", "int"), ("m['x']", "int"), ("k[1]", "string"), ("li[0]", "int"), ("d.a[0].b", "dyn"),
            ("o.optMap(x, string(x))", "optional_type(string)"),
            ("o.optFlatMap(x, optional.of([x]))", "optional_type(list(int))"),
            ("d.optMap(x, 1)", "optional_type(int)"), ("o.value()", "int"), ("o.orValue(d)", "dyn"),
            ("{'a': o}.?a", "optional_type(optional_type(int))"), ("optional.of(m).x", "optional_type(int)"),
            ("m.?x", "optional_type(int)"), ("li[?0]", "optional_type(int)"), ("[?o, 2]", "list(int)"),
            ("optional.of(li)[0]", "optional_type(int)"), ("{?'a': o}", "map(string, int)"),
            ("cel.bind(x, li, x + x)", "list(int)"), ("cel.bind(x, [], x + [1])", "list(int)"), ("d + 1", "int"),
            ("d + d", "dyn"), ("d - d", "dyn"), ("-d", "dyn"), ("d[0]", "dyn"), ("d ? 1 : 2", "int"),
            ("true ? d : 1", "dyn"), ("true ? [1] : []", "list(int)"), ("w + 1", "int"), ("w == null", "bool"),
            ("[i, w]", "list(wrapper(int))"), ("[w, i, d]", "list(dyn)"),
            ("true ? w : null", "wrapper(int)"),
            ("type(li)", "type(list(int))"), ("int", "type(int)"), ("google.protobuf.Timestamp", "type(timestamp)"),
            ("type", "type(type(dyn))"), ("optional_type", "type(optional_type(dyn))"),
            ("li.first()", "optional_type(int)"),
            ("price + price", "double"),
            ("math.greatest(1, 2)", "int"), ("math.greatest([1.5])", "double"), ("math.least(1, 2.0)", "dyn"),
            ("math.least(1, 2, d)", "dyn"), ("optional.unwrap([o])", "list(int)"), ("[o].unwrapOpt()", "list(int)"),
            ("day < day", "bool"), ("timestamp(day)", "timestamp"), ("day.getMonth()", "int"), ("t - t", "duration"),
            ("([].map(x, x))[0].foo", "dyn"), ("[].map(x, x + x)", "list(int)"), ("optional.none().value().a", "dyn"),
        ])
    func agreed(text: String, wanted: String) {
        #expect(type(text) == wanted)
        #expect(type(text, strictly: true) == wanted)
    }

    @Test(
        "of the extension libraries are known",
        arguments: [
            ("li.slice(0, 1).reverse()", "list(int)"), ("lists.range(3)", "list(int)"),
            ("[[1]].sortBy(x, x[0])", "list(list(int))"), ("net.IP", "type(net.IP)"), ("[li].flatten()", "list(dyn)"),
            ("li.distinct().sort()", "list(int)"), ("sets.contains(li, [1])", "bool"), ("ip('1.2.3.4')", "net.IP"),
            ("cidr(s).masked().ip()", "net.IP"),
        ])
    func libraries(text: String, wanted: String) {
        #expect(type(text) == wanted)
        #expect(type(text, strictly: true) == wanted)
    }

    @Test(
        "that are mixed come together, and are refused by the language's own rules",
        arguments: [
            ("1 == 1.0", "bool"), ("i < 1.5", "bool"), ("1u <= price", "bool"), ("true ? 1 : 'a'", "dyn"),
            ("[1] + ['a']", "list(dyn)"), ("o.orValue('x')", "dyn"), ("1.0 in li", "bool"), ("k[1u]", "string"),
            ("li[1u]", "int"), ("li[1.0]", "int"), ("li == ['a']", "bool"), ("true ? null : 1", "dyn"),
            ("o.or(optional.of('x'))", "optional_type(dyn)"), ("[?d]", "list(dyn)"), ("w < 1.5", "bool"),
            ("o == optional.of('x')", "bool"), ("m == {1: 2}", "bool"),
        ])
    func mixed(text: String, wanted: String) {
        #expect(type(text) == wanted)
        #expect(type(text, strictly: true) == "refused")
    }

    @Test(
        "what is not certain to fail and the language's own rules take",
        arguments: ["t == null", "string(null)", "{1.5: 1}"])
    func onlyStrict(text: String) {
        #expect(type(text) == "refused")
        #expect(type(text, strictly: true) != "refused")
    }

    @Test("of what comes from a value of unknown type nothing is known, save by the language's own rules")
    func loosened() {
        #expect(type("li + d") == "list(dyn)")
        #expect(type("li + d", strictly: true) == "list(int)")
        #expect(type("[{1: d}, {d: 1}]") == "list(dyn)")
        #expect(type("[{1: d}, {d: 1}]", strictly: true) == "list(map(int, dyn))")
    }

    @Test(
        "are refused by both rules where they are certain to fail",
        arguments: [
            "1 == 'a'", "'a' in li", "1 in m", "k['a']", "li['a']", "m[1]", "[1].join(',')", "s.x", "li.x", "o.value",
            "optional.of(o).a", "o.map(x, x)", "li.optMap(x, x)", "o.optFlatMap(x, x)", "[?1]", "{?'a': 1}",
            "li.transformMapEntry(a, b, b)", "li.all(x, x)", "li.exists(x, x == 'a')", "-s", "!i", "i && true", "nope",
            "nope.a", ".nope", "s.nope()", "math.greatest(1, s)", "math.greatest()", "math.abs('a')", "ip(1)",
            "sets.contains([1], ['a'])", "day < t", "price + 1", "s + ws + 1", "o + o", "type(1) < type(2)",
            "[1].sortBy(1)",
        ])
    func refused(text: String) {
        #expect(type(text) == "refused")
        #expect(type(text, strictly: true) == "refused")
    }

    @Test(
        "may be null, and count as what they are else", arguments: ["ws + 'a'", "ws.size()", "ws == 'a'", "ws in [s]"])
    func nullable(text: String) {
        #expect(type(text) != "refused")
        #expect(type(text, strictly: true) != "refused")
    }

    @Test("are known of a program that was checked, and of no other")
    func program() throws {
        #expect(try Expression.compile("[1]").type == .list(.int))
        var options = CompileOptions()
        options.isChecked = false
        #expect(try Expression.compile("[1]", options).type == .dyn)
    }

    @Test("functions are declared beside the language's own, by their full names")
    func declared() throws {
        var options = CompileOptions()
        options.isStrict = true
        options.container = "a.b"
        options.types.functions = [
            "a.pair": [
                Signature([.parameter("X"), .parameter("Y")], to: .opaque("pair", [.parameter("X"), .parameter("Y")]))
            ],
            "front": [Signature(isMethod: true, [.opaque("pair", [.parameter("X"), .dyn])], to: .parameter("X"))],
            "size": [Signature([.bool], to: .text)],
        ]
        let type = { (text: String) in (try? Expression.check(text, options))?.type.description }
        #expect(type("pair(1, 'x')") == "pair(int, string)")
        #expect(type("pair(1, 'x').front()") == "int")
        #expect(type("[pair(1, 2), pair(dyn(1), 2)]") == "list(pair(dyn, int))")
        #expect(type(".pair(1, 2)") == nil)
        #expect(type(".a.pair(1, 2)") == "pair(int, int)")
        #expect(type("size(true)") == "string")
        #expect(type("size('x')") == nil)
    }

    @Test("every function of the library is known by its own signatures")
    func tables() {
        for name in Library.names {
            let wanted = Set(Library.function(name)?.overloads.map { "\($0.isMethod) \($0.parameters.count)" } ?? [])
            let found = Set(SignatureTable.signatures(name)?.map { "\($0.isMethod) \($0.parameters.count)" } ?? [])
            #expect(wanted.isSubset(of: found), "\(name)")
        }
    }
}
