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
                  user.mail == '' failed: no field 'user'
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
    fileprivate func lines(indent: Int) -> [String] {
        let shown =
            switch outcome {
            case .value(let value): " = \(value)"
            case .failed(let failure): " failed: \(failure.message)"
            case .skipped: " skipped"
            }
        return [String(repeating: " ", count: indent) + source + shown]
            + children.flatMap { $0.lines(indent: indent + 2) }
    }
}
