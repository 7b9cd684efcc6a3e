package import Values

/// A connection and a collection: what a run reads and writes.
///
/// Retry, pacing, tracing and dry run are endpoints around endpoints. What every endpoint owes is stated by the contract suite
/// in `TestKit`.
package protocol Endpoint: Sendable {
    var capabilities: Capabilities { get }

    /// A cheap look at the collection as a whole: equal stamps mean that nothing in it changed. nil where it cannot say.
    func stamp() async throws(EndpointFailure) -> CollectionStamp?

    /// Asks the system whatever costs it least and tells whether it answers, and accepts the credentials: throws
    /// ``EndpointFailure/unauthorised(message:fault:)``, ``EndpointFailure/unreachable(message:fault:)`` or
    /// ``EndpointFailure/busy(message:after:)`` where it does not.
    func probe() async throws(EndpointFailure)

    /// Reads the collection: what the extent asks for, or more of it. ``Snapshot/isWhole`` says whether it was all. What comes back is
    /// complete as far as it goes, or it throws: a page that is missing is never a record that is gone.
    ///
    /// - The cursor that it gives is from before it asked for the first page, so that what changes while it reads is read again. What a
    ///   clock decides is the system's own: a cursor is made of what the system said, never of the time of this host.
    /// - A record that stands on two pages, because it moved between them, is no mistake: either counts, and the other is passed over.
    ///   A later version is read again by the next run, for the cursor is older. Where nothing moves by itself, as in a file, an id that
    ///   stands twice is a mistake.
    /// - Where the system no longer knows a cursor, the whole is read.
    /// - An id that was asked for is given as a record, as absent where the system says 'not found', or not at all where it says
    ///   anything else, such as that this record may not be seen. Of such a record nothing follows.
    /// - Where the collection itself may not be read (403), though the credentials are accepted, it throws
    ///   ``EndpointFailure/forbidden(message:)`` with the permission that is missing: the sync fails, and others on the connection
    ///   go on.
    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot

    /// What the system says of the fields of the collection; nil where it says nothing, and only its records show them.
    func declaredSchema() async throws(EndpointFailure) -> CollectionSchema?

    /// Some records, at most so many, spread over the collection.
    func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample

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

extension Endpoint {
    package func probe() async throws(EndpointFailure) { _ = try await stamp() }

    package func declaredSchema() async throws(EndpointFailure) -> CollectionSchema? { nil }

    /// Reads the whole collection: whoever can ask for less does.
    package func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample {
        CollectionSample(of: try await read(KnownRecords(links: LinkTable(), side: .left), .whole), atMost: most)
    }

    /// Reads the collection from one end to the other.
    package func read(_ known: KnownRecords) async throws(EndpointFailure) -> Snapshot { try await read(known, .whole) }
}

/// How much of a collection is to be read.
package enum ReadExtent: Sendable {
    case whole
    /// What changed since a cursor, with the overlap that the endpoint finds right, and the records of some ids, changed or not.
    case changes(since: Cursor, and: [RecordID])
    /// The records of some ids.
    case only([RecordID])
}

/// Up to where a collection has been read by changes, in the words of its endpoint: an instant, a page token, a sequence number. It
/// holds no secret.
package struct Cursor: Sendable, Hashable {
    package var text: String

    package init(_ text: String) { self.text = text }
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
    /// The credentials are not accepted: the connection is broken, whatever is asked of it. The fault is nil where the system does not
    /// tell what is wrong with them.
    case unauthorised(message: String, fault: ConnectionFault? = nil)
    /// The system cannot be reached, or answers as none of its kind does; nothing took effect. The fault is nil where it is not known
    /// how far the way to it goes.
    case unreachable(message: String, fault: ConnectionFault? = nil)
    /// The credentials are accepted, and do not permit to use this collection; others on the connection may be used.
    case forbidden(message: String)
    /// The system asks to be left alone for a while, as long as it says; nothing took effect.
    case busy(message: String, after: Duration?)
}

/// One write, as an endpoint is asked for it.
package struct WriteRequest: Sendable {
    package enum Verb: String, Sendable, CaseIterable {
        case create, update, delete
    }

    package var verb: Verb
    /// The record; of a create where ``NewIDs/assigned``, ``RecordID/unassigned``.
    package var id: RecordID
    /// What to set; nothing beside these fields is touched.
    package var fields: [(path: FieldPath, value: Value)]
    /// What the record was when this was planned; it is left alone if it is something else by now. ``Fingerprint/none`` where
    /// nothing is known.
    package var precondition: Fingerprint
    /// What the endpoint may tell the system to know this write by when it is asked for again; nil where nobody remembers it. Only
    /// creates have one.
    package var key: String?
    /// Of a create, the record as it once stood here: where its bytes still spell these fields, and the collection has an order, it
    /// comes back as it was.
    package var former: WholeRecord?

    package init(
        verb: Verb, id: RecordID, fields: [(path: FieldPath, value: Value)] = [], precondition: Fingerprint = .none,
        key: String? = nil, former: WholeRecord? = nil
    ) {
        self.verb = verb
        self.id = id
        self.fields = fields
        self.precondition = precondition
        self.key = key
        self.former = former
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
    /// The write took effect: the record's fingerprint, ``Fingerprint/none`` after a delete, and what the system made of it where that
    /// is not exactly what was asked for.
    case stored(Fingerprint, as: StoredRecord? = nil)
    /// The record is not what it was when the write was planned, or is no longer there; of a create, another has its id by now. It was
    /// left alone.
    case moved
    /// The record was refused, with the reason.
    case refused(String)
    /// What the connection may do does not reach to this record or field, with the system's words.
    case forbidden(String)
    /// The system asks to be asked later, and nothing took effect.
    case later(String, after: Duration?)
    /// The write was on its way, and no answer came: whether it took effect is not known.
    case uncertain(String)
}

/// What a system keeps of a record that it was given.
package struct StoredRecord: Sendable, Hashable {
    /// The id that the system gave; nil where it is the one that was asked for.
    package var id: RecordID?
    /// The record as it is read back; nil where it holds what was asked for.
    package var content: Value?

    package init(id: RecordID? = nil, content: Value? = nil) {
        self.id = id
        self.content = content
    }
}
