import Model
import TestKit
import Testing
import Values

@Suite("The fake server does what an endpoint owes, and what goes wrong goes wrong as scripted")
struct FakeServerTests {
    private static let kinds: [(String, @Sendable (inout FakeOptions) -> Void)] = [
        ("in pages, a write a call", { _ in }),
        ("ids are got one by one", { $0.getsEach = true }),
        (
            "by changes, with a stamp and counts",
            {
                $0.reading = .changes(tombstones: true)
                $0.hasStamp = true
                $0.tellsCount = true
                $0.readsByID = true
            }
        ),
        ("a batch is one call", { $0.groupSize = nil }),
        ("four writes a call", { $0.groupSize = 4 }),
    ]

    @Test("the contract of endpoints", arguments: EndpointClause.all)
    func contract(clause: EndpointClause) async throws {
        for (name, kind) in Self.kinds {
            try await clause.check(
                EndpointSubject(name) { id, _ in
                    var options = FakeOptions(newIDs: .numbered(prefix: "", suffix: ""), id: id)
                    kind(&options)
                    return FakeServer(options).endpoint
                })
        }
    }

    private static func filled(_ change: (inout FakeOptions) -> Void = { _ in }) -> FakeServer {
        var options = FakeOptions()
        change(&options)
        return FakeServer(options, (1...7).map { ["id": .int($0), "name": .text("n\($0)")] })
    }

    private static let all = ["1", "2", "3", "4", "5", "6", "7"]

    /// What a reading found, or why it failed.
    private func read(_ server: FakeServer, _ extent: ReadExtent = .whole) async throws -> (
        ids: [String], snapshot: Snapshot
    ) {
        let snapshot = try await server.endpoint.read(KnownRecords(links: LinkTable(), side: .left), extent)
        return (snapshot.kept.indices.map { snapshot.id($0).key }, snapshot)
    }

    private func failure(_ server: FakeServer, _ extent: ReadExtent = .whole) async -> EndpointFailure? {
        do throws(EndpointFailure) {
            _ = try await server.endpoint.read(KnownRecords(links: LinkTable(), side: .left), extent)
            return nil
        } catch {
            return error
        }
    }

    @Test("a reading that fails on any page fails, and says what follows")
    func failedPages() async {
        let wanted: [(FakeFault, EndpointFailure)] = [
            (.refused, .unavailable(message: "400 Bad Request")),
            (.forbidden, .forbidden(message: "403 Forbidden")),
            (.later, .busy(message: "429 Too Many Requests", after: .seconds(1))),
            (.serverError, .unavailable(message: "500 Internal Server Error")),
            (.unauthorised, .unauthorised(message: "401 Unauthorized")),
            (.unreachable, .unreachable(message: "no connection")),
            (.lost, .unreachable(message: "no answer")),
            (.timeOut, .unreachable(message: "no answer")),
            (.cut, .unreachable(message: "the answer ended early")),
        ]
        for (fault, failure) in wanted {
            for page in 1...3 {
                let server = Self.filled()
                server.fail(fault, at: page, of: .page)
                #expect(await self.failure(server) == failure)
                #expect(await self.failure(server) == nil)
                #expect(server.calls(.page) == page + 3)
            }
        }
    }

    @Test("a page that is cut short without notice looks whole, and only the count tells")
    func truncated() async throws {
        let server = Self.filled { $0.tellsCount = true }
        server.fail(.truncated, at: 2, of: .page)
        let (ids, snapshot) = try await read(server)
        #expect(ids == ["1", "2", "3", "4"])
        #expect(snapshot.isWhole)
        #expect(snapshot.expectedCount == 7)
    }

    @Test("a page that is given twice gives each record once; one that moves while pages are read is missed")
    func movingPages() async throws {
        let server = Self.filled()
        server.fail(.twice, at: 2, of: .page)
        #expect(try await read(server).ids == Self.all)
        server.heal()
        server.forgetCalls()
        server.fail(.shifts, at: 2, of: .page)
        #expect(try await read(server).ids == ["1", "2", "3", "5", "6", "7"])
        #expect(try await read(server).ids == ["2", "3", "4", "5", "6", "7", "1"])
    }

    @Test("a reading whose token expired begins again, once")
    func expired() async throws {
        let server = Self.filled()
        server.fail(.expired, at: 2, of: .page)
        #expect(try await read(server).ids == Self.all)
        server.fail(.expired, at: 1, of: .page, times: .max)
        #expect(await failure(server) == .unreachable(message: "the page token has expired"))
    }

    @Test(
        "a record that is deleted between the listing and its turn is not there; one that may not be seen fails the listing"
    )
    func vanishes() async throws {
        let server = Self.filled { $0.getsEach = true }
        server.fail(.vanishes, at: 2, of: .get)
        #expect(try await read(server).ids == ["1", "3", "4", "5", "6", "7"])
        server.forgetCalls()
        server.heal()
        server.fail(.forbidden, at: 2, of: .get)
        #expect(await failure(server) == .forbidden(message: "403 Forbidden"))
    }

    @Test("single records are there, gone, or not to be seen")
    func byID() async throws {
        let server = Self.filled { $0.readsByID = true }
        let links = try await ReadCollection(server.endpoint).links
        server.remove(RecordID(key: "2", kind: .number))
        server.forgetCalls()
        server.fail(.forbidden, at: 3, of: .get)
        let known = KnownRecords(links: links, side: .left, trustsFingerprints: false)
        let ids = ["1", "2", "3"].map { RecordID(key: $0, kind: .number) }
        let snapshot = try await server.endpoint.read(known, .only(ids))
        #expect(!snapshot.isWhole)
        #expect(snapshot.kept.indices.map { snapshot.id($0).key } == ["1"])
        #expect((0..<7).map { snapshot.saw(link: $0) } == [true, false, true, true, true, true, true])
    }

    @Test("changes come with an overlap, deletes among them where there are tombstones", arguments: [false, true])
    func changes(tombstones: Bool) async throws {
        let server = Self.filled {
            $0.reading = .changes(tombstones: tombstones)
            $0.overlap = 1
        }
        let whole = try await ReadCollection(server.endpoint)
        let cursor = try #require(whole.snapshot.cursor)
        server.wait(5)
        server.edit(RecordID(key: "6", kind: .number)) { $0["name"] = .text("new") }
        server.remove(RecordID(key: "2", kind: .number))
        server.wait(5)
        let known = KnownRecords(links: whole.links, side: .left)
        let snapshot = try await server.endpoint.read(known, .changes(since: cursor, and: []))
        #expect(!snapshot.isWhole)
        #expect(snapshot.count == 2)
        #expect(snapshot.kept.indices.map { snapshot.id($0).key } == ["6"])
        #expect((0..<7).map { snapshot.saw(link: $0) } == [true, !tombstones, true, true, true, true, true])
        let next = try #require(snapshot.cursor)
        #expect(try await server.endpoint.read(known, .changes(since: next, and: [])).count == 0)
        // A cursor that is not known any more: all is read.
        server.forgetCalls()
        server.fail(.expired, at: 1, of: .page)
        #expect(try await server.endpoint.read(known, .changes(since: next, and: [])).isWhole)
    }

    @Test("times that are told apart badly, and clocks that are ahead, are met by the overlap")
    func clocks() async throws {
        for resolution in [1, 3] {
            for skew in [0, 2] {
                let server = Self.filled {
                    $0.reading = .changes(tombstones: false)
                    $0.resolution = resolution
                    $0.skew = skew
                    $0.overlap = skew
                }
                var cursor = try #require(try await read(server).snapshot.cursor)
                for number in 1...7 {
                    server.edit(RecordID(key: "\(number)", kind: .number)) { $0["name"] = .text("new") }
                    let (ids, snapshot) = try await read(server, .changes(since: cursor, and: []))
                    #expect(ids.contains("\(number)"))
                    cursor = try #require(snapshot.cursor)
                }
            }
        }
    }
}
