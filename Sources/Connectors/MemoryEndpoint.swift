package import Model
internal import Synchronization
package import Values

/// A collection in memory. It keeps its order, and holds every kind of value.
package final class MemoryEndpoint: Endpoint {
    package let capabilities: Capabilities
    private let store: Mutex<MemoryStore>

    package init(
        _ records: [Object] = [], idFields: [FieldPath] = [FieldPath("id")],
        newIDs: NewIDs = .numbered(prefix: "", suffix: ""), updatedField: FieldPath? = nil
    ) {
        var capabilities = Capabilities(
            values: .any, newIDs: newIDs, idFields: idFields, updatedField: updatedField)
        capabilities.isLocal = true
        self.capabilities = capabilities
        store = Mutex(MemoryStore(records, idFields))
    }

    convenience init(_ settings: ResolvedSettings) throws(EndpointFailure) {
        let records = try RecordSettings(settings, path: jsonPath)
        self.init(idFields: records.idFields, newIDs: records.newIDs, updatedField: records.updatedField)
    }

    /// The records as they are now.
    package var records: [Object] { store.withLock { $0.records } }

    /// Changes the records from outside, as another program would.
    package func edit(_ body: (inout [Object]) -> Void) {
        store.withLock { store in
            var records = store.records
            body(&records)
            store.replace(with: records)
        }
    }

    package func stamp() async throws(EndpointFailure) -> CollectionStamp? { store.withLock { $0.stamp } }

    package func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        let (records, stamp) = store.withLock { ($0.records, $0.stamp) }
        var builder = SnapshotBuilder(known, newIDs: capabilities.newIDs)
        for (number, record) in records.enumerated() {
            guard let id = record.id(capabilities.idFields) else {
                throw .malformed(place: "memory:\(number + 1)", message: "the record has no id")
            }
            let added = withUnsafeBytes(of: Int64(number)) { raw in
                var key = id.key
                return key.withUTF8 { key in
                    builder.add(
                        id: UnsafeRawBufferPointer(key), kind: id.kind, fingerprint: record.fingerprint, raw: raw,
                        line: number + 1)
                }
            }
            if case .duplicate = added {
                throw .malformed(place: "memory:\(number + 1)", message: "the id '\(id)' stands twice")
            }
        }
        return builder.finish(layout: MemoryRecords(records: records), stamp: stamp)
    }

    package func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        try await batch.mayTakeEffect()
        var stamp = store.withLock { $0.stamp }
        var hasNews = batch.isNews(stamp)
        for request in 0..<batch.count {
            let outcome = store.withLock { store in
                hasNews = hasNews || store.stamp != stamp
                let outcome = store.settle(batch[request])
                stamp = store.stamp
                return outcome
            }
            report(request, outcome)
        }
        return hasNews ? nil : stamp
    }
}

/// The records as they were read; what stands for the bytes of one is its position.
private struct MemoryRecords: RecordLayout {
    let records: [Object]

    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        guard raw.count == 8 else { throw RecordFailure("the record is not of this collection") }
        let position = Int(raw.loadUnaligned(as: Int64.self))
        guard records.indices.contains(position) else { throw RecordFailure("the record is not of this collection") }
        return records[position]
    }
}

/// Why a value cannot be set: one of the steps to it leads through something that is no object.
func leadsThroughValue(_ path: FieldPath) -> String {
    "the field '\(path)' lies inside something that is no object"
}
