import Model
import Values

/// A collection, or a part of it, as a clause sees it.
struct ConnectorReading {
    let snapshot: Snapshot
    private(set) var ids: [RecordID] = []
    private var records: [RecordID: Object] = [:]
    private var fingerprints: [RecordID: Fingerprint] = [:]

    init(_ snapshot: Snapshot) throws {
        self.snapshot = snapshot
        for index in snapshot.kept.indices {
            let id = snapshot.id(index)
            ids.append(id)
            records[id] = try snapshot.decode(index)
            fingerprints[id] = snapshot.kept[index].fingerprint
        }
    }

    subscript(id: RecordID) -> Object? { records[id] }

    func fingerprint(_ id: RecordID) -> Fingerprint? { fingerprints[id] }

    /// The records as a run would remember them.
    var links: LinkTable {
        var links = LinkTable()
        for id in ids {
            let fingerprint = fingerprints[id] ?? .none
            links.append(
                id, id, made: .right, Sides(left: fingerprint, right: fingerprint),
                StoredRange(file: 0, offset: 0, count: 0))
        }
        return links
    }
}

// Reading.
extension ConnectorBench {
    func all(_ other: (any Endpoint)? = nil) async throws -> ConnectorReading {
        let known = KnownRecords(links: LinkTable(), side: .left)
        return try ConnectorReading(try await (other ?? endpoint).read(known, .whole))
    }

    /// What changed since a reading, as a run that knows that reading sees it.
    func changes(since former: ConnectorReading, knows: Bool = true) async throws -> ConnectorReading {
        guard let cursor = former.snapshot.cursor else {
            throw ConnectorClause.NotAsked("it is read as a whole each time")
        }
        let known = KnownRecords(links: knows ? former.links : LinkTable(), side: .left)
        return try ConnectorReading(try await endpoint.read(known, .changes(since: cursor, and: [])))
    }

    /// What the system has under an id; nil where it says that there is no such record.
    func one(_ id: RecordID) async throws -> (record: Object, fingerprint: Fingerprint)? {
        guard endpoint.capabilities.readsByID else {
            let read = try await all()
            return read[id].map { ($0, read.fingerprint(id) ?? .none) }
        }
        var links = LinkTable()
        let range = StoredRange(file: 0, offset: 0, count: 0)
        let link = links.append(id, id, made: .right, Sides(left: .none, right: .none), range)
        let read = try ConnectorReading(
            try await endpoint.read(KnownRecords(links: links, side: .left), .only([id])))
        if let record = read[id] { return (record, read.fingerprint(id) ?? .none) }
        guard !read.snapshot.saw(link: link) else {
            throw ConnectorClause.Breach("asked for \(id), it says neither what it is nor that there is no such record")
        }
        return nil
    }

    /// The record under an id that must be there.
    func existing(_ id: RecordID) async throws -> (record: Object, fingerprint: Fingerprint) {
        guard let found = try await one(id) else { throw ConnectorClause.Breach("there is no record under \(id)") }
        return found
    }

    /// Checks again for a while where a system needs time until its lists show what was written.
    func eventually(_ check: () async throws -> Void) async throws {
        for pause in [1, 2, 4] {
            do {
                return try await check()
            } catch is ConnectorClause.Breach {
                await subject.wait(.seconds(pause))
            }
        }
        try await check()
    }

    func demand(_ holds: Bool, _ reason: @autoclosure () -> String) throws {
        if !holds { throw ConnectorClause.Breach(reason()) }
    }
}

extension Value {
    /// As a message shows it.
    var inMessage: String {
        let text = JSON.text(self)
        return text.unicodeScalars.count <= 80
            ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(79))) + "…"
    }
}
