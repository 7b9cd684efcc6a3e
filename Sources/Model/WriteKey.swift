package import Values

/// What names a write from one run to the next: the same write is one that sets the same fields of the same record to the same values.
package struct WriteKey: Sendable, Hashable {
    package var verb: WriteRequest.Verb
    /// The side that is written.
    package var side: Side
    /// The record that is written; of a create, the one that it is made from.
    package var id: RecordID
    /// A fingerprint of what is written.
    package var digest: Fingerprint

    package init(verb: WriteRequest.Verb, side: Side, id: RecordID, digest: Fingerprint) {
        self.verb = verb
        self.side = side
        self.id = id
        self.digest = digest
    }
}
