import Model
import Reconcile
import TestKit
import Testing
import Values

/// A link that is not decided is looked at by every run until it is, whatever else a run trusts.
struct TrustTests {
    private func marks(_ sketch: Sketch) throws -> [String] {
        PlanText(plan: try sketch.plan, sync: sketch.sync, forms: sketch.forms).marks
    }

    @Test("a field that is mapped anew and held is held by the runs after that too, though nothing changed since")
    func mappedAnew() throws {
        var sketch = try Sketch(
            "fields: [name <-> name, phone <-> phone]", left: ["1: name=A, phone=111"],
            right: ["a: name=A, phone=999"], links: ["1=a | name=A, phone=111 | name=A, phone=999"])
        sketch.unknown = [1]
        sketch.trusts = false
        try expect(sketch, "hold 1=a: first values 111 | 999")
        #expect(try marks(sketch) == ["agree 1=a (open)"])
    }

    @Test("a link that waits for its parent gets it when it is there, though nothing changed but the parent")
    func waits() throws {
        var sketch = try Sketch(
            "fields: [{company <-> customer: {link: companies}}]", left: ["1: company=8"], right: ["a: customer="],
            links: ["1=a | company=8 | customer="])
        sketch.unknown = [0]
        sketch.sync.firstValues = .left
        sketch.trusts = false
        try expect(sketch, "hold 1=a: waits for crm/companies 8", mirrored: false)
        var situation = try sketch.situation()
        try situation.carryOut(sketch.plan, of: sketch)
        sketch.companies = ["8=C-8"]
        let next = Planner.plan(try situation.inputs(of: sketch, trusts: true))
        #expect(
            PlanText(plan: next, sync: sketch.sync, forms: sketch.forms).lines
                == [#"update right a: customer "" -> C-8"#])
    }

    static let filter =
        "fields: [name <-> name]\nleft: {collection: things, filter: open}\ndeletes: propagate"
    static let inScope = ["1=a | open=true, name=A | name=A"]

    /// The situation after a first run over a sketch, and the plan of a second over other records.
    private func second(_ sketch: Sketch, left: [String], right: [String]) throws -> [String] {
        var situation = try sketch.situation()
        try situation.carryOut(sketch.plan, of: sketch)
        situation.records = Sides(left: try left.map(Record.init), right: try right.map(Record.init))
        let plan = Planner.plan(try situation.inputs(of: sketch, trusts: true))
        return PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines
    }

    @Test("a record that a new filter leaves out is frozen for good: no edit and no delete of its partner reaches it")
    func narrowed() throws {
        var sketch = try Sketch(
            Self.filter, left: ["1: open=false, name=A"], right: ["a: name=A"],
            links: ["1=a | open=false, name=A | name=A"])
        sketch.trusts = false
        try expect(sketch, "skip 1 frozen")
        #expect(try marks(sketch) == ["agree 1=a (frozen left)"])
        let left = ["1: open=false, name=A"]
        #expect(try second(sketch, left: left, right: ["a: name=B"]) == ["skip 1 frozen"])
        #expect(try second(sketch, left: left, right: []) == ["skip 1 frozen"])
        // Back in scope, both are merged against what they were.
        #expect(
            try second(sketch, left: ["1: open=true, name=A"], right: ["a: name=B"]) == ["update left 1: name A -> B"])
    }

    @Test(
        "a record on which a new filter cannot be decided stays held: no edit and no delete of its partner reaches it")
    func undecided() throws {
        var sketch = try Sketch(
            Self.filter, left: ["1: open=7, name=A"], right: ["a: name=A"], links: ["1=a | open=7, name=A | name=A"])
        sketch.trusts = false
        try expect(sketch, "hold 1=a: filter left")
        let left = ["1: open=7, name=A"]
        #expect(try second(sketch, left: left, right: ["a: name=B"]) == ["hold 1=a: filter left"])
        #expect(try second(sketch, left: left, right: []) == ["hold 1=a: filter left"])
    }

    @Test("a frozen record that is deleted later is deleted on its own side alone")
    func frozenThenGone() throws {
        var sketch = try Sketch(
            Self.filter, left: ["1: open=false, name=A"], right: ["a: name=A"], links: Self.inScope)
        try expect(sketch, "skip 1 frozen")
        #expect(try second(sketch, left: [], right: ["a: name=A"]) == ["skip 1 frozen"])
        #expect(try second(sketch, left: [], right: []) == ["forget 1=a"])
        // That its filter cannot be decided meanwhile makes no difference.
        var situation = try sketch.situation()
        for record in ["1: open=false, name=A", "1: open=7, name=A"] {
            situation.records.left = [try Record(record)]
            let plan = Planner.plan(try situation.inputs(of: sketch, trusts: true))
            try situation.carryOut(plan, of: sketch)
        }
        sketch.records.left = []
        situation.records.left = []
        let plan = Planner.plan(try situation.inputs(of: sketch, trusts: true))
        #expect(PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines == ["skip 1 frozen"])
        // One that was in scope to the last is.
        sketch.records = Sides(left: [], right: ["a: name=A"])
        try expect(sketch, "delete right a: name=A")
    }

    @Test("a record that is gone where deletes are ignored is known to be so, and is told by its side")
    func goneForGood() throws {
        let sketch = try Sketch("fields: [name <-> name]", right: ["a: name=A"], links: ["1=a | name=A | name=A"])
        try expect(sketch, "skip 1 deletes ignored")
        #expect(try marks(sketch) == ["agree 1=a (open)"])
        #expect(try sketch.plan.skips.gone == Sides(left: 1, right: 0))
        #expect(try second(sketch, left: [], right: ["a: name=B"]) == ["skip 1 deletes ignored"])
        #expect(try second(sketch, left: ["1: name=C"], right: ["a: name=A"]) == ["update right a: name A -> C"])
    }

    @Test("a link whose base cannot be read is held, also where a record is gone")
    func noBase() throws {
        for left in [["1: name=B"], []] {
            let sketch = try Sketch(
                "fields: [name <-> name]\ndeletes: propagate", left: left, right: ["a: name=A"],
                links: ["1=a | name=A | name=A"])
            var inputs = try sketch.inputs()
            inputs.bases = BaseTable()
            let plan = Planner.plan(inputs)
            let text = PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms)
            #expect(text.lines == ["hold 1=a: malformed left"])
            #expect(text.marks == ["agree 1=a (open)"])
        }
    }

    private func doubt(_ lines: String, _ left: [String], _ right: [String]) throws -> Sketch {
        var sketch = try Sketch(
            lines, left: left, right: right, links: ["1=a | open=true, name=A, note=n | title=A, memo=n"])
        sketch.intended.right = ["1=a | open=true, name=B, note=n | title=B, memo=n"]
        return sketch
    }

    @Test("a doubt about an update is ended by its record, though the link is frozen or held")
    func doubtOfFrozen() throws {
        let lines = "fields: [name <-> title, note <-> memo]\nleft: {collection: things, filter: open}"
        for (open, told) in [("false", "skip 1 frozen"), ("7", "hold 1=a: filter left")] {
            let sketch = try doubt(lines, ["1: open=\(open), name=B, note=n"], ["a: title=B, memo=n"])
            let plan = try sketch.plan
            #expect(plan.settlements.count == 1)
            #expect(plan.settlements.first.map { !$0.base.isEmpty } == true)
            #expect(PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines.last == told)
            // Edited on while nobody looked, and back in scope: the edit goes on from what the dead run had written.
            let next = try second(sketch, left: ["1: open=true, name=C, note=n"], right: ["a: title=B, memo=n"])
            #expect(next == ["update right a: title B -> C"])
        }
    }

    @Test("a doubt stays open, and nothing is written of its link, while the record cannot be looked at")
    func doubtOfGone() throws {
        let lines = "fields: [name <-> title, note <-> memo]"
        let sketch = try doubt(lines, ["1: open=true, name=B, note=n"], [])
        let plan = try sketch.plan
        #expect(plan.settlements.isEmpty)
        #expect(plan.skips.gone == Sides(left: 0, right: 1))
        // That its partner is out of scope is not remembered either: it would end the doubt.
        let outside = try doubt(
            lines + "\ndeletes: propagate\nleft: {collection: things, filter: open}", ["1: open=false, name=B, note=n"],
            [])
        #expect(try outside.plan.settlements.isEmpty)
        #expect(try outside.plan.skips.frozen == 1)
    }

    @Test("a doubt of which the record shows no write is ended too")
    func doubtWithoutWrite() throws {
        let sketch = try doubt(
            "fields: [name <-> title, note <-> memo]", ["1: open=true, name=C, note=n"], ["a: title=D, memo=n"])
        try expect(sketch, "hold 1=a: conflict, was A | A, now C | D")
        #expect(try marks(sketch) == ["agree 1=a (open)"])
    }
}
