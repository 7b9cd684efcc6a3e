package import Values

/// A connection and a collection: what a run reads and writes.
///
/// Retry, pacing, tracing and dry run are endpoints around endpoints. What every endpoint owes is stated by the contract suite
/// in `TestKit`.
package protocol Endpoint: Sendable {
    var capabilities: Capabilities { get }

    /// A cheap look at the collection as a whole: equal stamps mean that nothing in it changed. nil where it cannot say.
    func stamp() async throws(EndpointFailure) -> CollectionStamp?

    /// Reads the collection from one end to the other. What comes back is complete, or it throws.
    func read(_ known: KnownRecords) async throws(EndpointFailure) -> Snapshot

    /// Makes the writes of a batch, in their order, and reports each once it has taken effect or failed. Before the first takes
    /// effect, ``WriteBatch/mayTakeEffect()`` has come back. Throws where nothing of the batch that was not reported has taken effect,
    /// and ``EndpointFailure/uncertain(message:)`` where that is not known.
    /// What comes back is the stamp of the collection as it is after these writes, where it costs no further look; nil where it is not
    /// known, and where the collection was no longer as ``WriteBatch/readAs`` says: then it holds what nobody has read, and a stamp
    /// would hide that.
    @discardableResult
    func write(_ batch: WriteBatch, report: (Int, WriteOutcome) -> Void) async throws(EndpointFailure)
        -> CollectionStamp?
}

/// What a collection says of itself as a whole: a file's digest, an API's ETag.
package struct CollectionStamp: Sendable, Hashable {
    package var text: String

    package init(_ text: String) { self.text = text }
}

/// Why a collection could not be read or written, by what follows from it.
package enum EndpointFailure: Error, Hashable {
    /// The content is not what it should be: `file:line:column` in `place`, where it has one.
    case malformed(place: String, message: String)
    /// The system refused: a missing file, a full disk.
    case unavailable(message: String)
    /// The content changed while it was read or written; nothing was written.
    case changedMeanwhile(name: String)
    /// The writes were on their way when something failed: whether those took effect that were not reported is not known, and
    /// found out by reading.
    case uncertain(message: String)
    /// The settings do not fit the collection: no such field for the id.
    case misconfigured(message: String)
}

/// One write, as an endpoint is asked for it.
package struct WriteRequest: Sendable {
    package enum Verb: String, Sendable, CaseIterable {
        case create, update, delete
    }

    package var verb: Verb
    package var id: RecordID
    /// What to set; nothing beside these fields is touched.
    package var fields: [(path: FieldPath, value: Value)]
    /// What the record was when this was planned; it is left alone if it is something else by now. ``Fingerprint/none`` where
    /// nothing is known.
    package var precondition: Fingerprint

    package init(
        verb: Verb, id: RecordID, fields: [(path: FieldPath, value: Value)] = [], precondition: Fingerprint = .none
    ) {
        self.verb = verb
        self.id = id
        self.fields = fields
        self.precondition = precondition
    }
}

/// Writes in their order, each made when it is asked for, so that a million of them are never in memory at once.
package struct WriteBatch: Sendable {
    package let count: Int
    /// The stamp of the collection as it was read when these writes were planned; nil where there was none.
    package let readAs: CollectionStamp?
    private let ready: @Sendable () async throws(EndpointFailure) -> Void
    private let make: @Sendable (Int) -> WriteRequest

    /// - Parameter ready: comes back when the writes may take effect.
    package init(
        count: Int, readAs: CollectionStamp? = nil,
        ready: @escaping @Sendable () async throws(EndpointFailure) -> Void = {},
        _ make: @escaping @Sendable (Int) -> WriteRequest
    ) {
        self.count = count
        self.readAs = readAs
        self.ready = ready
        self.make = make
    }

    package init(_ requests: [WriteRequest], readAs: CollectionStamp? = nil) {
        self.init(count: requests.count, readAs: readAs) { requests[$0] }
    }

    /// Whether a collection with this stamp may hold what was not read for these writes.
    package func isNews(_ stamp: CollectionStamp?) -> Bool { readAs != nil && stamp != readAs }

    package subscript(index: Int) -> WriteRequest { make(index) }

    /// Comes back when all that must be known of the writes after a crash is on disk. Every endpoint asks before anything outside
    /// changes; what it can prepare without that, such as the next content of a file, it prepares meanwhile.
    package func mayTakeEffect() async throws(EndpointFailure) { try await ready() }
}

/// What came of a write.
package enum WriteOutcome: Sendable, Hashable {
    /// The record is now what was asked for; its fingerprint, ``Fingerprint/none`` after a delete.
    case stored(Fingerprint)
    /// The record is not what it was when the write was planned, or is no longer there: it was left alone.
    case moved
    /// The record was refused, with the reason.
    case refused(String)
}
