import Model
import Reconcile
import Testing
import Values

/// What is drafted ahead by several tasks is what the planner drafts by itself.
struct DraftTests {
    /// Enough records for several tasks, a few of which cannot be made, or are out of scope.
    static let records = (1...5000).map { number in
        switch number % 1000 {
        case 7: "\(number): name=n\(number), age=old"
        case 8: "\(number): name=n\(number), age=1, company=8"
        case 9: "\(number): name=n\(number), age=-1"
        default: "\(number): name=n\(number), age=\(number % 90), company=7"
        }
    }

    static let fields = """
        fields: [name <-> title, {age <-> years: {type: int}}, {company <-> firm: {link: companies}}]
        """

    /// The plan with drafts and the plan without.
    private func plans(_ sketch: Sketch) async throws -> (ahead: Plan, alone: Plan) {
        let inputs = try sketch.inputs()
        let drafts = await Drafts(inputs)
        var left = inputs
        if drafts.areAll { left.dropRawBytes() }
        return (Planner.plan(left, drafts), Planner.plan(inputs))
    }

    private func expectSame(
        _ sketch: Sketch, operations: Int, holds: Int, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let (ahead, alone) = try await plans(sketch)
        #expect(ahead.operations.count == operations, sourceLocation: sourceLocation)
        #expect(ahead.holds.count == holds, sourceLocation: sourceLocation)
        #expect(ahead.digest == alone.digest, sourceLocation: sourceLocation)
        #expect(ahead.holds == alone.holds, sourceLocation: sourceLocation)
        #expect(ahead.skips == alone.skips, sourceLocation: sourceLocation)
        let ids = { (plan: Plan) in plan.operations.map { [plan.id($0.target), plan.id($0.source)] } }
        #expect(ids(ahead) == ids(alone), sourceLocation: sourceLocation)
        #expect(
            ahead.operations.map { ahead.arena.bytes($0.base) } == alone.operations.map { alone.arena.bytes($0.base) },
            sourceLocation: sourceLocation)
    }

    @Test("a side that is new makes the same plan, holds and all")
    func newSide() async throws {
        var sketch = try Sketch(Self.fields, left: Self.records)
        sketch.companies = ["7=C-7"]
        try await expectSame(sketch, operations: 4990, holds: 10)
        try await expectSame(sketch.mirrored, operations: 4990, holds: 10)
    }

    @Test("all is drafted only where no other record has to be looked at")
    func all() async throws {
        var sketch = try Sketch(Self.fields, left: Self.records)
        #expect(await Drafts(try sketch.inputs()).areAll)
        sketch.links = ["1=a | name=n1, age=2, company=7 | title=n1, years=2, firm=7"]
        #expect(await !Drafts(try sketch.inputs()).areAll)
        let (ahead, alone) = try await plans(sketch)
        #expect(ahead.digest == alone.digest)
        #expect(ahead.holds == alone.holds)
        sketch.links = []
        sketch.records.left = ["1: name=n1"]
        #expect(await !Drafts(try sketch.inputs()).areAll)
    }

    @Test("a filter leaves the same records out")
    func filter() async throws {
        var sketch = try Sketch(Self.fields + "\nleft: {collection: things, filter: age != -1}", left: Self.records)
        sketch.companies = ["7=C-7"]
        let (ahead, alone) = try await plans(sketch)
        #expect(ahead.skips.outOfScope == 5)
        #expect(ahead.skips == alone.skips)
        #expect(ahead.digest == alone.digest)
    }

    @Test(
        "where records are paired, passed over, not made or link to each other, the plan is the same too",
        arguments: [
            (Self.fields + "\nmatch: company <-> firm", [], false),
            (Self.fields + "\nmatch: name <-> title", ["1: title=n1"], false),
            (Self.fields + "\nmatch: name <-> title\nfirst_run: link", [], true),
            (Self.fields + "\ncreates: left", [], false),
            ("fields: [name <-> title, {age <-> parent: {link: things}}]", [], false),
        ])
    func others(lines: String, right: [String], isFirstRun: Bool) async throws {
        var sketch = try Sketch(lines, left: Self.records, right: right)
        sketch.isFirstRun = isFirstRun
        let (ahead, alone) = try await plans(sketch)
        #expect(ahead.digest == alone.digest)
        #expect(ahead.holds == alone.holds)
        #expect(ahead.skips == alone.skips)
        #expect(ahead.settlements.count == alone.settlements.count)
        #expect(
            ahead.operations.count + ahead.holds.count + ahead.settlements.count + ahead.skips.createsNotAllowed > 0)
    }
}
