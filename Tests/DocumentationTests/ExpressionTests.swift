import CEL
import Runner
import Testing
import Values

/// The examples of the page on expressions are evaluated.
@Suite struct ExpressionTests {
    static let path = "Sources/lockstep/Documentation.docc/Expressions.md"

    /// The rows of the tables: an expression, and what it gives.
    static let rows: [(expression: String, gives: String)] = {
        guard let document = try? Document(path) else { return [] }
        return document.text.split(separator: "\n").compactMap { line in
            let cells = line.split(separator: "`", omittingEmptySubsequences: false)
            guard line.hasPrefix("| `"), line.hasSuffix("` |"), cells.count == 5 else { return nil }
            return (String(cells[1]), String(cells[3]))
        }
    }()

    @Test("there are examples to try")
    func thereAreRows() {
        #expect(Self.rows.count > 70)
    }

    @Test("an example gives what stands beside it", arguments: rows)
    func example(expression: String, gives: String) throws {
        let block = try #require(try Document(Self.path).blocks.first { $0.language == "json" })
        guard case .object(let record) = try JSON.parse(Array(block.text.utf8)) else {
            Issue.record("the page has no record")
            return
        }
        var options = CompileOptions()
        options.timeZones = TimeZones(World.live.timeZone)
        let program = try Expression.compile(expression, options)
        #expect(try program.evaluateCEL(Scope(record: record)).description == gives)
    }
}
