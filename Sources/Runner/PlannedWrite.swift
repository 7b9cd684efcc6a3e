import CEL
package import Model
import Reconcile
package import Values

/// One write of a plan, as a person or a program is shown it.
package struct PlannedWrite: Sendable {
    /// A field that is written; of a delete, what goes with the record.
    package struct Field: Sendable {
        package var path: String
        package var before: Value
        package var after: Value
    }

    package var verb: WriteRequest.Verb
    /// The side that is written.
    package var side: Side
    /// The record that is written, and its partner on the other side; of a record without one, an empty id.
    package var id: RecordID
    package var partner: RecordID
    /// Of a record that is made again under a new id, the one that it had.
    package var formerID: RecordID?
    package var fields: [Field]
}

extension SyncReport {
    /// The write of a number in the plan, with every field's before and after; nil where there is no such write.
    package func write(_ number: Int) -> PlannedWrite? {
        guard let plan, let requests, plan.operations.indices.contains(number) else { return nil }
        let operation = plan.operations[number]
        let former = operation.verb == .create ? requests.whole(operation) : nil
        return PlannedWrite(
            verb: operation.verb, side: operation.side, id: plan.id(operation.target),
            partner: plan.id(operation.source), formerID: former?.formerID,
            fields: former?.fields.map { PlannedWrite.Field(path: $0.path.text, before: .null, after: $0.value) }
                ?? requests.fields(of: operation).map {
                    PlannedWrite.Field(path: $0.path.text, before: $0.before, after: $0.after)
                })
    }
}
