package import Model
package import Values

/// A write of a run that is over, and where its values came from.
package struct PastWrite: Sendable {
    package enum Origin: Sendable, Equatable {
        /// The record's partner on that side.
        case side(Side)
        /// What another run had written was put back: the values are those from before.
        case undo
        /// The job file says what a record is given whose partner is gone.
        case archive
    }

    /// The run's whole name: `00000012-20261121T100000`.
    package var run: String
    package var origin: Origin
    package var write: PlannedWrite
    /// What the fields that the values came from held: they were set on that side, before the run.
    package var found: [PlannedWrite.Field] = []

    /// When the run began, to the second, as its name tells.
    package var time: Timestamp? { PastRun.time(of: run) }
}

extension PastWrite.Origin {
    /// `left`, `right`, `undo` or `archive`.
    package var name: String {
        switch self {
        case .side(let side): side.rawValue
        case .undo: "undo"
        case .archive: "archive"
        }
    }
}

/// Who set a field last, of those that runs wrote or took values from.
package struct LastSet: Sendable {
    package var side: Side
    package var path: String
    package var value: Value
    /// `left` or `right`: it was set there, on the field's own side by somebody else than Lockstep; or `undo`, `archive`.
    package var setBy: String
    /// The write that set it, or that found it so.
    package var past: PastWrite

    /// Of each field the last that is known, of the left side first.
    ///
    /// - Parameter writes: the oldest first. A delete ends what is known of its side.
    package static func all(_ writes: [PastWrite]) -> [LastSet] {
        var found = Sides<[LastSet]>(left: [], right: [])
        for past in writes {
            let side = past.write.side
            for field in past.found { found[side.other].note(LastSet(side.other, field, by: past)) }
            if past.write.verb == .delete {
                found[side] = []
            } else {
                for field in past.write.fields { found[side].note(LastSet(side, field, by: past)) }
            }
        }
        return found.left + found.right
    }

    private init(_ side: Side, _ field: PlannedWrite.Field, by past: PastWrite) {
        self.side = side
        path = field.path
        value = field.after
        setBy = past.origin.name
        self.past = past
    }
}

extension [LastSet] {
    fileprivate mutating func note(_ set: LastSet) {
        if let at = firstIndex(where: { $0.path.hasSameBytes(as: set.path) }) {
            self[at] = set
        } else {
            append(set)
        }
    }
}
