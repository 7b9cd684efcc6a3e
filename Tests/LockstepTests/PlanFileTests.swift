import FileIO
import Glibc
import Runner
import TestKit
import Testing
import Values

@testable import lockstep

@Suite("The file of a plan")
struct PlanFileTests {
    private func planned(_ arguments: [String] = []) async throws -> TestWorld {
        let world = try TestWorld(withSmallJob: ())
        let captured = CapturedConsole()
        let end = await world.run(["plan", "--out", "@/plan.json"] + arguments, on: captured.console)
        #expect(end == .inStep)
        return world
    }

    private func answer(_ words: [String], _ world: TestWorld) async throws -> String {
        let captured = CapturedConsole()
        _ = await world.run(words, on: captured.console)
        return captured.text(.output)
    }

    @Test("it is for its owner alone, even where a file stood there that was not")
    func mode() async throws {
        for isThere in [false, true] {
            let world = try TestWorld(withSmallJob: ())
            let path = world.folder.path + "/plan.json"
            if isThere {
                try world.write("plan.json", "what stood there")
                #expect(chmod(path, 0o644) == 0)
            }
            _ = try await answer(["plan", "--out", path], world)
            var status = stat()
            #expect(stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
        }
    }

    @Test("it reads back as the plan that it was made of")
    func roundTrip() async throws {
        let world = try await planned()
        let plan = try SavedPlan(file: world.folder.path + "/plan.json", world: world.world)
        let workspace = try Workspace.load(
            jobs: world.folder.path + "/jobs", state: world.folder.path + "/.lockstep", world: world.world)
        let reports = try await JobRunner(workspace, world: world.world, evenIfNotDue: true).run(Selection(), .plan)
        #expect(plan == SavedPlan(syncs: reports.compactMap { SavedSync($0, workspace) }))
        #expect(plan.syncs.first?.writes.count == 1)
    }

    @Test("it and the answer fit the schema, which a text that is neither does not")
    func schema() async throws {
        let world = try await planned()
        let schema = try JSON.parse(Array(try await answer(["schema", "plan"], world).utf8))
        let file = try #require(try world.read("plan.json"))
        let told = try await answer(["plan", "--format", "json"], world)
        try world.write(
            "jobs/helpdesk.yaml",
            try #require(try world.read("jobs/helpdesk.yaml")).replacing(
                "match:", with: "limits: {creates: 0}\n    match:"))
        let braked = try await answer(["plan", "--format", "json"], world)
        #expect(braked.contains("\"brakes\""))
        for text in [file, told, braked] {
            let validation = SchemaValidation(try JSON.parse(Array(text.utf8)), against: schema)
            #expect(validation.mistakes == [])
            #expect(validation.keywords.isSuperset(of: ["required", "additionalProperties", "enum", "items", "anyOf"]))
        }
        for (old, new) in [
            (#""verb":"create""#, #""verb":"make""#), (#""side":"right","#, ""), (#""writes":["#, #""extra":["#),
            (#""version":1"#, #""version":2"#), (#","checksum":"#, #","checksums":"#),
        ] {
            #expect(file.contains(old))
            let value = try JSON.parse(Array(file.replacing(old, with: new).utf8))
            #expect(!SchemaValidation(value, against: schema).mistakes.isEmpty, "\(new)")
        }
    }

    @Test("a file in which any byte was changed, or that was cut anywhere, is refused, and nothing is written")
    func edited() async throws {
        let world = try await planned()
        let path = world.folder.path + "/plan.json"
        let bytes = try Disk().read(path)
        let before = try world.read("portal/requests.jsonl")
        for at in stride(from: 0, to: bytes.count, by: 7) {
            for damaged in [Array(bytes[..<at]), bytes[..<at] + [bytes[at] ^ 1] + bytes[(at + 1)...]] {
                try Disk().replace(path, with: damaged)
                let captured = CapturedConsole()
                #expect(await world.run(["apply", path], on: captured.console) == .files, "byte \(at)")
                #expect(captured.text(.output) == "")
            }
        }
        #expect(try world.read("portal/requests.jsonl") == before)
        #expect(try world.read(".lockstep/helpdesk/tickets/state.json") == nil)
    }

    @Test("it holds no secret, nor what a variable holds")
    func secrets() async throws {
        let world = try TestWorld(withSmallJob: ())
        world.set("FOLDER", world.folder.path + "/desk")
        try world.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: csv, path: '${FOLDER}'}
              portal: {type: jsonl, path: '@/portal'}
            """)
        _ = try await answer(["plan", "--out", "@/plan.json"], world)
        let text = String(decoding: try Disk().read(world.folder.path + "/plan.json"), as: UTF8.self)
        #expect(text.contains("VPN") || text.contains("Printer"))
        #expect(!text.contains(world.folder.path))
    }

    @Test("a graver exit code comes before that of a plan that is not empty")
    func detailed() async throws {
        let world = try TestWorld(withSmallJob: ())
        func end(_ words: String...) async -> CommandEnd {
            await world.run(["plan", "--detailed-exitcode"] + words, on: CapturedConsole().console)
        }
        #expect(await end() == .planNotEmpty)
        try world.write("jobs/broken.yaml", "job: other\n")
        #expect(await end() == .jobFile)
        #expect(await end("helpdesk") == .planNotEmpty)
        #expect(await end("--out", "@/no/folder/plan.json", "helpdesk") == .files)
        _ = await world.run(["run", "helpdesk"], on: CapturedConsole().console)
        #expect(await end("helpdesk") == .inStep)
        try world.write("desk/tickets.csv", "id,title\n1,a\n2,b\n3,c\n")
        let job = try #require(try world.read("jobs/helpdesk.yaml"))
        try world.write("jobs/helpdesk.yaml", job.replacing("match:", with: "limits: {updates: 0}\n    match:"))
        #expect(await end("helpdesk") == .brake)
        try world.remove("desk/tickets.csv")
        #expect(await end("helpdesk") == .files)
    }
}
