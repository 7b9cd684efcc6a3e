package import Model
package import Values

/// What puts back what a run wrote, and what of it stays as it is.
package struct Undoing: Sendable {
    /// The writes, with what is remembered before they are made.
    package var plan: Plan
    package var leftOut: [LeftOut] = []

    /// A write of the run, or a field of it, that is not put back.
    package struct LeftOut: Sendable, Hashable {
        package var side: Side
        package var id: RecordID
        /// The field's arrow; nil for the whole record.
        package var field: String?
        package var reason: Reason
    }

    package enum Reason: Sendable, Hashable {
        /// The field no longer holds what the run wrote.
        case edited(wrote: Value, now: Value)
        /// A record that the run made is not what it made, in these fields, or in some that the run did not write.
        case recordEdited(fields: [String])
        /// The record is there no more.
        case gone
        /// A record of that id is there again.
        case back
        /// The record has no link any more.
        case notLinked
        /// The record is no more, and another one is linked with its partner now.
        case replaced(by: RecordID, partner: RecordID)
        /// The run died before it was told under which id the side made a record, if it did.
        case unknownID(on: Side)
        /// The sync has no such field any more.
        case notMapped
        /// The record's bytes spell no record.
        case unreadable
        /// The collection gives new records ids of its own, so that this one cannot come back.
        case idIsAssigned
        /// The collection cannot do what would be needed.
        case cannot(WriteRequest.Verb)
    }
}

extension Planner {
    /// The links whose records and bases ``undo(_:_:)`` has to see.
    package static func links(of writes: [LoggedWrite], _ links: LinkTable) -> Set<Int> {
        Set(writes.compactMap { write in write.ids[write.side].flatMap { links.find($0, on: write.side) } })
    }

    /// Plans to put back what a run wrote: fields get their former values, records that were made are deleted, records that were
    /// deleted are made again. Both sides count as agreed as they then stand.
    package static func undo(_ writes: [LoggedWrite], _ inputs: Inputs) -> Undoing {
        let writes = folded(writes)
        var undoing = UndoPlanner(inputs)
        // Writes to the left are made first, and what those to the right leave behind takes them in.
        for side in Side.allCases {
            for write in writes where write.side == side { undoing.undo(write) }
        }
        return undoing.result()
    }

    /// What a run did to each record in the end. One that moved meanwhile was written twice: the first write tells what it held before,
    /// the last what it was given.
    private static func folded(_ writes: [LoggedWrite]) -> [LoggedWrite] {
        var folded: [LoggedWrite] = []
        var last = Sides<[RecordID: Int]>(left: [:], right: [:])
        for write in writes {
            guard let id = write.ids[write.side] else {
                folded.append(write)
                continue
            }
            let before = last[write.side][id]
            if write.verb == .update, write.setFields.isEmpty, let before, folded[before].takes(write) { continue }
            last[write.side][id] = write.verb == .delete ? nil : folded.count
            folded.append(write)
        }
        return folded
    }
}

extension LoggedWrite {
    /// Takes in a later update of the same record.
    fileprivate mutating func takes(_ later: LoggedWrite) -> Bool {
        guard setFields.isEmpty, verb != .delete, bond == .linked else { return false }
        if verb == .update {
            let known = fields.map(\.arrow)
            fields += later.fields.filter { field in !known.contains { $0.hasSameBytes(as: field.arrow) } }
        }
        base = later.base
        stored = later.stored
        return true
    }
}
