import Testing

@testable import lockstep

/// Expressions ask the clocks of the zones that the system has files of.
struct ZoneTests {
    /// A zone file (RFC 8536, version 1): an hour east, and two from 1,231,000,000 seconds on, in January 2009.
    private static let file: String = {
        let header = Array("TZif".utf8) + Array(repeating: 0, count: 16)
        let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 8]
        let change: [UInt8] = [0x49, 0x5F, 0x7A, 0x40, 1]
        let kinds: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0, 0, 0, 0x1C, 0x20, 1, 4]
        return String(decoding: header + counts + change + kinds + Array("ONE\u{0}TWO\u{0}".utf8), as: UTF8.self)
    }()

    private func run(_ arguments: [String], in world: TestWorld) async -> String {
        let captured = CapturedConsole()
        _ = await world.run(arguments, on: captured.console)
        return captured.text(.output) + world.shown(captured.text(.errors))
    }

    @Test(
        "eval finds zones by their names",
        arguments: [
            ("timestamp('2008-06-01T22:30:00Z').getHours('Test/Moved')", "23\n"),
            ("timestamp('2009-06-01T22:30:00Z').getDate('Test/Moved')", "2\n"),
        ])
    func eval(text: String, value: String) async throws {
        let world = try TestWorld()
        try world.write("zones/Test/Moved", Self.file)
        #expect(await run(["eval", text], in: world) == value)
    }

    @Test("a zone that is mistyped is told with the one that the system lists")
    func mistyped() async throws {
        let world = try TestWorld(withSmallJob: ())
        try world.write("zones/zone.tab", "# zones\nDE\t+5230+01322\tEurope/Berlin\tmost\nZZ\n")
        let job = try #require(try world.read("jobs/helpdesk.yaml"))
        try world.write(
            "jobs/helpdesk.yaml", job.replacing("job: helpdesk\n", with: "job: helpdesk\ntimezone: Europe/Berlinn\n"))
        #expect(await run(["check"], in: world).contains("did you mean 'Europe/Berlin'?"))
    }

    @Test("filters, mappings and conversions of job files find them too")
    func jobs() async throws {
        let world = try TestWorld()
        try world.write("zones/Test/Moved", Self.file)
        try world.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: csv, path: @/desk}
              portal: {type: jsonl, path: @/portal}

            """)
        try world.write(
            "jobs/helpdesk.yaml",
            """
            job: helpdesk
            left: desk
            right: portal
            syncs:
              tickets:
                left: {collection: tickets, filter: timestamp(opened).getHours('Test/Moved') == 23}
                right: {collection: requests, new_id: 'R-{n}'}
                direction: left-to-right
                fields:
                  - string(timestamp(opened).getDate('Test/Moved')) -> day

            """)
        try world.write(
            "desk/tickets.csv",
            "id,opened\n1,2008-06-01T22:30:00Z\n2,2009-06-01T22:30:00Z\n3,2009-06-02T21:30:00Z\n")
        try world.write("portal/requests.jsonl", "")
        let said = await run(["run"], in: world)
        let made = try #require(try world.read("portal/requests.jsonl"), "\(said)")
        let days = made.split(separator: "\n").map {
            $0.contains("\"day\":\"1\"") ? 1 : $0.contains("\"day\":\"2\"") ? 2 : 0
        }
        #expect(days == [1, 2], "\(said)\(made)")
    }
}
