import FileIO
import Glibc
import Model
import Runner
import StateStore
import TestKit
import TestServers
import Testing
import Values

/// Processes are killed with SIGKILL while they exchange a refresh token for the next one.
///
/// A server that is strict gives up the old token with its answer: killed between that answer and the file, no client has a token any
/// more, and nothing but a new one from a person helps. A server that is lenient counts the old one until something that came with the
/// new one is used, as most do that rotate: there no kill may cost anything.
@Suite("A refresh token that rotates, and a process that is killed", .serialized)
struct TokenKilledTests {
    private static let kills = isFull ? 200 : 25

    /// A job that reads a desk, with the token in its settings.
    private struct Desk {
        let scratch: ScratchFolder
        let server: TokenServer

        var jobs: String { scratch.path + "/jobs" }
        var state: String { scratch.path + "/state" }
        var words: [String] { ["--jobs", jobs, "--state", state] }
        var run: [String] { ["run", "copy"] + words }

        init(isStrict: Bool) throws {
            scratch = try ScratchFolder(inMemory: true)
            server = try TokenServer(isStrict: isStrict)
            for name in ["jobs/connectors", "shop"] { try Disk().makeFolder(scratch.path + "/" + name) }
            try scratch.write("shop/items.csv", "id,name\n")
            try scratch.write(
                "jobs/connectors/desk.yaml",
                """
                connector: desk
                description: A desk
                settings:
                  url: {type: url, required: true, description: "Where."}
                  token: {type: secret, required: true, description: "A token."}
                auth: {oauth: {token_url: "settings.url + '/token'", client_id: "'x'", refresh_token: settings.token}}
                probe: GET /me
                collections:
                  items:
                    fields:
                      id: {type: int, read_only: true}
                      name: {type: text}
                    list: {request: GET /items, records: body.items}
                    get: {request: "GET /items/{id}", record: body}
                """)
            try scratch.write(
                "jobs/copy.yaml",
                """
                job: copy
                left: desk
                right: shop
                syncs:
                  items: {left: items, right: items, direction: left-to-right, match: name <-> name, fields: [name -> name]}
                """)
            try give(TokenServer.first)
        }

        /// A person writes a token into the settings.
        func give(_ token: String) throws {
            try scratch.write(
                "jobs/connections.yaml",
                """
                connections:
                  desk: {type: desk, url: "\(server.url)", token: \(token)}
                  shop: {type: csv, path: \(scratch.path)/shop}
                """)
        }

        /// The token that the next run asks with.
        func kept() throws -> String {
            let folder = TokenFolder(StateFolder(state, disk: Disk()), connection: "desk")
            return try folder.refreshToken(insteadOf: Secret(TokenServer.first))?.reveal() ?? TokenServer.first
        }
    }

    /// The operations on the files of tokens, in a run that is not killed.
    private func points(_ desk: Desk) async throws -> [DiskPoint] {
        let script = DiskScript()
        var world = World.live
        let workspace = try Workspace.load(jobs: desk.jobs, state: desk.state, world: world)
        world.disk = script.disk
        _ = try await JobRunner(workspace, world: world, evenIfNotDue: true).run(Selection(), .run(accepting: nil))
        return script.points.filter { $0.operation.path.contains("/tokens") }
    }

    @Test(
        "killed before, after or within each operation on its file, the next run works, or the server took the token back",
        arguments: [(false, 0), (false, 1), (true, 1)])
    func atEachOperation(isStrict: Bool, runsBefore: Int) async throws {
        let desk = try Desk(isStrict: isStrict)
        let (program, killer) = (try Lockstep(), try Lockstep.beside("kill-runner"))
        for _ in 0..<runsBefore { #expect(try program.run(desk.run) == 0) }
        let (files, memory) = (try FileTree(desk.scratch.path), desk.server.memory)
        let points = try await points(desk)
        #expect(points.contains { $0.operation.kind == .rename })
        var (kills, lost) = (0, 0)
        for point in points {
            for word in ["before", "after", "torn"] where word != "torn" || point.operation.kind == .write {
                let place = "\(word) \(point), strict: \(isStrict)"
                try files.restore(desk.scratch.path)
                desk.server.memory = memory
                let before = desk.server.exchanges
                let order = [
                    desk.jobs, desk.state, "2026-11-21T10:00:00Z", word, point.operation.kind.rawValue,
                    point.operation.path, "\(point.occurrence)",
                ]
                #expect(try killer.start(order).wait() == .killed(by: SIGKILL), "\(place)")
                kills += 1
                let isGood = desk.server.takes(try desk.kept())
                #expect(isGood || isStrict && desk.server.exchanges == before + 1, "\(place)")
                #expect(try program.run(desk.run) == (isGood ? 0 : 4), "\(place)")
                if !isGood { lost += 1 }
                if !isGood, lost == 1 { try expectRemedy(desk, program, place) }
            }
        }
        figure("processes killed while they exchange a token", kills)
        #expect(isStrict == (lost > 0))
        print("killed at \(kills) places, strict: \(isStrict): \(lost) between the answer and the file")
    }

    /// `why` and `connections check` say what happened, and a new token in the settings is all that it takes.
    private func expectRemedy(_ desk: Desk, _ program: Lockstep, _ place: String) throws {
        let said = try program.ask(["connections", "check", "desk"] + desk.words)
        #expect(said.text.contains("a new token"), "\(place): \(said.text)")
        #expect(!said.text.contains("refresh-") && !said.text.contains(TokenServer.first), "\(place): \(said.text)")
        let new = desk.server.grant()
        try desk.give(new)
        #expect(try program.run(desk.run) == 0, "\(place)")
        try desk.give(TokenServer.first)
    }

    @Test(
        "killed when the server was asked, has exchanged it, has said half of it, or all of it",
        arguments: [false, true])
    func atEachMoment(isStrict: Bool) throws {
        let program = try Lockstep()
        for moment in TokenServer.Moment.allCases {
            for runsBefore in 0..<3 {
                let desk = try Desk(isStrict: isStrict)
                for _ in 0..<runsBefore { #expect(try program.run(desk.run) == 0) }
                desk.server.strike(at: moment)
                let process = try program.start(desk.run)
                desk.server.strikes(process)
                #expect(try process.wait() == .killed(by: SIGKILL), "\(moment)")
                let isGood = desk.server.takes(try desk.kept())
                #expect(isGood || isStrict && moment != .asked, "\(moment)")
                #expect(try program.run(desk.run) == (isGood ? 0 : 4), "\(moment), strict: \(isStrict)")
                if !isGood { try expectRemedy(desk, program, "\(moment)") }
            }
        }
    }

    @Test("killed at any moment, again and again, a run goes on with the token that is kept")
    func atAnyMoment() throws {
        let desk = try Desk(isStrict: false)
        let program = try Lockstep()
        let begin = ContinuousClock.now
        #expect(try program.run(desk.run) == 0)
        let length = ContinuousClock.now - begin
        var alive = 0
        for number in 0..<Self.kills {
            let process = try program.start(desk.run)
            usleep(UInt32(length * number / max(1, Self.kills - 1) / .microseconds(1)))
            process.kill()
            if try process.wait() == .killed(by: SIGKILL) { alive += 1 }
            #expect(desk.server.takes(try desk.kept()), "after \(number) kills")
            // Every other time the next one is killed, too.
            if number % 2 == 0 { #expect(try program.run(desk.run) == 0, "after \(number) kills") }
        }
        #expect(try program.run(desk.run) == 0)
        #expect(alive > Self.kills / 3)
        figure("processes killed while they exchange a token", alive)
    }
}
