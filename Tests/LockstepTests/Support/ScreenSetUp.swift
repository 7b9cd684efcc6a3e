import FileIO
import Glibc
import TestKit
import Testing
import Values

@testable import lockstep

/// Some jobs after some runs: tickets with titles of all kinds, some in conflict, some to be written; a sync that is
/// paused, one that a brake stopped, one whose connection is broken.
final class ScreenSetUp: Sendable {
    struct Asked: Sendable, CustomTestStringConvertible {
        var name: String
        var arguments: [String]

        var testDescription: String { name }
    }

    static let screens = [
        Asked(name: "status", arguments: ["status"]), Asked(name: "plan", arguments: ["plan"]),
        Asked(name: "why-sync", arguments: ["why", "helpdesk/tickets"]),
        Asked(name: "why-record", arguments: ["why", "helpdesk/tickets", "left:5"]),
        Asked(name: "log", arguments: ["log"]),
        Asked(name: "log-run", arguments: ["log", "helpdesk/tickets", "--run", "1"]),
        Asked(name: "log-record", arguments: ["log", "helpdesk/tickets", "--record", "left:2"]),
        Asked(name: "items", arguments: ["items", "helpdesk/tickets"]),
    ]

    let world: TestWorld
    /// Where the world lies, by a name that is as long as ``shownPath``: lines are broken where they always are.
    private let path: String
    private static let shownPath = "/srv/lockstep"

    init() async throws {
        world = try TestWorld()
        path = "/tmp/" + String(world.folder.path.suffix(6).map { $0.isLetter || $0.isNumber ? $0 : "x" }) + "ls"
        try #require(path.utf8.count == Self.shownPath.utf8.count)
        try #require(symlink(world.folder.path, path) == 0)
        try await play()
    }

    deinit { unlink(path) }

    /// What a command says on a terminal.
    func show(_ screen: Asked, _ columns: Int, isColoured: Bool) async -> String {
        await run(
            screen.arguments + ["--color", isColoured ? "always" : "never"],
            CapturedConsole(isTerminal: true, columns: columns))
    }

    /// What a command says to a file.
    func pipe(_ arguments: [String]) async -> String { await run(arguments) }

    private func run(_ arguments: [String], _ captured: CapturedConsole = CapturedConsole()) async -> String {
        _ = await Lockstep.run(
            arguments + ["--jobs", path + "/jobs", "--state", path + "/.lockstep"], world: world.world,
            console: captured.console)
        return captured.text(.output).replacing(path, with: Self.shownPath)
    }

    private func play() async throws {
        try world.write("jobs/connections.yaml", connections)
        try world.write("jobs/helpdesk.yaml", job("helpdesk", "office", "portal", "tickets"))
        try world.write("jobs/people-and-companies.yaml", job("people-and-companies", "office", "crm", "companies"))
        try world.write("jobs/crm.yaml", job("crm", "office", "crm", "contacts"))
        try world.write("jobs/shop.yaml", job("shop", "desk", "crm", "orders"))
        for (name, count) in [("companies", 30), ("contacts", 3), ("orders", 2)] {
            try world.write("office/\(name).jsonl", lines((1...count).map { ("\($0)", "\(name) \($0)") }))
        }
        for name in ["portal/tickets", "crm/companies", "crm/contacts", "crm/orders"] {
            try world.write("\(name).jsonl", "")
        }
        try world.write("office/tickets.jsonl", lines(Self.titles))
        _ = await run(["run"])
        world.advance(.seconds(7_200))
        _ = await run(["pause", "crm", "--reason", "the office \u{1B}[5mmoves\u{202E} to 東京 " + far])
        try world.write("office/companies.jsonl", lines([("1", "companies 1")]))
        try world.write("jobs/people-and-companies.yaml", deleting)
        let edited = Self.titles.map { id, title in
            (id, ["5", "6", "8"].contains(id) ? "left " + title : id == "2" ? title + "？" : title)
        }
        try world.write("office/tickets.jsonl", lines(edited))
        try editOnTheRight(["5", "6", "8"])
        _ = await run(["run"])
        world.advance(.seconds(60))
        try editOnTheRight(["2"])
        _ = await run(["run"])
        world.advance(.seconds(180))
        let now = edited.map { id, title in
            (id, ["1", "3", "4", "7", "9"].contains(id) ? title + "!" : id == "2" ? "right " + title : title)
        }
        try world.write("office/tickets.jsonl", lines(now + [("10", "日本 " + Self.long)]))
        try world.write(".lockstep/connections.json", Self.broken)
    }

    private func editOnTheRight(_ ids: [String]) throws {
        let portal = try #require(try world.read("portal/tickets.jsonl"))
        let lines = portal.split(separator: "\n").map(String.init).map { line in
            ids.contains { line.contains("\"number\":\"\($0)\"") }
                ? line.replacing("\"subject\":\"", with: "\"subject\":\"right ") : line
        }
        try world.write("portal/tickets.jsonl", lines.map { $0 + "\n" }.joined())
    }

    private static let broken = """
        {
          "version": 1,
          "connections": {
            "desk": {"state": "broken", "since": "2026-11-21T09:00:00Z", "problem": "401 Unauthorized", "next_probe": "2026-11-21T11:00:00Z"}
          },
          "checksum": "1a40bb475a072c14"
        }

        """

    private let far = "for a while that is longer than a line is wide, so that it has to be broken somewhere"
    private static let long = String(repeating: "x", count: 10_000)

    /// Titles that are wide, that hide, and that would move the cursor.
    private static let titles: [(id: String, title: String)] = [
        ("1", "VPN down"), ("2", "日本語のチケット：プリンターが燃えています。至急対応をお願いします。誰か水を持ってきてください。早く"),
        ("3", "👩\u{200D}💻 onboarding 👨\u{200D}👩\u{200D}👧\u{200D}👦 from 🇩🇪, all 👍🏽 and ❤\u{FE0F}"),
        ("4", "Cafe\u{301} Z" + String(repeating: "\u{336}", count: 12) + "algo"),
        ("5", "\u{1B}[31mred\u{1B}[0m\u{7} and\r\na new\tline, \u{9B}2J\u{1B}]0;owned\u{7}"),
        ("6", "\u{202E}gnihton\u{202C} \u{200F}from right\u{200E} to left \u{2066}at all\u{2069}"),
        ("7", "zero\u{200B}width\u{FEFF} and soft\u{AD}ly"), ("8", long), ("9", "שלום עולם مرحبا بالعالم"),
    ]

    private func lines(_ records: [(id: String, title: String)]) -> String {
        records.map { id, title in
            JSON.text(.object(["id": .text(id), "title": .text(title)])) + "\n"
        }.joined()
    }

    private var connections: String {
        """
        connections:
          office: {type: jsonl, path: '\(path)/office'}
          portal: {type: jsonl, path: '\(path)/portal'}
          crm: {type: jsonl, path: '\(path)/crm'}
          desk: {type: jsonl, path: '\(path)/office'}

        """
    }

    private func job(_ name: String, _ left: String, _ right: String, _ collection: String) -> String {
        """
        job: \(name)
        left: \(left)
        right: \(right)
        syncs:
          \(collection):
            left: \(collection)
            right: {collection: \(collection), new_id: 'R-{n}'}
            match: id <-> number
            fields:
              - id <-> number
              - title <-> subject

        """
    }

    private var deleting: String {
        job("people-and-companies", "office", "crm", "companies") + "    deletes: propagate\n"
    }
}
