import Model
import Values

extension Planner {
    /// Tells the records that cannot be read. Which they are is not always known.
    mutating func holdUnreadable() {
        for side in Side.allCases {
            for record in inputs.snapshots[side].unreadable {
                var ids = Sides<RecordID?>(left: nil, right: nil)
                ids[side] = record.id
                ids[side.other] = record.id.flatMap { inputs.links.partner(of: $0, on: side) }
                plan.holds.append(hold(ids, .malformed(side: side, message: record.message)))
            }
        }
    }
}
