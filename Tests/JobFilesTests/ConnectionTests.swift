import Diagnostics
import JobFiles
import Model
import Testing

struct ConnectionTests {
    private func connection(_ settings: String) throws -> Connection {
        let lines = settings.split(separator: "\n").map { "    \($0)\n" }.joined()
        let checked = Folder(["connections.yaml": "connections:\n  desk:\n    type: desk\n\(lines)"]).check()
        return try #require(checked.connections["desk"], "\(checked.diagnostics)")
    }

    private let required = "url: https://desk.example\ntoken: ${DESK_TOKEN}\n"

    @Test("settings keep their kind and their place")
    func kinds() throws {
        let connection = try connection(required + "page_size: 50\nstrict: true\nmode: safe\nid: [a, b]\nteam: 007")
        let settings = Dictionary(uniqueKeysWithValues: connection.settings.map { ($0.name, $0) })
        guard case .int(50)? = settings["page_size"]?.content, case .bool(true)? = settings["strict"]?.content,
            case .text(let mode)? = settings["mode"]?.content, case .list(let names)? = settings["id"]?.content,
            case .text(let team)? = settings["team"]?.content
        else { throw Unexpected("\(settings)") }
        #expect(mode.literal == "safe")
        #expect(names.count == 2)
        #expect(team.literal == "007")
        #expect(settings["page_size"]?.place.start.line == 6)
        #expect(connection.type == "desk")
    }

    @Test(
        "variables and files are named, not read",
        arguments: [
            ("${DESK_TOKEN}", [Template.Part.variable("DESK_TOKEN")]),
            ("${file:/run/secrets/desk}", [.file("/run/secrets/desk")]),
            ("a${B}c${file:d}", [.text("a"), .variable("B"), .text("c"), .file("d")]),
            ("$${A} $ {B} $$", [.text("${A} $ {B} $$")]),
            ("x$$${A}", [.text("x$${A}")]),
        ])
    func templates(written: String, parts: [Template.Part]) throws {
        let connection = try connection(required + "team: '\(written)'")
        guard case .text(let template)? = connection.settings.last?.content else { throw Unexpected("no text") }
        #expect(template.parts == parts)
    }

    @Test("a bool or a number may come from a variable")
    func variableForBool() throws {
        let connection = try connection(required + "strict: ${STRICT}\npage_size: ${SIZE}")
        guard case .text(let strict) = connection.settings[2].content else { throw Unexpected("no text") }
        #expect(strict.parts == [.variable("STRICT")])
    }

    @Test("a connection with a mistake is none, and takes the jobs that use it along")
    func brokenConnection() {
        let folder = Folder([
            "connections.yaml": Folder.connections.replacing("path: data", with: "pfad: data"),
            "crm.yaml": "job: crm\nleft: desk\nright: files\nsyncs:\n  a: {left: a, right: a, fields: [x <-> x]}\n",
            "own.yaml": "job: own\nleft: desk\nright: desk\nsyncs:\n  a: {left: a, right: b, fields: [x <-> x]}\n",
        ])
        let checked = folder.check()
        #expect(checked.connections.keys.sorted() == ["desk"])
        #expect(checked.jobs.map(\.name) == ["own"])
        #expect(checked.diagnostics.map(\.code) == ["missing-key", "unknown-setting"])
    }

    @Test("without connections.yaml every job says so")
    func noFile() {
        var folder = Folder()
        folder.files["connections.yaml"] = nil
        let diagnostics = folder.check().diagnostics
        #expect(diagnostics.map(\.code) == ["unknown-connection", "unknown-connection"])
        #expect(diagnostics.map(\.hint) == ["there is no connections.yaml", "there is no connections.yaml"])
    }

    @Test("a variable that is not set is a warning, and the connection stands")
    func unset() {
        let text = Folder.connections.replacing("DESK_TOKEN", with: "UNSET_TOKEN")
        let checked = Folder(["connections.yaml": text]).check()
        #expect(checked.diagnostics.map(\.severity) == [.warning])
        #expect(checked.connections["desk"] != nil)
    }
}
