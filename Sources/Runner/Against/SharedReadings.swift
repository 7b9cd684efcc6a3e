import JobFiles
import Model
import Synchronization
import Values

/// What was read of collections for one plan, kept for another one over the same state: each collection is read once.
final class SharedReadings: Sendable {
    private struct Key: Hashable {
        var sync: SyncName
        var side: Side
        /// From where, as ``Workspace/sources(_:_:)`` tells.
        var source: String
    }

    private let readings = Mutex<[Key: SharedReading]>([:])

    /// The collections of a sync, each behind what is read of it.
    func shared(
        _ endpoints: Sides<any Endpoint>, _ sources: Sides<String>, _ sync: SyncName
    ) -> Sides<any Endpoint> {
        Sides(
            left: SharedEndpoint(inner: endpoints.left, reading: reading(sync, .left, sources.left)),
            right: SharedEndpoint(inner: endpoints.right, reading: reading(sync, .right, sources.right)))
    }

    /// The whole collection of a sync on a side, as it was read; nil where it was not.
    func whole(_ sync: SyncName, _ side: Side, _ source: String) async -> Snapshot? {
        await reading(sync, side, source).last
    }

    private func reading(_ sync: SyncName, _ side: Side, _ source: String) -> SharedReading {
        let key = Key(sync: sync, side: side, source: source)
        return readings.withLock { readings in
            if let known = readings[key] { return known }
            let new = SharedReading()
            readings[key] = new
            return new
        }
    }
}

/// One collection as it was read.
actor SharedReading {
    private var whole: (known: KnownRecords, snapshot: Snapshot)?
    private var single: [[RecordID]: (known: KnownRecords, snapshot: Snapshot)] = [:]

    var last: Snapshot? { whole?.snapshot }

    /// The whole, with every record kept; read again where the links are not those for which it was read.
    func read(_ known: KnownRecords, _ inner: any Endpoint) async throws(EndpointFailure) -> Snapshot {
        if let whole, whole.known.numbersLinks(as: known) { return whole.snapshot }
        let snapshot = try await inner.read(known.keepingAll, .whole)
        whole = (known, snapshot)
        return snapshot
    }

    /// Records that are asked for by their ids, since the whole lacks them.
    func read(_ ids: [RecordID], _ known: KnownRecords, _ inner: any Endpoint) async throws(EndpointFailure)
        -> Snapshot
    {
        if let answer = single[ids], answer.known.numbersLinks(as: known) { return answer.snapshot }
        let snapshot = try await inner.read(known.keepingAll, .only(ids))
        single[ids] = (known, snapshot)
        return snapshot
    }
}

/// An endpoint that reads for several plans at once, and writes nothing. It gives no stamp: what says that it is as it was would not be
/// read, and a filter is to be held against all that there is.
struct SharedEndpoint: Endpoint {
    let inner: any Endpoint
    let reading: SharedReading

    var capabilities: Capabilities { inner.capabilities }

    func stamp() async throws(EndpointFailure) -> CollectionStamp? { nil }

    func probe() async throws(EndpointFailure) { try await inner.probe() }

    func declaredSchema() async throws(EndpointFailure) -> CollectionSchema? { try await inner.declaredSchema() }

    func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample { try await inner.sample(most) }

    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        if case .only(let ids) = extent { return try await reading.read(ids, known, inner) }
        return try await reading.read(known, inner)
    }

    func write(_ batch: WriteBatch, report: (Int, WriteOutcome) -> Void) async throws(EndpointFailure)
        -> CollectionStamp?
    {
        throw .unavailable(message: "a plan writes nothing")
    }
}

extension Workspace {
    /// From where the collections of a sync are read, on each side: two syncs that read one collection in one way have the same text.
    func sources(_ job: Job, _ sync: Sync) -> Sides<String> {
        Sides(left: source(.left, job, sync), right: source(.right, job, sync))
    }

    private func source(_ side: Side, _ job: Job, _ sync: Sync) -> String {
        let connection = checked.connections[job.connections[side]]
        let collection = sync.collections[side]
        let settings = (connection?.settings ?? []) + collection.settings
        return ([connection?.type ?? "", collection.name] + settings.map { "\($0.name)=\($0.content.definition)" })
            .joined(separator: "\n")
    }
}
