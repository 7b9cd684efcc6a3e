package import Values

/// A write that a run made, or that it is not known to have left undone, as its log tells of it.
package struct LoggedWrite: Sendable {
    /// A field of it.
    package struct Field: Sendable {
        /// Its number in the sync as it is now; nil where the sync has no such field any more.
        package var number: Int?
        package var arrow: String
        /// What it held before.
        package var was: Value

        package init(number: Int?, arrow: String, was: Value) {
            self.number = number
            self.arrow = arrow
            self.was = was
        }
    }

    /// A field that was set as a whole record's, whether it is mapped or not: archiving does, and what takes that back.
    package struct SetField: Sendable {
        package var path: FieldPath
        /// What it held before, as the record had it.
        package var was: Value
        /// What it was set to; nil where the log does not tell.
        package var wrote: Value?

        package init(path: FieldPath, was: Value, wrote: Value?) {
            self.path = path
            self.was = was
            self.wrote = wrote
        }
    }

    package var verb: WriteRequest.Verb
    /// The side that was written.
    package var side: Side
    /// The record that was written and its partner; nil where it had none.
    package var ids: Sides<RecordID?>
    /// The fields of an update, and of a delete.
    package var fields: [Field]
    /// Of an update that archived the record, or took that back, in the place of ``fields``.
    package var setFields: [SetField] = []
    /// The link's base after an update or a create; before a delete that left the partner alone. In the order of the sync's fields as
    /// they are now.
    package var base: Base?
    /// All that a deleted record held, or one that was brought back.
    package var record: WholeRecord?
    package var bond: Operation.Bond
    /// What the record was once it was written; ``Fingerprint/none`` where that is not known.
    package var stored = Fingerprint.none

    package init(
        verb: WriteRequest.Verb, side: Side, ids: Sides<RecordID?>, fields: [Field], base: Base?, record: WholeRecord?,
        bond: Operation.Bond
    ) {
        self.verb = verb
        self.side = side
        self.ids = ids
        self.fields = fields
        self.base = base
        self.record = record
        self.bond = bond
    }
}
