import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

@testable import lockstep

/// `lockstep connections check` says which part of a connection failed, whatever it is.
struct ConnectionsCommandTests {
    private let world: TestWorld

    init() throws {
        world = try TestWorld()
        try world.write(
            "jobs/connections.yaml", "connections:\n  desk: {type: csv, path: '@/desk'}\n  shop: {type: memory}\n")
        try world.write(
            "jobs/crm.yaml",
            """
            job: crm
            left: desk
            right: shop
            syncs:
              things: {left: things, right: things, match: name <-> name, fields: [name <-> name]}
              parts: {left: parts, right: parts, match: name <-> name, fields: [name <-> name]}
            """)
        try world.write("desk/things.csv", "id,name\n1,VPN\n")
        for name in ["things", "parts"] { try world.make("@shop/\(name)", #"{"id":1,"name":"VPN"}"#) }
    }

    private func check(_ name: String) async throws -> (end: CommandEnd, check: Object) {
        let captured = CapturedConsole()
        let end = await world.run(["connections", "check", name, "--format", "json"], on: captured.console)
        let answer = try JSON.parse(Array(captured.text(.output).utf8))
        return (end, try #require(answer.object?["checks"]?.list?.first?.object))
    }

    @Test("each fault belongs to a part, which is named, and has a remedy", arguments: ConnectionFault.allCases)
    func fault(_ fault: ConnectionFault) async throws {
        #expect(try world.systems.play(["break", "shop", fault.rawValue]))
        let (end, check) = try await check("shop")
        #expect(end == .brokenConnection)
        #expect(check["works"] == .bool(false))
        #expect(check["failed"]?.text == fault.part.rawValue)
        #expect(check["cause"]?.text == fault.rawValue)
        #expect(check["place"]?.text.map(world.shown) == "jobs/connections.yaml:3")
        #expect(check["remedy"]?.text?.contains("'shop'") == true)
    }

    private static let others = [
        ("unauthorised", "credentials", "connection-unauthorised"),
        ("unreachable", "network", "connection-unreachable"),
        ("forbidden", "permission", "collection-not-permitted"),
    ]

    @Test("so does what the system says no more of", arguments: others)
    func untold(what: String, part: String, cause: String) async throws {
        #expect(try world.systems.play(["break", "shop", what]))
        let (end, check) = try await check("shop")
        #expect(end == .brokenConnection)
        #expect(check["failed"]?.text == part)
        #expect(check["cause"]?.text == cause)
    }

    @Test("one request is made, whatever number of syncs use it, and nothing is written down")
    func oneRequest() async throws {
        #expect(try await check("shop").end == .inStep)
        #expect(world.systems.takeCalls("shop") == 1)
        #expect(try world.systems.play(["break", "shop", "token-revoked"]))
        _ = try await check("shop")
        #expect(world.systems.takeCalls("shop") == 1)
        #expect(!Disk().exists(world.folder.path + "/.lockstep"))
    }

    @Test("of files it says what may not be done", .enabled(if: geteuid() != 0, "root may do everything"))
    func files() async throws {
        let folder = world.folder.path + "/desk"
        #expect(chmod(folder, 0o500) == 0)
        let (end, check) = try await check("desk")
        #expect(chmod(folder, 0o700) == 0)
        #expect(end == .brokenConnection)
        #expect(check["failed"]?.text == "permission")
        #expect(check["text"]?.text.map(world.shown) == "desk may not be written to")
    }

    @Test("a state that cannot be read is said to be so")
    func damaged() async throws {
        try world.write(".lockstep/connections.json", "not json")
        let captured = CapturedConsole()
        #expect(await world.run(["connections"], on: captured.console) == .files)
        #expect(captured.text(.output) == "")
        #expect(captured.text(.errors).contains("connections.json:1: the file is damaged"))
    }
}
