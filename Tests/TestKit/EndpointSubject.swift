package import Model
package import Values

/// An endpoint under test: how to make one over an empty collection.
package struct EndpointSubject: Sendable, CustomStringConvertible {
    package var description: String
    /// Makes the endpoint of an empty collection whose id is made of the given fields, and which has, where its kind has
    /// a fixed set of fields, those that are named.
    package var make: @Sendable (_ id: [String], _ fields: [String]) async throws -> any Endpoint

    package init(
        _ description: String,
        make: @escaping @Sendable (_ id: [String], _ fields: [String]) async throws -> any Endpoint
    ) {
        self.description = description
        self.make = make
    }
}

/// What a clause of the contract was found to break.
package struct Breach: Error, CustomStringConvertible {
    package var description: String

    package init(_ description: String) { self.description = description }
}

/// A collection as a test sees it: records by id, in their order.
package struct ReadCollection: Sendable {
    package var snapshot: Snapshot
    package var ids: [String] = []
    package var records: [Object] = []
    package var fingerprints: [Fingerprint] = []

    package init(_ endpoint: any Endpoint, _ known: KnownRecords? = nil) async throws {
        snapshot = try await endpoint.read(known ?? KnownRecords(links: LinkTable(), side: .left))
        for index in snapshot.kept.indices {
            ids.append(snapshot.id(index).key)
            records.append(try snapshot.decode(index))
            fingerprints.append(snapshot.kept[index].fingerprint)
        }
    }

    package subscript(id: String) -> Object? {
        ids.firstIndex { $0.hasSameBytes(as: id) }.map { records[$0] }
    }

    package func fingerprint(_ id: String) -> Fingerprint? {
        ids.firstIndex { $0.hasSameBytes(as: id) }.map { fingerprints[$0] }
    }

    /// The records as links of a side, as a run would remember them.
    package var links: LinkTable {
        var links = LinkTable()
        for index in snapshot.kept.indices {
            snapshot.withKey(index) { key in
                let kind = snapshot.kept[index].kind
                links.append(
                    ids: Sides(left: key, right: key), kinds: Sides(left: kind, right: kind),
                    fingerprints: Sides(left: fingerprints[index], right: fingerprints[index]),
                    base: StoredRange(file: 0, offset: 0, count: 0))
            }
        }
        return links
    }
}

extension Endpoint {
    /// Makes writes, and gives their outcomes in the order of the batch.
    package func outcomes(_ requests: [WriteRequest]) async throws -> [WriteOutcome] {
        var outcomes: [Int: WriteOutcome] = [:]
        _ = try await write(WriteBatch(requests)) { number, outcome in outcomes[number] = outcome }
        guard outcomes.count == requests.count else {
            throw Breach("\(outcomes.count) of \(requests.count) writes were reported")
        }
        return requests.indices.compactMap { outcomes[$0] }
    }
}

extension WriteRequest {
    /// A request in short: `.update("7", ["name": .text("x")])`.
    package static func create(_ id: String, _ fields: [String: Value] = [:], kind: RecordID.Kind = .text)
        -> WriteRequest
    {
        WriteRequest(verb: .create, id: RecordID(key: id, kind: kind), fields: sorted(fields))
    }

    package static func update(
        _ id: String, _ fields: [String: Value], if precondition: Fingerprint = .none
    ) -> WriteRequest {
        WriteRequest(verb: .update, id: RecordID(key: id), fields: sorted(fields), precondition: precondition)
    }

    package static func delete(_ id: String, if precondition: Fingerprint = .none) -> WriteRequest {
        WriteRequest(verb: .delete, id: RecordID(key: id), precondition: precondition)
    }

    private static func sorted(_ fields: [String: Value]) -> [(path: FieldPath, value: Value)] {
        fields.sorted { $0.key.precedesByBytes($1.key) }.map { (FieldPath($0.key), $0.value) }
    }
}
