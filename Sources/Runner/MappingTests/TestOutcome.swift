import Connectors
import Model
import Reconcile
import Values

/// What a run would make of the records of a test.
struct TestOutcome {
    let inputs: Inputs
    let plan: Plan
    /// What both sides hold afterwards.
    private(set) var after: Sides<[Record]>

    struct Record {
        var id: RecordID
        var object: Object
        var isNew: Bool
        /// The numbers of the fields that were written.
        var written: [Int]
    }

    /// - Parameter before: what both sides hold, without records that stand for links alone.
    init(_ inputs: Inputs, before: Sides<[Object]>) {
        self.inputs = inputs
        plan = Planner.plan(inputs)
        after = Sides(left: [], right: [])
        for side in Side.allCases {
            after[side] = before[side].compactMap { object in
                object.id(inputs.capabilities[side].idFields).map {
                    Record(id: $0, object: object, isNew: false, written: [])
                }
            }
        }
        let requests = WriteRequests(plan, inputs.sync, inputs.capabilities)
        for number in plan.operations.indices { carryOut(number, requests) }
    }

    private mutating func carryOut(_ number: Int, _ requests: WriteRequests) {
        let operation = plan.operations[number]
        let request = requests.request(number)
        let at = after[operation.side].firstIndex { $0.id == request.id }
        if operation.verb == .delete {
            if let at { after[operation.side].remove(at: at) }
            return
        }
        var record =
            at.map { after[operation.side][$0] }
            ?? Record(id: request.id, object: Object(), isNew: true, written: [])
        for field in request.fields { _ = record.object.set(field.value, at: field.path) }
        if !operation.archives { record.written = plan.fieldSets[Int(operation.fieldSet)] }
        if let at { after[operation.side][at] = record } else { after[operation.side].append(record) }
    }

    /// The plan in short, one step for each write and each record that is held.
    var steps: [PlannedStep] {
        plan.operations.map { operation in
            let id = plan.id(operation.target)
            let isNew = operation.verb == .create && !operation.restores
            return PlannedStep(verb: operation.verb.rawValue, side: operation.side, id: isNew ? nil : id.key)
        } + heldSteps
    }

    private var heldSteps: [PlannedStep] {
        var seen: Set<PlannedStep> = []
        return plan.holds.compactMap { hold in
            let side: Side = hold.ids.left == nil ? .right : .left
            let step = PlannedStep(verb: "hold", side: side, id: hold.ids[side]?.key)
            return seen.insert(step).inserted ? step : nil
        }
    }
}
