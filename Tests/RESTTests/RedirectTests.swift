import HTTP
import Model
import REST
import TestKit
import Testing
import Values

@Suite("Redirects")
struct RedirectTests {
    private static let definition = """
        collections:
          items:
            fields:
              id: {type: int, read_only: true}
              name: {type: text}
            list: {request: GET /items, records: body.items}
            get: {request: "GET /items/{id}", record: body}
            create: {request: POST /items, body: record, record: body}
        """

    @Test("a redirect to the same server is followed with the credentials", arguments: [301, 302, 303, 307, 308])
    func same(status: Int) async throws {
        let rig = try Rig(Self.definition) { asked in
            asked.path == "/items"
                ? .status(status, "", [(name: "Location", value: "/v2/items?x=1")]) : .ok(items(1..<3))
        }
        #expect(try await rig.ids() == ["1", "2"])
        #expect(rig.system.lines == ["GET /items", "GET /v2/items?x=1"])
        #expect(rig.system.asked.allSatisfy { $0.headers["Authorization"] == "Bearer s3cr3t-token" })
    }

    @Test("a redirect to another server, scheme or port is not followed: nobody else gets the credentials")
    func other() async throws {
        for place in [
            "https://evil.example/items", "//evil.example/", "http://desk.example/items", "https://desk.example:1/",
        ] {
            let rig = try Rig(Self.definition) { _ in .status(302, "", [(name: "Location", value: place)]) }
            guard case .unreachable(let message, _) = await rig.failure() else {
                Issue.record("\(place) was followed")
                continue
            }
            #expect(message.hasPrefix("it sends requests on to "), "\(message)")
            #expect(rig.system.asked.map(\.origin) == ["https://desk.example"])
        }
    }

    @Test("redirects that go on for ever end")
    func endless() async throws {
        let rig = try Rig(Self.definition) { asked in
            .status(302, "", [(name: "Location", value: asked.target + "x")])
        }
        #expect(
            await rig.failure()
                == .unreachable(message: "it sends requests round in a circle", fault: .noAnswer))
        #expect(rig.system.lines.count == 5)
    }

    @Test("a write is not sent on, and where the answer may follow what was done it is in doubt")
    func write() async throws {
        let rig = try Rig(Self.definition) { _ in .status(303, "", [(name: "Location", value: "/items/7")]) }
        let outcome = try await rig.outcome(.create("", ["name": .text("x")]))
        guard case .uncertain = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(rig.system.lines == ["POST /items"])
        let moved = try Rig(Self.definition) { _ in .status(308, "", [(name: "Location", value: "/v2/items")]) }
        guard case .unreachable = await moved.failure(of: .create("", ["name": .text("x")])) else {
            Issue.record("it was sent on")
            return
        }
        #expect(moved.system.lines == ["POST /items"])
    }
}
