internal import Model
internal import Synchronization
internal import Values

/// What every endpoint owes, clause by clause. A connector passes all of them against the real thing.
package struct EndpointClause: Sendable, CustomStringConvertible {
    package let description: String
    /// Throws a ``Breach`` where the endpoint does something else.
    package let check: @Sendable (EndpointSubject) async throws -> Void

    init(_ description: String, _ check: @escaping @Sendable (EndpointSubject) async throws -> Void) {
        self.description = description
        self.check = check
    }
}

extension EndpointClause {
    package static let all: [EndpointClause] = reading + writing + conditions + content

    private static let reading: [EndpointClause] = [
        EndpointClause("an empty collection has no records") { subject in
            let read = try await ReadCollection(try await subject.make(["id"], ["id", "name"]))
            try same(read.ids, [])
            try same(read.snapshot.count, 0)
            try same(read.snapshot.idsAreNumbered, true)
        },
        EndpointClause("records come in their order, each with its fields") { subject in
            let endpoint = try await subject.filled()
            let read = try await ReadCollection(endpoint)
            try same(read.ids, ["1", "2", "3"])
            try same(read["2"]?["name"], .text("two"))
            try same(read["2"]?["note"], .text("b"))
            try same(read.snapshot.greatestNumber, 3)
        },
        EndpointClause("a known record that did not change is passed over") { subject in
            let endpoint = try await subject.filled()
            let links = try await ReadCollection(endpoint).links
            let again = try await ReadCollection(endpoint, KnownRecords(links: links, side: .left))
            try same(again.ids, [])
            try same(again.snapshot.count, 3)
            try same((0..<3).map { again.snapshot.saw(link: $0) }, [true, true, true])
        },
        EndpointClause("a known record is kept where fingerprints are not trusted") { subject in
            let endpoint = try await subject.filled()
            let links = try await ReadCollection(endpoint).links
            let again = try await ReadCollection(
                endpoint, KnownRecords(links: links, side: .left, trustsFingerprints: false))
            try same(again.snapshot.kept.map(\.link), [0, 1, 2])
        },
        EndpointClause("of known records only what changed is kept, and what is gone is not seen") { subject in
            let endpoint = try await subject.filled()
            let links = try await ReadCollection(endpoint).links
            _ = try await endpoint.outcomes([
                .update("2", ["name": .text("zwei")]), .delete("3"), .create("4", ["name": .text("four")]),
            ])
            let again = try await ReadCollection(endpoint, KnownRecords(links: links, side: .left))
            try same(again.ids, ["2", "4"])
            try same(again.snapshot.kept.map(\.link), [1, -1])
            try same((0..<3).map { again.snapshot.saw(link: $0) }, [true, true, false])
        },
        EndpointClause("the stamp stands while nothing changes, and is that of the last read or write") { subject in
            let endpoint = try await subject.filled()
            let stamp = try await endpoint.stamp()
            guard stamp != nil else { return }
            try same(try await endpoint.stamp(), stamp)
            try same(try await ReadCollection(endpoint).snapshot.stamp, stamp)
            let written = try await endpoint.write(WriteBatch([.update("1", ["name": .text("eins")])])) { _, _ in }
            let after = try await endpoint.stamp()
            try isTrue(after != stamp, "the stamp did not move with a write")
            if written != nil { try same(written, after) }
        },
        EndpointClause("a write to what is no longer as it was read gives no stamp, so that it is read again") {
            subject in
            let endpoint = try await subject.filled()
            let stamp = try await endpoint.stamp()
            guard stamp != nil else { return }
            _ = try await endpoint.outcomes([.create("9", ["name": .text("somebody else's")])])
            let batch = WriteBatch([.update("1", ["name": .text("eins")])], readAs: stamp)
            try same(try await endpoint.write(batch) { _, _ in }, nil)
        },
    ]

    private static let writing: [EndpointClause] = [
        EndpointClause("an update sets its fields and no others") { subject in
            let endpoint = try await subject.filled()
            let before = try await ReadCollection(endpoint)
            _ = try await endpoint.outcomes([.update("2", ["note": .text("new")])])
            let after = try await ReadCollection(endpoint)
            try same(after.ids, ["1", "2", "3"])
            try same(after["2"]?["name"], .text("two"))
            try same(after["2"]?["note"], .text("new"))
            try same(after.fingerprint("1"), before.fingerprint("1"))
            try same(after.fingerprint("3"), before.fingerprint("3"))
        },
        EndpointClause("a delete removes its record and no other") { subject in
            let endpoint = try await subject.filled()
            try same(try await endpoint.outcomes([.delete("1")]), [.stored(.none)])
            let after = try await ReadCollection(endpoint)
            try same(after.ids, ["2", "3"])
            try same(after["3"]?["name"], .text("three"))
        },
        EndpointClause("a collection can be emptied and filled again") { subject in
            let endpoint = try await subject.filled()
            _ = try await endpoint.outcomes([.delete("1"), .delete("2"), .delete("3")])
            try same(try await ReadCollection(endpoint).ids, [])
            _ = try await endpoint.outcomes([.create("9", ["name": .text("nine")])])
            let after = try await ReadCollection(endpoint)
            try same(after.ids, ["9"])
            try same(after["9"]?["name"], .text("nine"))
        },
        EndpointClause("a batch of every verb is made as one") { subject in
            let endpoint = try await subject.filled()
            let outcomes = try await endpoint.outcomes([
                .create("4", ["name": .text("four")]), .update("2", ["name": .text("zwei")]), .delete("1"),
            ])
            let after = try await ReadCollection(endpoint)
            try same(after.ids, ["2", "3", "4"])
            try same(outcomes[0], .stored(after.fingerprint("4") ?? .none))
            try same(outcomes[1], .stored(after.fingerprint("2") ?? .none))
            try same(outcomes[2], .stored(.none))
        },
        EndpointClause("a create asked for again is done, and makes no second record") { subject in
            let endpoint = try await subject.filled()
            let create = WriteRequest.create("4", ["name": .text("four"), "note": .text("d")])
            let first = try await endpoint.outcomes([create])
            try same(try await endpoint.outcomes([create]), first)
            try same(try await ReadCollection(endpoint).ids, ["1", "2", "3", "4"])
        },
        EndpointClause("a create of an id that another record has is refused") { subject in
            let endpoint = try await subject.filled()
            let outcomes = try await endpoint.outcomes([.create("2", ["name": .text("other")])])
            try same(outcomes, [.moved])
            try same(try await ReadCollection(endpoint)["2"]?["name"], .text("two"))
        },
        EndpointClause("nothing takes effect, and nothing is reported, before the batch may take effect") { subject in
            let endpoint = try await subject.filled()
            let requests = [
                WriteRequest.create("4", ["name": .text("four")]), .update("2", ["name": .text("zwei")]), .delete("1"),
            ]
            let before = Mutex<ReadCollection?>(nil)
            let batch = WriteBatch(count: requests.count) { () throws(EndpointFailure) in
                let read = try? await ReadCollection(endpoint)
                before.withLock { $0 = read }
            } _: {
                requests[$0]
            }
            var early = false
            _ = try await endpoint.write(batch) { _, _ in early = early || before.withLock { $0 == nil } }
            try isTrue(!early, "an outcome was reported too early")
            try same(before.withLock { $0?.ids }, ["1", "2", "3"])
            try same(before.withLock { $0?["2"]?["name"] }, .text("two"))
            try same(try await ReadCollection(endpoint).ids, ["2", "3", "4"])
        },
        EndpointClause("a batch that may not take effect leaves everything as it was") { subject in
            let endpoint = try await subject.filled()
            let stamp = try await endpoint.stamp()
            let failure = EndpointFailure.unavailable(message: "no")
            let batch = WriteBatch(count: 2) { () throws(EndpointFailure) in
                throw failure
            } _: { number in
                number == 0 ? .update("2", ["name": .text("zwei")]) : .delete("8")
            }
            var reported = 0
            var thrown: EndpointFailure?
            do throws(EndpointFailure) {
                _ = try await endpoint.write(batch) { _, _ in reported += 1 }
            } catch {
                thrown = error
            }
            try same(thrown, failure)
            try same(reported, 0)
            try same(try await endpoint.stamp(), stamp)
            try same(try await ReadCollection(endpoint)["2"]?["name"], .text("two"))
        },
        EndpointClause("an update cannot give a record another id") { subject in
            let endpoint = try await subject.filled()
            guard case .refused = try await endpoint.outcomes([.update("2", ["id": .text("7")])])[0] else {
                throw Breach("the update was not refused")
            }
            try same(try await ReadCollection(endpoint).ids, ["1", "2", "3"])
        },
    ]

    private static let conditions: [EndpointClause] = [
        EndpointClause("a record that is still what it was is written") { subject in
            let endpoint = try await subject.filled()
            let read = try await ReadCollection(endpoint)
            let outcomes = try await endpoint.outcomes([
                .update("1", ["name": .text("eins")], if: read.fingerprint("1") ?? .none),
                .delete("2", if: read.fingerprint("2") ?? .none),
            ])
            let after = try await ReadCollection(endpoint)
            try same(outcomes, [.stored(after.fingerprint("1") ?? .none), .stored(.none)])
            try same(after.ids, ["1", "3"])
        },
        EndpointClause("a record that has moved is left alone, and the others are written") { subject in
            let endpoint = try await subject.filled()
            let read = try await ReadCollection(endpoint)
            _ = try await endpoint.outcomes([.update("1", ["name": .text("x")]), .update("2", ["name": .text("y")])])
            let outcomes = try await endpoint.outcomes([
                .update("1", ["name": .text("eins")], if: read.fingerprint("1") ?? .none),
                .delete("2", if: read.fingerprint("2") ?? .none),
                .update("3", ["name": .text("drei")], if: read.fingerprint("3") ?? .none),
            ])
            let after = try await ReadCollection(endpoint)
            try same(outcomes, [.moved, .moved, .stored(after.fingerprint("3") ?? .none)])
            try same(after.records.map { $0["name"] }, [.text("x"), .text("y"), .text("drei")])
        },
        EndpointClause("a record that is gone is not written") { subject in
            let endpoint = try await subject.filled()
            let outcomes = try await endpoint.outcomes([.update("8", ["name": .text("x")]), .delete("9")])
            try same(outcomes, [.moved, .moved])
            try same(try await ReadCollection(endpoint).ids, ["1", "2", "3"])
        },
    ]
}

/// Throws where both are not the same.
func same<Content: Equatable>(_ found: Content, _ wanted: Content) throws {
    if found != wanted { throw Breach("\(found) is not \(wanted)") }
}

func isTrue(_ condition: Bool, _ message: String) throws {
    if !condition { throw Breach(message) }
}

extension EndpointSubject {
    /// An endpoint over three records with text in the fields `name` and `note`.
    func filled() async throws -> any Endpoint {
        let endpoint = try await make(["id"], ["id", "name", "note"])
        let outcomes = try await endpoint.outcomes([
            .create("1", ["name": .text("one"), "note": .text("a")], kind: numbers(endpoint)),
            .create("2", ["name": .text("two"), "note": .text("b")], kind: numbers(endpoint)),
            .create("3", ["name": .text("three"), "note": .text("c")], kind: numbers(endpoint)),
        ])
        for outcome in outcomes {
            guard case .stored = outcome else { throw Breach("a create gave \(outcome)") }
        }
        return endpoint
    }

    private func numbers(_ endpoint: any Endpoint) -> RecordID.Kind {
        endpoint.capabilities.values == .text ? .text : .number
    }
}
