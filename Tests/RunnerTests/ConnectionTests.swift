import FileIO
import Model
import Runner
import StateStore
import TestKit
import Testing
import Values

@Suite("Connections that do not answer")
struct ConnectionTests {
    private static let syncs = """
        syncs:
          first:
            left: first
            right: first
            match: id <-> id
            fields: [id <-> id, note <-> note]
          second:
            left: second
            right: second
            match: id <-> id
            fields: [id <-> id, note <-> note]
        """

    /// Two syncs between the same two connections, in step.
    private struct Desk {
        let story: Story
        let servers: [String: FakeServer]

        init() async throws {
            var servers: [String: FakeServer] = [:]
            for name in ["desk/first", "desk/second", "shop/first", "shop/second"] { servers[name] = FakeServer() }
            self.servers = servers
            story = try Story(ConnectionTests.syncs, servers: servers)
            for name in ["desk/first", "desk/second"] {
                servers[name]?.put(["id": .int(1), "note": .text("a")])
                servers[name]?.put(["id": .int(2), "note": .text("b")])
            }
            #expect(try await run() == ["first right +2 ~0 -0", "second right +2 ~0 -0"])
        }

        subscript(_ name: String) -> FakeServer { servers[name] ?? FakeServer() }

        func run(at seconds: Int64 = 0, _ mode: JobRunner.Mode = .run(accepting: nil)) async throws -> [String] {
            try await reports(at: seconds, mode).map(\.short)
        }

        func reports(
            at seconds: Int64 = 0, _ mode: JobRunner.Mode = .run(accepting: nil)
        ) async throws -> [SyncReport] {
            var world = story.world
            let now = (Timestamp(Story.now) ?? .earliest).seconds + seconds
            world.now = { Timestamp(seconds: now) ?? .earliest }
            let runner = JobRunner(try story.workspace(), world: world, evenIfNotDue: true)
            return try await runner.run(Selection([]), mode)
        }

        func heal() {
            for server in servers.values {
                server.heal()
                server.forgetCalls()
            }
        }

        func health(_ connection: String) throws -> ConnectionHealth? {
            try StateFolder(story.path + "/state", disk: Disk()).connections().entries[connection]
        }
    }

    private static let sides = [("desk", "left"), ("shop", "right")]

    @Test(
        "a password that is not accepted stops all syncs of the connection, and they go on once it is", arguments: sides
    )
    func unauthorised(connection: String, side: String) async throws {
        let desk = try await Desk()
        desk["desk/first"].edit(id(1)) { $0["note"] = .text("edited") }
        desk["desk/second"].edit(id(2)) { $0["note"] = .text("edited") }
        desk.heal()
        desk["\(connection)/first"].fail(.unauthorised, at: 1, times: 100)
        let sentence =
            "stopped: the connection '\(connection)' is broken: the credentials are not accepted: 401 Unauthorized"
        let reports = try await desk.reports(at: 60)
        #expect(reports.map(\.short) == ["first \(sentence)", "second \(sentence)"])
        // The second was not even tried, and one of them tells.
        #expect(desk["\(connection)/second"].callCount == 0)
        #expect(reports.map(\.isTold) == [true, false])
        // Each later run asks once, with the cheapest of calls.
        desk["\(connection)/first"].forgetCalls()
        #expect(try await desk.run(at: 120) == ["first \(sentence)", "second \(sentence)"])
        #expect(desk["\(connection)/first"].callCount == 1)
        #expect(desk["\(connection)/first"].calls(.stamp) == 1)
        #expect(try desk.health(connection)?.since.description == "2026-11-21T10:01:00Z")
        let status = try desk.story.workspace().status(Selection(), world: desk.story.world)
        #expect(status.map(\.state) == [.connectionBroken, .connectionBroken])
        #expect(status.map(\.trouble?.connection) == [connection, connection])
        // Then it answers, and nothing was lost.
        desk.heal()
        #expect(try await desk.run(at: 180) == ["first right +0 ~1 -0", "second right +0 ~1 -0"])
        #expect(try desk.health(connection)?.state == .ok)
        #expect(
            try desk.story.workspace().status(Selection(), world: desk.story.world).map(\.state) == [.inStep, .inStep])
    }

    @Test(
        "credentials that are taken away between two writes stop the rest",
        arguments: [FakeFault.unauthorised, .unreachable])
    func whileWriting(fault: FakeFault) async throws {
        let desk = try await Desk()
        desk["desk/first"].edit(id(1)) { $0["note"] = .text("e1") }
        desk["desk/first"].edit(id(2)) { $0["note"] = .text("e2") }
        desk["desk/second"].edit(id(2)) { $0["note"] = .text("e2") }
        desk.heal()
        desk["shop/first"].fail(fault, at: 2, of: .write, times: 100)
        let reports = try await desk.reports(at: 60)
        #expect(reports.map(\.isTold) == [true, false])
        #expect(desk["shop/second"].callCount == 0)
        #expect(desk["shop/first"][id(1)]?["note"] == .text("e1"))
        #expect(desk["shop/first"][id(2)]?["note"] == .text("b"))
        desk.heal()
        _ = try await desk.run(at: 7200)
        #expect(desk["shop/first"][id(2)]?["note"] == .text("e2"))
        #expect(desk["shop/second"][id(2)]?["note"] == .text("e2"))
    }

    @Test("a system that asks to be left alone is left alone for so long", arguments: sides)
    func busy(connection: String, side: String) async throws {
        let desk = try await Desk()
        desk.heal()
        desk["\(connection)/first"].fail(.later, at: 1, of: .page)
        let words =
            "stopped: the connection '\(connection)' asks to be left alone until 2026-11-21T10:01:01Z: 429 Too Many Requests"
        #expect(try await desk.run(at: 60) == ["first \(words)", "second \(words)"])
        desk.heal()
        #expect(try await desk.run(at: 60) == ["first \(words)", "second \(words)"])
        #expect(desk["\(connection)/first"].callCount == 0)
        #expect(desk["\(connection)/second"].callCount == 0)
        #expect(try await desk.run(at: 61) == ["first nothing", "second nothing"])
        #expect(try desk.health(connection)?.state == .ok)
    }

    @Test("what is wrong is remembered, told by name, and known anew only where it is another", arguments: sides)
    func fault(connection: String, side: String) async throws {
        let desk = try await Desk()
        let server = desk["\(connection)/first"]
        server.breakDown(.unauthorised(message: "401", fault: .tokenExpired))
        #expect(try await news(desk, at: 60) == [true, false])
        #expect(try desk.health(connection)?.fault == .tokenExpired)
        #expect(try await news(desk, at: 120) == [false, false])
        #expect(try desk.health(connection)?.since.description == "2026-11-21T10:01:00Z")
        server.breakDown(.unreachable(message: "no such host", fault: .hostUnknown))
        #expect(
            try await desk.run(at: 180)[0]
                == "first stopped: the connection '\(connection)' cannot be reached: the name of its host is not known: no such host"
        )
        #expect(try desk.health(connection)?.since.description == "2026-11-21T10:03:00Z")
        // It answers when it is asked, and fails when it is used: that is no news.
        server.heal()
        server.forgetCalls()
        let failure = EndpointFailure.unreachable(message: "no such host", fault: .hostUnknown)
        server.meanwhile(at: 1, of: .page) { $0.breakDown(failure) }
        #expect(try await news(desk, at: 240) == [false, false])
        #expect(try desk.health(connection)?.since.description == "2026-11-21T10:03:00Z")
        server.heal()
        #expect(try await news(desk, at: 300) == [])
    }

    /// Of each sync that its connection stopped: whether it tells, and what was not known.
    private func news(_ desk: Desk, at seconds: Int64) async throws -> [Bool] {
        try await desk.reports(at: seconds).compactMap { report in
            guard case .disconnected(let trouble) = report.outcome else { return nil }
            return trouble.isFirst && trouble.isNews
        }
    }

    @Test("a plan meets a broken connection as a run does, and writes nothing down")
    func plan() async throws {
        let desk = try await Desk()
        desk["desk/first"].fail(.unreachable, at: 1, times: 1000)
        let before = try desk.story.everything()
        let reports = try await desk.reports(at: 0, .plan)
        #expect(reports.map(\.isTold) == [true, false])
        #expect(try desk.story.everything() == before)
    }

    @Test("what a connection's failure is not leaves others alone: a collection that may not be read fails its sync")
    func forbiddenCollection() async throws {
        let desk = try await Desk()
        desk["desk/first"].fail(.forbidden, at: 1, times: 1000)
        desk["desk/second"].edit(id(2)) { $0["note"] = .text("edited") }
        #expect(
            try await desk.run() == [
                "first failed: left: the collection may not be used: 403 Forbidden", "second right +0 ~1 -0",
            ])
        #expect(try desk.health("desk") == nil)
    }

    @Test("a sync that its connection stopped is still due")
    func stillDue() async throws {
        let desk = try await Desk()
        desk.heal()
        desk["desk/first"].fail(.unreachable, at: 1, times: 100)
        _ = try await desk.run(at: 60)
        let folder = StateFolder(desk.story.path + "/state", disk: Disk()).sync(SyncName(job: "crm", sync: "first"))
        let header = try #require(try folder.header())
        #expect(header.lastStarted?.description == Story.now)
        #expect(header.lastOutcome == .failed)
    }

    @Test("the file of the connections is read back as it was written, and refused where it was changed")
    func file() throws {
        let scratch = try ScratchFolder()
        let folder = StateFolder(scratch.path, disk: Disk())
        let since = try #require(Timestamp("2026-11-21T10:00:00Z"))
        let later = try #require(Timestamp("2026-11-21T11:00:00Z"))
        #expect(try folder.connections().entries.isEmpty)
        let busy = ConnectionHealth(.busy, since: since, problem: "429 \"slow\"", nextProbe: later)
        try folder.save(ConnectionHealth(.broken, since: since, problem: "401"), of: "desk")
        try folder.save(busy, of: "shop")
        #expect(try folder.connections().entries["shop"] == busy)
        #expect(try folder.connections().entries["desk"]?.state == .broken)
        // Written by a Lockstep that told no faults apart: it is read as before.
        #expect(try folder.connections().entries["desk"]?.fault == nil)
        #expect(try !scratch.text("connections.json").contains("fault"))
        for fault in ConnectionFault.allCases {
            let revoked = ConnectionHealth(.broken, fault: fault, since: since, problem: "401")
            try folder.save(revoked, of: "desk")
            #expect(try folder.connections().entries["desk"] == revoked)
        }
        try folder.save(ConnectionHealth(.broken, since: since, problem: "401"), of: "desk")
        let good = try scratch.text("connections.json")
        for (old, new) in [("401", "402"), ("broken", "gone"), ("\"version\": 1", "\"version\": 2"), ("}", "")] {
            try scratch.write(
                "connections.json", good.split(separator: old, omittingEmptySubsequences: false).joined(separator: new))
            #expect(throws: StateFailure.self) { try folder.connections() }
            #expect(throws: StateFailure.self) { try folder.save(busy, of: "desk") }
        }
    }
}

extension SyncReport {
    /// Whether it is the report that tells of a connection.
    fileprivate var isTold: Bool {
        if case .disconnected(let trouble) = outcome { trouble.isFirst } else { false }
    }
}
