import Model
import TestKit
import Testing
import Values

@testable import lockstep

/// The whole way of a connection whose token is revoked while runs write: told once, left alone, and nothing lost.
@Suite("A token that is revoked")
struct RevokedTokenTests {
    /// Three syncs of two jobs on the connection `shop`, and one that does not use it.
    private static let collections = ["a", "b", "c", "d"]
    private static let ofShop = ["a", "b", "c"]

    private static func job(_ name: String, _ left: String, _ right: String, _ syncs: [String]) -> String {
        "job: \(name)\nleft: \(left)\nright: \(right)\nsyncs:\n"
            + syncs.map { sync in
                """
                  \(sync):
                    left: \(sync)
                    right: \(sync)
                    match: name <-> name
                    limits: {updates: 100%}
                    fields: [name <-> name, note <-> note]

                """
            }.joined()
    }

    private let world: TestWorld

    init() async throws {
        world = try TestWorld()
        try world.write(
            "jobs/connections.yaml",
            "connections:\n  desk: {type: memory}\n  shop: {type: memory}\n  other: {type: memory}\n")
        try world.write("jobs/crm.yaml", Self.job("crm", "desk", "shop", ["a", "b"]))
        try world.write("jobs/erp.yaml", Self.job("erp", "desk", "shop", ["c"]))
        try world.write("jobs/misc.yaml", Self.job("misc", "desk", "other", ["d"]))
        let records = (1...3).map { #"{"id":\#($0),"name":"n\#($0)","note":"first"}"# }.joined(separator: "\n")
        for name in Self.collections {
            try world.make("@desk/\(name)", records)
            try world.make("@\(name == "d" ? "other" : "shop")/\(name)", records)
        }
        let (end, said) = await run()
        #expect(end == .inStep)
        #expect(said == "")
    }

    private func run(_ arguments: String...) async -> (CommandEnd, String) {
        let captured = CapturedConsole()
        let end = await world.run(arguments.isEmpty ? ["run"] : arguments, on: captured.console)
        return (end, captured.all.map(\.text).joined())
    }

    private func server(_ name: String) throws -> FakeServer { try #require(world.systems[name]) }

    private func note(_ server: String, _ id: Int64, _ text: String) throws {
        try self.server(server).edit(try #require(RecordID(.int(id)))) { $0["note"] = .text(text) }
    }

    private func notes(_ server: String) throws -> [String?] {
        try self.server(server).records.map { $0["note"]?.text }
    }

    /// How many writes the servers of `shop` were asked for, and how many of them they made.
    private func writes() throws -> (asked: Int, made: Int) {
        let servers = try Self.ofShop.map { try server("shop/\($0)") }
        return (servers.reduce(0) { $0 + $1.calls(.write) }, servers.reduce(0) { $0 + $1.log.count })
    }

    /// Two edits and a new record on the left of each sync, and an edit on its right: nine writes to `shop`.
    private func edit() throws {
        for name in Self.collections {
            try note("desk/\(name)", 1, "left 1")
            try note("desk/\(name)", 2, "left 2")
            try server("desk/\(name)").put(["id": .int(4), "name": .text("n4"), "note": .text("new")])
            try note(name == "d" ? "other/d" : "shop/\(name)", 3, "right 3")
        }
        for name in Self.ofShop { try server("shop/\(name)").clearLog() }
        _ = world.systems.takeCalls("shop")
    }

    @Test(
        "stops all syncs of its connection without another write, is told once, and costs no edit",
        arguments: [0, 1, 2, 3, 4, 5, 7, 8])
    func afterWrites(count: Int) async throws {
        try edit()
        #expect(try world.systems.play(["break", "shop", "token-revoked", "after", "\(count)", "writes"]))
        let (end, said) = await run()
        #expect(end == .brokenConnection)
        let lines = said.split(separator: "\n")
        let told =
            "stopped: the connection 'shop' is broken: the token was revoked: 401 Unauthorized; 2 more syncs need it"
        #expect(lines.filter { $0.contains("shop") }.map { $0.split(separator: ": ", maxSplits: 1)[1] } == [told[...]])
        #expect(lines.contains("misc/d: 1 updated on the left; 1 created, 2 updated on the right"))
        let writes = try writes()
        #expect(writes.made == count)
        // Each of the two jobs may have had one under way when the first was turned away.
        #expect((count + 1...count + 2).contains(writes.asked))
        try await cronMeanwhile()
        try await goesOn()
    }

    /// Cron goes on every minute: nothing is said, and of the connection one cheap thing is asked. People go on, too.
    private func cronMeanwhile() async throws {
        let (_, status) = await run("status")
        let rows = status.split(separator: "\n").filter { $0.contains(" disconnected ") }
        #expect(rows.map { $0.split(separator: " ")[0] } == ["crm/a", "crm/b", "erp/c"], "\(status)")
        #expect(
            status.contains("the connection 'shop' is broken: the token was revoked: 401 Unauthorized"), "\(status)")
        _ = world.systems.takeCalls("shop")
        for minute in 1...3 {
            world.advance(.seconds(60))
            let (end, said) = await run()
            #expect(end == .brokenConnection)
            #expect(said == "")
            #expect(world.systems.takeCalls("shop") == 1)
            for name in Self.ofShop {
                try note("desk/\(name)", 1, "left \(minute)")
                try note("shop/\(name)", 3, "right \(minute)")
            }
        }
    }

    /// The token is renewed: the next run goes on, everything is where it should be, and nothing is there twice.
    private func goesOn() async throws {
        #expect(try world.systems.play(["heal", "shop"]))
        let (end, said) = await run()
        #expect(end == .inStep, "\(said)")
        for name in Self.ofShop {
            let wanted = ["left 3", "left 2", "right 3", "new"]
            #expect(try notes("desk/\(name)") == wanted)
            #expect(try notes("shop/\(name)") == wanted)
        }
        let made = try writes().made
        let (again, silence) = await run()
        #expect(again == .inStep)
        #expect(silence == "")
        #expect(try writes().made == made)
        #expect(await run("status").1.contains("disconnected") == false)
    }

    @Test("a system that asks to be left alone is told once, and asked nothing before its time")
    func busy() async throws {
        try edit()
        #expect(try world.systems.play(["break", "shop", "busy", "600"]))
        let (end, said) = await run()
        #expect(end == .needsSomeone)
        #expect(said.split(separator: "\n").count { $0.contains("shop") } == 1)
        _ = world.systems.takeCalls("shop")
        for _ in 1...9 {
            world.advance(.seconds(60))
            let (end, said) = await run()
            #expect(end == .needsSomeone)
            #expect(said == "")
        }
        #expect(world.systems.takeCalls("shop") == 0)
        world.advance(.seconds(60))
        #expect(try world.systems.play(["heal", "shop"]))
        #expect(await run().0 == .inStep)
        for name in Self.ofShop { #expect(try notes("shop/\(name)") == ["left 1", "left 2", "right 3", "new"]) }
    }

    @Test("trouble that becomes another is told anew, and so is what comes back after it was over")
    func another() async throws {
        #expect(try world.systems.play(["break", "shop", "token-revoked"]))
        #expect(await run().1.contains("the token was revoked"))
        #expect(await run().1 == "")
        #expect(try world.systems.play(["break", "shop", "host-unknown"]))
        #expect(await run().1.contains("the name of its host is not known"))
        #expect(await run().1 == "")
        #expect(try world.systems.play(["heal", "shop"]))
        #expect(await run() == (.inStep, ""))
        #expect(try world.systems.play(["break", "shop", "host-unknown"]))
        #expect(await run().1.contains("the name of its host is not known"))
    }

    @Test("an account that may write nothing is told once, though each run is answered until it writes")
    func readOnly() async throws {
        try edit()
        for name in Self.ofShop {
            #expect(try world.systems.play(["forbid", "shop/\(name)", "name", "403 Forbidden: read only"]))
            #expect(try world.systems.play(["forbid", "shop/\(name)", "note", "403 Forbidden: read only"]))
        }
        let (end, said) = await run()
        #expect(end == .brokenConnection)
        #expect(said.split(separator: "\n").count { $0.contains("'shop' is broken") } == 1, "\(said)")
        world.advance(.seconds(60))
        let (again, silence) = await run()
        #expect(again == .brokenConnection)
        #expect(silence == "")
    }

    @Test("who asks by name, or sits at a terminal, is told each time")
    func asked() async throws {
        #expect(try world.systems.play(["break", "shop", "token-revoked"]))
        _ = await run()
        #expect(await run("run", "crm").1.contains("crm/a: stopped: the connection 'shop' is broken"))
        let terminal = CapturedConsole(isTerminal: true)
        _ = await world.run(["run", "--color", "never"], on: terminal.console)
        #expect(terminal.text(.output).contains("stopped: the connection 'shop' is broken"))
    }
}
