package import Diagnostics
package import Values

/// A record, or a field of it, that a run leaves alone, and why. Facts only: the sentences are made where they are shown.
package struct Hold: Error, Hashable {
    /// The id on each side, where there is one.
    package var ids: Sides<RecordID?>
    package var reason: Reason
    /// The line of the job file that decided.
    package var place: Place?
    /// The write that failed, where one did.
    package var write: WriteKey?

    package init(ids: Sides<RecordID?>, reason: Reason, place: Place? = nil, write: WriteKey? = nil) {
        self.ids = ids
        self.reason = reason
        self.place = place
        self.write = write
    }

    package enum Reason: Error, Hashable {
        /// Both sides changed the field, to different things.
        case conflict(field: String, base: Sides<Value>, now: Sides<Value>)
        /// The pair was first met with different values.
        case firstValues(field: String, now: Sides<Value>)
        /// A number or a bool meets text of a side that has nothing else, and the field has no type.
        case needsType(field: String, now: Sides<Value>)
        /// The policy is `newest`, and a side has no time of its last change, or both have the same.
        case noNewest(field: String, now: Sides<Value>)
        /// Several records share the key by which they would be paired.
        case ambiguousMatch(key: String, candidates: Sides<[RecordID]>)
        /// The record's bytes spell no record.
        case malformed(side: Side, message: String)
        /// It would be made on a side where a record cannot be read, which may be the one.
        case mayBeUnread(side: Side)
        /// The filter could not be decided.
        case filter(side: Side, message: String)
        /// The value of a field could not be worked out.
        case evaluation(field: String, message: String)
        /// The value is not of the field's type.
        case wrongType(field: String, message: String)
        /// The table of values has no entry for the value.
        case unmapped(field: String, value: Value)
        /// The record that the field names is not linked yet.
        case parentNotLinked(field: String, sync: SyncName, id: RecordID)
        /// The record that the field names is made by this run, and has no id before that.
        case parentAwaited(field: String, id: RecordID)
        /// The record is its own ancestor.
        case parentCycle(field: String, id: RecordID)
        /// What the field holds names no record.
        case notAnID(field: String, value: Value)
        /// Nothing gives the new record an id.
        case noNewID(side: Side, fields: [String])
        /// The new record would get an id that is taken.
        case idTaken(side: Side, id: RecordID)
        /// The new record would get the id of a record that its side's filter leaves out.
        case idOutOfScope(side: Side, id: RecordID)
        /// The change would set the field that names the record.
        case changesID(side: Side, field: String)
        /// One side deleted the record, the other edited it.
        case deletedAndEdited(deleted: Side)
        /// The record left its scope on one side, and its partner was edited.
        case leftScopeAndEdited(left: Side)
        /// A run that died was to make the record on a side, and what stands there under its id is so in part alone: these fields, as
        /// arrows, are not as they were to be.
        case createInDoubt(side: Side, fields: [String])
        /// It is not known whether a record was made on a side, of which only that side knows the id. These are there without a link, and
        /// hold some of what was to be written.
        case madeInDoubt(side: Side, candidates: [RecordID])
        /// What the sync's policies ask for on a side, its direction or 'creates' does not allow.
        case notAllowed(side: Side, verb: WriteRequest.Verb)
        /// The collection cannot do what would be needed.
        case cannot(side: Side, verb: WriteRequest.Verb)
        /// The other system refused the write.
        case refused(side: Side, message: String)
        /// The write failed before, and is not to be tried again yet.
        case putOff(WriteKey)
        /// The field is set in turn to one value and the other, again and again.
        case oscillation(field: String, values: Sides<Value>, before: Sides<Value>)
        /// What the connection may do does not reach to this write.
        case forbidden(side: Side, message: String)
        /// The other system asked to be asked later, and there was no more time.
        case askedLater(side: Side, message: String)
        /// The write was on its way, and no answer came: whether it took effect is not known.
        case inDoubt(side: Side, verb: WriteRequest.Verb, message: String)
        /// The record moved between the plan and the write.
        case moved(side: Side)
    }
}
