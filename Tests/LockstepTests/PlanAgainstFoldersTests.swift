import FileIO
import Glibc
import Runner
import TestKit
import Testing

@testable import lockstep

/// What jobs folders and revisions may hold beside one job of two systems.
@Suite("Plans against other job files, of many systems, of much, and of links")
struct PlanAgainstFoldersTests {
    private static let connections = """
        connections:
          desk: {type: csv, path: '@/desk'}
          portal: {type: jsonl, path: '@/portal'}
          shop: {type: json, path: '@/shop'}
          depot: {type: csv, path: '@/depot'}

        """

    private static let helpdesk = """
        job: helpdesk
        left: desk
        right: portal
        syncs:
          tickets:
            left: tickets
            right: requests
            match: id <-> number
            fields: [id <-> number, title <-> subject]

        """

    private static let stock = """
        job: stock
        left: shop
        right: depot
        syncs:
          items:
            left: items
            right: parts
            match: sku <-> sku
            fields: [sku <-> sku, name <-> name]

        """

    private static func git(_ words: String..., in world: TestWorld) throws {
        let answer = try Program.run(
            ["git", "-C", world.folder.path, "-c", "user.name=Ada", "-c", "user.email=ada@example.org"] + words)
        try #require(answer.status == 0, "\(answer.output)")
    }

    /// Four systems and two jobs, in step, with their job files committed.
    private static func committed() async throws -> TestWorld {
        let world = try TestWorld()
        try world.write("jobs/connections.yaml", connections)
        try world.write("jobs/helpdesk.yaml", helpdesk)
        try world.write("jobs/stock.yaml", stock)
        try world.write("desk/tickets.csv", "id,title\n1,VPN\n2,Printer\n3,Coffee\n")
        try world.write("portal/requests.jsonl", "")
        try world.write(
            "shop/items.json", #"[{"id": 1, "sku": "A", "name": "Nut"}, {"id": 2, "sku": "B", "name": "Bolt"}]"#)
        try world.write("depot/parts.csv", "id,sku,name\n")
        try git("init", "-q", in: world)
        try commit(world)
        let captured = CapturedConsole()
        #expect(await world.run(["run"], on: captured.console) == .inStep)
        return world
    }

    private static func commit(_ world: TestWorld) throws {
        try git("add", "jobs", in: world)
        try git("commit", "-q", "-m", "jobs", in: world)
    }

    private static func told(
        _ words: [String], _ world: TestWorld, ends: CommandEnd = .inStep
    ) async -> (output: String, errors: String) {
        let captured = CapturedConsole()
        #expect(await world.run(["plan"] + words, on: captured.console) == ends)
        return (world.shown(captured.text(.output)), world.shown(captured.text(.errors)))
    }

    @Test("of several systems each is told where its job changed, and nothing of the others")
    func severalSystems() async throws {
        let world = try await Self.committed()
        try world.write(
            "jobs/stock.yaml",
            Self.stock.replacing("left: items", with: "left: {collection: items, filter: sku != 'A'}"))
        #expect(
            await Self.told(["--against", "HEAD"], world).output == """
                stock/items:
                  1 record leaves the scope on the left (2 before, 1 now): 1
                1 of 2 syncs differs

                """)
        try world.write(
            "jobs/helpdesk.yaml",
            Self.helpdesk.replacing("left: tickets", with: "left: {collection: tickets, filter: id != '2'}"))
        let both = await Self.told(["--against", "HEAD"], world).output
        #expect(both.contains("helpdesk/tickets:\n  1 record leaves the scope on the left (3 before, 2 now): 2\n"))
        #expect(both.hasSuffix("2 of 2 syncs differ\n"))
        let one = await Self.told(["helpdesk", "--against", "HEAD"], world).output
        #expect(!one.contains("stock"))
        #expect(one.hasSuffix("1 of 1 sync differs\n"))
    }

    @Test(
        "a connection that leads elsewhere now is read once for each, and one that is gone keeps only its jobs from it")
    func movedSystems() async throws {
        let world = try await Self.committed()
        try world.write("annex/parts.csv", "id,sku,name\n1,A,Nut\n")
        try world.write("jobs/connections.yaml", Self.connections.replacing("@/depot", with: "@/annex"))
        let moved = await Self.told(["--against", "HEAD"], world).output
        #expect(moved.contains("  read once for each, since its settings differ: the right\n"))
        #expect(!moved.contains("helpdesk"))
        try world.write("jobs/connections.yaml", Self.connections.replacing("@/depot", with: "@/nowhere"))
        try world.write(
            "jobs/helpdesk.yaml",
            Self.helpdesk.replacing("left: tickets", with: "left: {collection: tickets, filter: id != '2'}"))
        let gone = await Self.told(["--against", "HEAD"], world, ends: .files).output
        #expect(gone.contains("stock/items:\n  now: failed: "))
        #expect(gone.contains("1 record leaves the scope on the left (3 before, 2 now): 2\n"))
        #expect(gone.hasSuffix("1 of 2 syncs differs; 1 sync could not be compared\n"))
    }

    @Test("a comment on more than fits is as long as one may be at most, and says how much is missing")
    func limit() async throws {
        let world = try await Self.committed()
        for number in 100..<400 {
            let job = Self.helpdesk.replacing("job: helpdesk", with: "job: copy\(number)")
                .replacing("fields: [", with: "conflicts: left\n    fields: [")
            try world.write("jobs/copy\(number).yaml", job)
        }
        let text = await Self.told(["--against", "HEAD", "--format", "markdown"], world).output
        #expect(text.utf16.count <= PlanMarkdown.limit)
        #expect(text.utf16.count > PlanMarkdown.limit / 2)
        let shown = text.split(separator: "\n### copy").count - 1
        #expect(shown > 50 && shown < 300)
        #expect(text.hasSuffix("\n\(300 - shown) more syncs not shown here\n"))
        #expect(text.contains("**300 of 302 syncs differ**"))
        #expect(text.split(separator: "<details>").count == text.split(separator: "</details>").count)
    }

    @Test("a link in a revision is not followed: its job is not compared, and others are")
    func linkInRevision() async throws {
        let world = try await Self.committed()
        try world.write("elsewhere/extra.yaml", Self.stock.replacing("job: stock", with: "job: extra"))
        #expect(symlink("../elsewhere/extra.yaml", world.folder.path + "/jobs/extra.yaml") == 0)
        try Self.commit(world)
        try world.write(
            "jobs/helpdesk.yaml",
            Self.helpdesk.replacing("left: tickets", with: "left: {collection: tickets, filter: id != '2'}"))
        let (output, errors) = await Self.told(["--against", "HEAD"], world, ends: .files)
        #expect(errors.contains("HEAD:jobs/extra.yaml:1:1: error: a symbolic link is not followed in a revision"))
        #expect(output.hasSuffix("1 of 2 syncs differs; not all was compared: the job files of 'HEAD' have mistakes\n"))
        #expect(!output.contains("extra"))
    }

    @Test("a table that is a link in a revision cannot be read there")
    func linkedTable() async throws {
        let world = try await Self.committed()
        try world.write("elsewhere/names.csv", "left,right\nNut,nut\n")
        try world.write(
            "jobs/stock.yaml",
            Self.stock.replacing(
                "name <-> name]", with: "name <-> name: {values: {file: maps/names.csv}, unmapped: pass}]"))
        try world.write("jobs/maps/other.csv", "left,right\n")
        #expect(symlink("../../elsewhere/names.csv", world.folder.path + "/jobs/maps/names.csv") == 0)
        try Self.commit(world)
        let (output, errors) = await Self.told(["--against", "HEAD"], world, ends: .jobFile)
        #expect(errors.contains("HEAD:jobs/stock.yaml:9:"))
        #expect(errors.contains("maps/names.csv"))
        #expect(
            output == "no difference in the others; not all was compared: the job files of 'HEAD' have mistakes\n")
    }

    @Test("a link in the folder is what it leads to, and one that leads nowhere is told")
    func linkInFolder() async throws {
        let world = try await Self.committed()
        try world.write(
            "elsewhere/helpdesk.yaml",
            Self.helpdesk.replacing("left: tickets", with: "left: {collection: tickets, filter: id != '2'}"))
        try world.remove("jobs/helpdesk.yaml")
        #expect(symlink("../elsewhere/helpdesk.yaml", world.folder.path + "/jobs/helpdesk.yaml") == 0)
        let output = await Self.told(["--against", "HEAD"], world).output
        #expect(output.contains("helpdesk/tickets:\n  1 record leaves the scope on the left (3 before, 2 now): 2\n"))
        try world.remove("elsewhere/helpdesk.yaml")
        let (rest, errors) = await Self.told(["--against", "HEAD"], world, ends: .files)
        #expect(errors.contains("jobs/helpdesk.yaml:1:1: error: cannot "))
        #expect(rest == "no difference in the others; not all was compared: the job files have mistakes\n")
    }

    @Test("folders that are links are the folders that they lead to, on either side of a comparison")
    func linkedFolders() async throws {
        let world = try await Self.committed()
        #expect(symlink("jobs", world.folder.path + "/linked") == 0)
        try FileTree.age(world.folder.path)
        #expect(await Self.told(["--against", "@/linked"], world).output == "no difference\n")
        let job = Self.helpdesk.replacing("left: tickets", with: "left: {collection: tickets, filter: id != '2'}")
        try world.write("jobs/helpdesk.yaml", job)
        let captured = CapturedConsole()
        let folder = world.folder.path
        let end = await Lockstep.run(
            ["plan", "--against", "HEAD", "--jobs", folder + "/linked", "--state", folder + "/.lockstep"],
            world: world.world, console: captured.console)
        #expect(end == .inStep)
        #expect(captured.text(.output).contains("1 record leaves the scope on the left (3 before, 2 now): 2\n"))
    }
}
