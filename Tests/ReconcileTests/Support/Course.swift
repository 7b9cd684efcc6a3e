import Model
import Reconcile
import Testing
import Values

/// Runs one after another, each carried out, with what people do in between.
struct Course {
    var sketch: Sketch
    private(set) var situation: Situation
    private(set) var last: Plan

    init(_ sketch: Sketch) throws {
        self.sketch = sketch
        situation = try sketch.situation()
        last = Plan(sync: sketch.sync.name)
    }

    /// Plans, carries the plan out, and tells it.
    ///
    /// - Parameter trusts: not so after an edit of the job file.
    @discardableResult
    mutating func run(trusts: Bool = true) throws -> String {
        var inputs = try situation.inputs(of: sketch, trusts: trusts)
        inputs.isJobFileChanged = !trusts
        last = Planner.plan(inputs)
        try situation.carryOut(last, of: sketch)
        return PlanText(plan: last, sync: sketch.sync, forms: sketch.forms).lines.joined(separator: "\n")
    }

    /// Replaces what a side holds.
    mutating func set(_ side: Side, _ records: String...) throws {
        situation.records[side] = try records.map(Record.init)
    }

    /// The records of a side, without their ids.
    func held(_ side: Side) -> [String] {
        situation.records[side].map { record in
            record.object.names.filter { $0 != "id" }
                .map { "\($0)=\(record.object[$0].map(PlanText.text) ?? "")" }.joined(separator: ", ")
        }
    }

    var linkCount: Int { situation.table.count }
    var undecidedCount: Int { situation.table.undecidedCount }
}
