package import Model
import Values

/// A write of a saved plan that was not made.
package struct LeftOutWrite: Sendable, Equatable {
    /// The stable names of the kinds of reasons.
    package enum Cause: String, Sendable, CaseIterable {
        /// Both records are as the write would have left them.
        case done
        /// A record is another than when the plan was made.
        case changed
        /// A record is there no more, or one is there again that was gone.
        case gone, back
        /// The records have no link any more, or another one.
        case link
        case outOfScope = "out-of-scope"
        /// The id that was shown for a new record is another's by now.
        case taken
        /// The records are held now.
        case held
        /// Something else would be written now.
        case other
        /// The record could not be read.
        case unknown
        /// It was begun, and the record moved, or the system refused it.
        case failed
        /// The run was stopped before.
        case stopped
    }

    package var verb: WriteRequest.Verb
    /// The side that was to be written.
    package var side: Side
    /// The record that was to be written, and its partner; nil for one that has no id.
    package var ids: Sides<String?>
    package var cause: Cause
    /// A sentence.
    package var reason: String

    init(_ write: SavedWrite, _ cause: Cause, _ reason: String) {
        verb = write.verb
        side = write.side
        ids = write.ids.map { $0?.key }
        self.cause = cause
        self.reason = reason
    }
}

extension SyncReport {
    func leaving(_ writes: [LeftOutWrite]) -> SyncReport {
        var report = self
        report.leftOut = writes
        return report
    }
}
