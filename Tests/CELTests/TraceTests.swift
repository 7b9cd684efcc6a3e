import Diagnostics
import Testing
import Values

@testable import CEL

@Suite("Traces")
struct TraceTests {
    private func trace(_ text: String, _ record: Object = [:]) throws -> String {
        try Expression.compile(text).trace(Scope(record: record)).lines(indent: 0).joined(separator: "\n")
    }

    @Test("show every part with its value, in the order of evaluation")
    func values() throws {
        let record: Object = ["queue": .text("Sales"), "status": .text("New"), "n": .int(3)]
        #expect(
            try trace("status != 'Spam' && n + 1 > 3 && queue in ['Service Desk', 'Network']", record) == """
                status != 'Spam' && n + 1 > 3 && queue in ['Service Desk', 'Network'] = false
                  status != 'Spam' = true
                    status = 'New'
                    'Spam' = 'Spam'
                  n + 1 > 3 = true
                    n + 1 = 4
                      n = 3
                      1 = 1
                    3 = 3
                  queue in ['Service Desk', 'Network'] = false
                    queue = 'Sales'
                    ['Service Desk', 'Network'] = ['Service Desk', 'Network']
                      'Service Desk' = 'Service Desk'
                      'Network' = 'Network'
                """)
    }

    @Test("mark what was not evaluated, and what failed")
    func skipped() throws {
        #expect(
            try trace("user.mail == '' || (a ? b : c) || d", ["a": .bool(true), "b": .bool(true)]) == """
                user.mail == '' || (a ? b : c) || d = true
                  user.mail == '' failed
                    user.mail failed: no field 'user'
                    '' skipped
                  a ? b : c = true
                    a = true
                    b = true
                    c skipped
                  d skipped
                """)
    }

    @Test("show the body of a macro once for every element")
    func macros() throws {
        #expect(
            try trace("l.exists(x, x > 1) && has(u.a)", ["l": .list([.int(1), .int(2), .int(3)]), "u": .object([:])])
                == """
                l.exists(x, x > 1) && has(u.a) = false
                  l.exists(x, x > 1) = true
                    l = [1, 2, 3]
                    x > 1 = false
                      x = 1
                      1 = 1
                    x > 1 = true
                      x = 2
                      1 = 1
                  has(u.a) = false
                """)
    }

    @Test("name a missing field by its path, wherever it was asked for")
    func missing() throws {
        let record: Object = ["user": .object(["name": .null]), "l": .list([.object(["a": .object([:])])])]
        for (text, message) in [
            ("user.mail.domain", "no field 'user.mail'"), ("record.user.mail", "no field 'user.mail'"),
            ("record['no pe'].x", "no field 'no pe'"), ("nope.x", "no field 'nope'"),
            ("record.nope", "no field 'nope'"),
            ("l.map(x, x.a.b)", "no field 'x.a.b'"), ("l[0].b", "no field 'b'"),
            ("user.name.first", "'first' is asked of null, which has no fields"),
            ("has(user.mail.domain)", "no field 'user.mail'"),
        ] {
            #expect(try trace(text, record).contains("failed: \(message)"), "\(text)")
        }
    }

    @Test("keep the first and the last of what a macro visits")
    func many() throws {
        let record: Object = ["l": .list((1...1000).map { .int($0) })]
        #expect(
            try trace("l.exists(x, x > 999)", record).split(separator: "\n").filter { !$0.contains("[1, 2") } == [
                "l.exists(x, x > 999) = true",
                "  x > 999 = false", "    x = 1", "    999 = 999", "  x > 999 = false", "    x = 2", "    999 = 999",
                "  x > 999 = false", "    x = 3", "    999 = 999",
                "  … 996 more", "  x > 999 = true", "    x = 1000", "    999 = 999",
            ])
        let nested = try Expression.compile("l.all(a, l.all(b, l.exists(c, c == b)))").trace(Scope(record: record))
        #expect(nested.count < 500)
    }

    @Test("leave out the fronts of functions' names, and the record itself")
    func names() throws {
        let node = try Expression.compile("math.abs(n) > 1 && record.?x.hasValue()").trace(
            Scope(record: ["n": .int(-2)]))
        #expect(node.children.map { $0.children.map(\.source) } == [["math.abs(n)", "1"], ["record.?x"]])
        #expect(node.children[0].children[0].children.map(\.source) == ["n"])
        #expect(node.children[1].children[0].children.isEmpty)
    }

    @Test("tell lists of literals from what was found")
    func literals() throws {
        let node = try Expression.compile("a in ['x', 'y'] || a in [b] || {'k': [1]} == a").trace(Scope())
        #expect(
            node.children.map { $0.children.map(\.isLiteral) } == [[false, true], [false, false], [true, false]])
    }

    @Test("agree with the evaluation that is not traced, and know their places")
    func places() throws {
        let origin = SourceOrigin.copied(file: "jobs/a.yaml", at: Position(line: 3, column: 9))
        let node = try Expression.compile("a == 'x'", at: origin).trace(Scope(record: ["a": .text("x")]))
        #expect(node.place == Place(file: "jobs/a.yaml", line: 3, column: 9, length: 8))
        #expect(node.children.map(\.place.start.column) == [9, 14])
        #expect(node.children.map(\.isLiteral) == [false, true])
    }
}

extension TraceNode {
    fileprivate var count: Int { children.reduce(1) { $0 + $1.count } }

    fileprivate func lines(indent: Int) -> [String] {
        let shown =
            switch outcome {
            case .value(let value): " = \(value)"
            case .failed where isFailedWithin: " failed"
            case .failed(let failure): " failed: \(failure.message)"
            case .skipped: " skipped"
            }
        let more = omitted > 0 ? [String(repeating: " ", count: indent) + "… \(omitted) more"] : []
        return more + [String(repeating: " ", count: indent) + source + shown]
            + children.flatMap { $0.lines(indent: indent + 2) }
    }
}
