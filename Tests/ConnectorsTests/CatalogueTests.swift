import Connectors
import FileIO
import Model
import TestKit
import Testing
import Values

@Suite("The catalogue of connectors")
struct CatalogueTests {
    @Test("names each connector once, in lower case, and says what it is")
    func names() {
        let names = ConnectorCatalogue.types.map(\.name)
        #expect(Set(names).count == names.count)
        #expect(names.filter { $0 != $0.lowercased() }.isEmpty)
        #expect(ConnectorCatalogue.types.filter { $0.summary.isEmpty || $0.summary.hasSuffix(".") }.isEmpty)
        #expect(ConnectorCatalogue.types.filter(\.isBuilt).map(\.name) == ["csv", "tsv", "jsonl", "json", "memory"])
        #expect(ConnectorCatalogue.type(named: "sqlite")?.isBuilt == false)
        #expect(ConnectorCatalogue.type(named: "excel") == nil)
    }

    @Test("knows the options of each connector", arguments: ["csv", "tsv", "jsonl", "json"])
    func options(name: String) throws {
        let type = try #require(ConnectorCatalogue.type(named: name))
        #expect(type.connectionOptions.first { $0.isRequired }?.name == "path")
        let own = ["csv": "delimiter", "json": "pointer"][name].map { [$0] } ?? []
        #expect(type.collectionOptions.map(\.name) == ["file", "id", "new_id", "updated"] + own)
    }

    @Test(
        "makes no endpoint of wrong settings",
        arguments: [
            ("excel", [:], "there is no connector 'excel'"),
            ("sqlite", [:], "the connector 'sqlite' is not built yet"),
            ("csv", [:], "the setting 'path' is missing"),
            ("csv", ["path": .text("")], "the setting 'path' is missing"),
            ("csv", ["path": .text("none")], "there is no file or folder FOLDER/none"),
            (
                "csv", ["delimiter": .text("ab")],
                "the setting 'delimiter' must be one ASCII character, and no quote or line end, but is 'ab'"
            ),
            (
                "csv", ["delimiter": .text("\"")],
                "the setting 'delimiter' must be one ASCII character, and no quote or line end, but is '\"'"
            ),
            ("csv", ["new_id": .text("C-")], "the setting 'new_id' must hold '{n}' once, but is 'C-'"),
            ("jsonl", ["new_id": .text("{n}{n}")], "the setting 'new_id' must hold '{n}' once, but is '{n}{n}'"),
            (
                "csv", ["new_id": .text("{n}"), "id": .names(["a", "b"])],
                "the setting 'new_id' makes ids of one field, but the setting 'id' names several"
            ),
            ("csv", ["id": .names([])], "the setting 'id' names no field"),
            ("csv", ["id": .names(["a", "a"])], "the setting 'id' names the field 'a' twice"),
            ("json", ["id": .names(["a", "a.b"])], "the setting 'id' names the field 'a.b' twice"),
            ("json", ["id": .text("a..b")], "'a..b' is not the name of a field"),
            ("json", ["id": .text("a['b")], "'a['b' is not the name of a field"),
            ("memory", ["updated": .text("")], "'' is not the name of a field"),
            (
                "json", ["pointer": .text("items")],
                "the setting 'pointer' is no JSON pointer such as '/data/items', but 'items'"
            ),
            (
                "json", ["pointer": .text("/a~2")],
                "the setting 'pointer' is no JSON pointer such as '/data/items', but '/a~2'"
            ),
        ] as [(String, [String: ResolvedSettings.Content], String)])
    func mistakes(type: String, settings: [String: ResolvedSettings.Content], message: String) throws {
        let folder = try ScratchFolder()
        let isPath = message.contains("path") || message.contains("folder")
        let all = isPath ? settings : settings.merging(["path": .text(folder.path)]) { $1 }
        do {
            _ = try ConnectorCatalogue.endpoint(
                type: type, settings: ResolvedSettings(all), collection: "items", folder: folder.path, disk: Disk())
            Issue.record("the settings were taken")
        } catch .misconfigured(let found), .unavailable(let found) {
            #expect(found == message.replacing("FOLDER", with: folder.path))
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("tells the planner what the settings mean")
    func capabilities() throws {
        let folder = try ScratchFolder()
        func capabilities(_ type: String, _ more: [String: ResolvedSettings.Content]) throws -> Capabilities {
            let settings = more.merging(["path": .text(folder.path)]) { $1 }
            return try ConnectorCatalogue.endpoint(
                type: type, settings: ResolvedSettings(settings), collection: "x", folder: "", disk: Disk()
            ).capabilities
        }
        let csv = try capabilities("csv", ["new_id": .text("C-{n}/x"), "updated": .text("at")])
        #expect(csv.values == .text)
        #expect(csv.idFields == [FieldPath("id")])
        #expect(csv.newIDs == .numbered(prefix: "C-", suffix: "/x"))
        #expect(csv.updatedField == FieldPath("at"))
        let json = try capabilities("json", ["id": .text("a.b")])
        #expect(json.values == .json)
        #expect(json.idFields == [FieldPath(steps: ["a", "b"], text: "a.b")])
        #expect(json.newIDs == .numbered(prefix: "", suffix: ""))
        #expect(try capabilities("jsonl", ["id": .names(["a", "b"])]).newIDs == .fields)
        #expect(try capabilities("csv", ["id": .text("a.b")]).idFields == [FieldPath("a.b")])
        #expect(try capabilities("memory", [:]).values == .any)
    }

    @Test("finds a collection's file in a folder, below the jobs' own, or takes the one that is named")
    func files() async throws {
        let folder = try ScratchFolder()
        try folder.write("a.csv", "id\n1\n")
        try folder.write("b.txt", "id\n2\n")
        func ids(_ settings: [String: ResolvedSettings.Content], in base: String) async throws -> [String] {
            let endpoint = try ConnectorCatalogue.endpoint(
                type: "csv", settings: ResolvedSettings(settings), collection: "a", folder: base, disk: Disk())
            return try await ReadCollection(endpoint).ids
        }
        #expect(try await ids(["path": .text(folder.path)], in: "elsewhere") == ["1"])
        #expect(try await ids(["path": .text(".")], in: folder.path) == ["1"])
        #expect(try await ids(["path": .text("."), "file": .text("b.txt")], in: folder.path) == ["2"])
        #expect(try await ids(["path": .text("b.txt")], in: folder.path) == ["2"])
    }

    @Test("gives the collections in memory that a test put there")
    func memory() async throws {
        let mine = MemoryEndpoint([["id": .int(1)]])
        func ids(_ collection: String) async throws -> [String] {
            let endpoint = try ConnectorCatalogue.endpoint(
                type: "memory", settings: ResolvedSettings(), collection: collection, folder: "", disk: Disk(),
                memory: ["mine": mine])
            return try await ReadCollection(endpoint).ids
        }
        #expect(try await ids("mine") == ["1"])
        #expect(try await ids("other") == [])
        mine.edit { $0.append(["id": .text("x")]) }
        #expect(try await ids("mine") == ["1", "x"])
        mine.edit { $0.append(["name": .text("x")]) }
        await #expect(throws: EndpointFailure.malformed(place: "memory:3", message: "the record has no id")) {
            try await mine.read(KnownRecords(links: LinkTable(), side: .left))
        }
    }
}
