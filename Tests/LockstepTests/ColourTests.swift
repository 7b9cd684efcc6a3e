import Testing

@testable import lockstep

struct ColourTests {
    private func output(
        _ option: String?, isTerminal: Bool, environment: [String: String] = [:]
    ) async throws -> String {
        let world = try TestWorld(withSmallJob: ())
        for (name, value) in environment { world.set(name, value) }
        let captured = CapturedConsole(isTerminal: isTerminal)
        _ = await world.run(["plan"] + (option.map { ["--color", $0] } ?? []), on: captured.console)
        return captured.text(.output)
    }

    private static let plain = """
        helpdesk/tickets: 1 create on the right; 1 paired without a write
          + create right 8 from left 2
              number: "2"
              subject: "Printer on fire"

        """
    private static let coloured = """
        \u{1B}[1mhelpdesk/tickets\u{1B}[0m: 1 create on the right; 1 paired without a write
          \u{1B}[32m+\u{1B}[0m create right 8 from left 2
              number: "2"
              subject: "Printer on fire"

        """

    @Test("a terminal gets colours, and a pipe gets none")
    func automatic() async throws {
        #expect(try await output(nil, isTerminal: true) == Self.coloured)
        #expect(try await output(nil, isTerminal: false) == Self.plain)
        #expect(try await output("auto", isTerminal: false) == Self.plain)
    }

    @Test("NO_COLOR is obeyed, unless it is empty")
    func noColor() async throws {
        #expect(try await output(nil, isTerminal: true, environment: ["NO_COLOR": "1"]) == Self.plain)
        #expect(try await output(nil, isTerminal: true, environment: ["NO_COLOR": ""]) == Self.coloured)
        #expect(try await output(nil, isTerminal: true, environment: ["TERM": "dumb"]) == Self.plain)
    }

    @Test("what is asked for on the command line counts more")
    func asked() async throws {
        #expect(try await output("always", isTerminal: false, environment: ["NO_COLOR": "1"]) == Self.coloured)
        #expect(try await output("never", isTerminal: true) == Self.plain)
    }
}
