import Model
import Values

/// Works out what undoes a run.
struct UndoPlanner {
    let inputs: Inputs
    var planner: Planner
    let records: Sides<RecordsByID>
    /// The bases of links that are undone in part by now.
    var bases: [Int: Base] = [:]
    var restored: [(position: Int, operation: Operation)] = []
    private var leftOut: [Undoing.LeftOut] = []

    init(_ inputs: Inputs) {
        self.inputs = inputs
        planner = Planner(inputs)
        records = inputs.snapshots.map(RecordsByID.init)
    }

    func result() -> Undoing {
        var plan = planner.plan
        plan.operations += restored.sorted { $0.position < $1.position }.map(\.operation)
        plan.greatestNumbers = planner.newIDs.map(\.greatest)
        plan.order()
        return Undoing(plan: plan, leftOut: leftOut)
    }

    mutating func undo(_ write: LoggedWrite) {
        guard let id = write.ids[write.side] else { return leaveUnknown(write) }
        switch write.verb {
        case .update: undoUpdate(write, id)
        case .create: undoCreate(write, id)
        case .delete: undoDelete(write, id)
        }
    }

    mutating func leave(_ write: LoggedWrite, _ id: RecordID, _ reason: Undoing.Reason, field: String? = nil) {
        leftOut.append(Undoing.LeftOut(side: write.side, id: id, field: field, reason: reason))
    }

    /// A system that gives ids told none.
    private mutating func leaveUnknown(_ write: LoggedWrite) {
        let source = write.side.other
        guard let id = write.ids[source] else { return }
        leftOut.append(Undoing.LeftOut(side: source, id: id, reason: .unknownID(on: write.side)))
    }

    /// Why a record that is no more stays so: where its partner has another one, that is told.
    mutating func leaveGone(_ write: LoggedWrite, _ id: RecordID, _ reason: Undoing.Reason?) {
        let other = write.side.other
        if let partner = write.ids[other], let link = inputs.links.find(partner, on: other) {
            let now = inputs.links.id(link, write.side)
            if now != id { return leave(write, id, .replaced(by: now, partner: partner)) }
        }
        if let reason { leave(write, id, reason) }
    }

    func record(_ number: Int, _ side: Side) -> SideRecord? {
        guard case .record(let record) = planner.readers[side].parse(number) else { return nil }
        return record
    }

    func record(of link: Int, _ side: Side) -> SideRecord? {
        records[side].number(of: link).flatMap { record($0, side) }
    }

    func base(of link: Int) -> Base {
        bases[link] ?? (try? inputs.bases.base(of: link)) ?? Base(fieldCount: planner.rules.count)
    }
}
