import Testing

@testable import CEL

@Suite("Large types")
struct LargeTypeTests {
    private func type(_ text: String) throws -> CELType {
        var options = CompileOptions()
        options.isStrict = true
        let triple = CELType.opaque("triple", [.parameter("A"), .parameter("B"), .parameter("C")])
        options.types.functions = [
            "triple": [Signature([.parameter("A"), .parameter("B"), .parameter("C")], to: triple)]
        ]
        return try Expression.check(text, options).type
    }

    @Test("a type that triples at every step is cut, and not followed to its end")
    func tripled() throws {
        var text = "v40"
        for step in (1...40).reversed() {
            text = "cel.bind(v\(step), triple(v\(step - 1), v\(step - 1), v\(step - 1)), \(text))"
        }
        let found = try type("cel.bind(v0, [], " + text + ")")
        #expect(found.description.utf8.count < 2_000_000)
        #expect(found.description.hasPrefix("triple(triple("))
    }

    @Test("variables that stand for each other many times over are held against each other")
    func equal() throws {
        for operation in ["==", "!="] {
            var text = "v40 \(operation) w40"
            for step in (1...40).reversed() {
                let (v, w) = ("v\(step - 1)", "w\(step - 1)")
                text =
                    "cel.bind(v\(step), [\(v)].map(x, triple(x, x, x)), cel.bind(w\(step), [\(w)].map(x, triple(x, x, x)), \(text)))"
            }
            #expect(try type("cel.bind(v0, [], cel.bind(w0, [], \(text)))") == .bool)
        }
    }

    @Test(
        "a variable never comes to stand for what it stands in",
        arguments: [
            "[].map(x, x == [x])", "cel.bind(x, [], x == [x])",
            "cel.bind(x, [], cel.bind(y, [x], x == [y] && y == [x]))",
            "cel.bind(x, optional.none(), [x, optional.of(x)])", "[[]].map(x, x + [x] + [[x]])",
        ])
    func circles(text: String) {
        // Found well typed or not, it is found.
        #expect(((try? type(text)) ?? .bool).description.utf8.count < 200)
    }

    @Test("chains of links between variables may be far longer than types are deep")
    func chain() throws {
        let count = 60
        var links: [String] = []
        for step in 0..<count {
            let nested = String(repeating: "[", count: 60) + "v\(step + 1)" + String(repeating: "]", count: 60)
            links.append("v\(step) == \(nested)")
        }
        var text = links.joined(separator: " && ") + " && v0 == v0 && [v0, v\(count)] == [v0]"
        for step in (0...count).reversed() { text = "cel.bind(v\(step), [], \(text))" }
        #expect(try type(text) == .bool)
    }

    @Test("long literals, long chains and many calls are found")
    func long() throws {
        let many = Array(repeating: "{'a': [1, 2], 'b': [dyn(3)]}", count: 2000).joined(separator: ", ")
        #expect(try type("[\(many)]").description == "list(map(string, list(dyn)))")
        let terms = (0..<2000).map { "[\($0)].exists(x, x == \($0))" }.joined(separator: " || ")
        #expect(try type(terms) == .bool)
        let deep = String(repeating: "[", count: 140) + "1" + String(repeating: "]", count: 140)
        #expect(try type(deep).description.hasPrefix("list(list("))
        #expect(try type("\(deep) == \(deep)") == .bool)
        #expect(try type("\(deep)").description.contains("list(int)"))
    }
}
