import Model
import Values

/// One reading of a fake server: pages, or changes, or single records.
struct FakeReading {
    let endpoint: FakeEndpoint
    let known: KnownRecords

    private var server: FakeServer { endpoint.server }
    private var options: FakeOptions { endpoint.server.options }

    func read(_ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        switch extent {
        case .changes(let cursor, let ids):
            guard case .changes = options.reading, let since = Int(cursor.text), options.readsByID || ids.isEmpty else {
                break
            }
            var found = Found()
            guard let next = try await changes(since: since, &found) else { break }
            try await get(ids, &found)
            return snapshot(found, isWhole: false, cursor: next)
        case .only(let ids) where options.readsByID:
            var found = Found()
            try await get(ids, &found)
            return snapshot(found, isWhole: false, cursor: nil)
        case .whole, .only: break
        }
        return try await whole()
    }

    /// What was found so far: each record once, as it was last met.
    private struct Found {
        var records: [Object] = []
        var positions: [RecordID: Int] = [:]
        var absent: [RecordID] = []
        var expectedCount: Int?

        mutating func add(_ id: RecordID, _ record: Object) {
            if let at = positions[id] {
                records[at] = record
            } else {
                positions[id] = records.count
                records.append(record)
            }
        }
    }

    private func whole() async throws(EndpointFailure) -> Snapshot {
        let stamp = endpoint.currentStamp
        let cursor = nextCursor
        var found = Found()
        // A reading whose token expired begins again, once.
        if try await !pages(into: &found) {
            found = Found()
            guard try await pages(into: &found) else { throw .unreachable(message: "the page token has expired") }
        }
        let isSame = stamp == endpoint.currentStamp
        return snapshot(found, isWhole: true, cursor: cursor, stamp: isSame ? stamp : nil)
    }

    /// - Returns: whether all pages came.
    private func pages(into found: inout Found) async throws(EndpointFailure) -> Bool {
        var offset = 0
        var wasTwice = false
        while true {
            let fault = try await endpoint.ask(.page)
            if fault == .expired { return false }
            wasTwice = fault == .twice && !wasTwice
            if fault == .shifts { shift(before: offset) }
            let (listed, count) = server.withStore { store in
                (Array(store.order.dropFirst(offset).prefix(options.pageSize)), store.order.count)
            }
            if options.tellsCount { found.expectedCount = count }
            for id in fault == .truncated ? Array(listed.prefix(listed.count / 2)) : listed {
                if let record = try await record(id, inListing: true) { found.add(id, record) }
            }
            if fault == .truncated { return true }
            if wasTwice { continue }
            // What is gone by now has not taken the place of another in the listing.
            offset += server.withStore { store in listed.count { store.entries[$0] != nil } }
            if listed.count < options.pageSize { return true }
        }
    }

    /// The first record goes to the end, as one does that is touched where the newest come last.
    private func shift(before offset: Int) {
        guard offset > 0 else { return }
        server.withStore { store in
            if !store.order.isEmpty { store.order.append(store.order.removeFirst()) }
        }
    }

    /// A record of a listing, or one that is asked for; nil where it is not there or not to be seen.
    private func record(_ id: RecordID, inListing: Bool) async throws(EndpointFailure) -> Object? {
        if inListing, !options.getsEach { return server[id] }
        switch try await endpoint.ask(.get) {
        case .vanishes: server.remove(id)
        // A listing that lacks it would be taken for whole.
        case .forbidden where inListing: throw .forbidden(message: "403 Forbidden")
        case .forbidden: throw .refusedRecord
        default: break
        }
        return server[id]
    }

    /// - Returns: the next cursor; nil where this one is no longer known, and all has to be read.
    private func changes(since: Int, _ found: inout Found) async throws(EndpointFailure) -> Cursor? {
        let next = nextCursor
        let from = since - options.overlap
        var tombstones: [RecordID] = []
        if case .changes(tombstones: true) = options.reading {
            tombstones = server.withStore { store in
                store.tombstones.filter { $0.value >= from }.map(\.key).sorted { $0.key.precedesByBytes($1.key) }
            }
        }
        let ids = server.withStore { store in
            store.order.filter { store.entries[$0].map { $0.updated >= from } ?? false }
        }
        found.absent += tombstones
        var offset = 0
        var wasTwice = false
        repeat {
            let fault = try await endpoint.ask(.page)
            if fault == .expired { return nil }
            wasTwice = fault == .twice && !wasTwice
            let page = ids.dropFirst(offset).prefix(options.pageSize)
            for id in fault == .truncated ? page.prefix(page.count / 2) : page {
                if let record = try await record(id, inListing: true) { found.add(id, record) }
            }
            if fault == .truncated { break }
            if !wasTwice { offset += options.pageSize }
        } while offset < ids.count
        return next
    }

    private func get(_ ids: [RecordID], _ found: inout Found) async throws(EndpointFailure) {
        for id in ids {
            do throws(EndpointFailure) {
                if let record = try await record(id, inListing: false) {
                    found.add(id, record)
                } else {
                    found.absent.append(id)
                }
            } catch {
                // What may not be seen is neither there nor gone.
                if error != .refusedRecord { throw error }
            }
        }
    }

    private var nextCursor: Cursor? {
        guard case .changes = options.reading else { return nil }
        return server.withStore { Cursor("\($0.time + options.skew)") }
    }

    private func snapshot(
        _ found: Found, isWhole: Bool, cursor: Cursor?, stamp: CollectionStamp? = nil
    ) -> Snapshot {
        var builder = SnapshotBuilder(known, newIDs: options.newIDs)
        for (id, at) in found.positions.sorted(by: { $0.value < $1.value }) {
            _ = withUnsafeBytes(of: Int64(at)) { raw in
                var key = id.key
                return key.withUTF8 { key in
                    builder.add(
                        id: UnsafeRawBufferPointer(key), kind: id.kind, fingerprint: found.records[at].fingerprint,
                        raw: raw, line: at + 1)
                }
            }
        }
        let layout = FakeLayout(records: found.records)
        if isWhole {
            return builder.finish(
                layout: layout, stamp: stamp, cursor: cursor, expectedCount: found.expectedCount)
        }
        for id in found.absent where found.positions[id] == nil {
            var key = id.key
            key.withUTF8 { builder.addAbsent(id: UnsafeRawBufferPointer($0)) }
        }
        return builder.finishPart(layout: layout, cursor: cursor)
    }
}

extension EndpointFailure {
    /// One record may not be seen.
    fileprivate static let refusedRecord = EndpointFailure.unavailable(message: "403 Forbidden for one record")
}

/// The records as they were read; what stands for the bytes of one is its position.
private struct FakeLayout: RecordLayout {
    let records: [Object]

    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        guard raw.count == 8 else { throw RecordFailure("the record is not of this collection") }
        let position = Int(raw.loadUnaligned(as: Int64.self))
        guard records.indices.contains(position) else { throw RecordFailure("the record is not of this collection") }
        return records[position]
    }
}
