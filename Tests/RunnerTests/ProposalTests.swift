import Diagnostics
import FileIO
import JobFiles
import Model
import TestKit
import Testing
import Values

@testable import Runner

/// What `init --from` makes of names and values.
struct ProposalTests {
    @Test(
        "names are alike whatever joins their words, and where they mean the same in most systems",
        arguments: [
            ("Due Date", "due_date", FieldNameWords.Likeness.same), ("dueDate", "due-date", .same), ("ID", "id", .same),
            ("E-Mail", "email", .same), ("mail", "Email Address", .synonyms), ("Telephone", "phone_number", .synonyms),
            ("status", "state", .synonyms), ("customer_name", "name", .partly), ("name", "title", .none),
            ("first_name", "last_name", .partly), ("a", "b", .none), ("", "id", .none), ("!!", "??", .none),
            ("Größe", "größe", .same), ("id", "no", .none),
        ])
    func names(left: String, right: String, likeness: FieldNameWords.Likeness) {
        #expect(FieldNameWords.likeness(left, right) == likeness)
        #expect(FieldNameWords.likeness(right, left) == likeness)
    }

    @Test(
        "files and collections of any name give names of jobs, or none",
        arguments: [
            ("contacts", "contacts"), ("CRM Contacts 2026", "crm-contacts-2026"), ("2026-orders", "orders"),
            ("__x__", "x"),
            ("日本", nil), ("", nil), (String(repeating: "a", count: 200), String(repeating: "a", count: 40)),
            ("a.b/c", "a-b-c"),
        ])
    func jobNames(text: String, name: String?) {
        #expect(ProposedNames.name(of: text) == name)
    }

    private func proposal(_ left: [Object], _ right: [Object]) throws -> MappingProposal {
        try MappingProposal(
            Sides(
                left: SampledSide(CollectionSample(records: left), .json, .left),
                right: SampledSide(CollectionSample(records: right), .json, .right)))
    }

    @Test("ids that count from one on both sides are the same only where the records agree in something else")
    func sameNumbers() throws {
        let people = ["Ada", "Grace", "Alan", "Edsger"]
        let left = people.enumerated().map { Object([("id", .int(Int64($0) + 1)), ("name", .text($1))]) }
        let same = people.enumerated().map { Object([("id", .int(Int64($0) + 1)), ("name", .text($1))]) }
        let turned = people.reversed().enumerated().map { Object([("id", .int(Int64($0) + 1)), ("name", .text($1))]) }
        #expect(try proposal(left, same).match?.columns.left.path == FieldPath("id"))
        #expect(try proposal(left, turned).match?.columns.left.path == FieldPath("name"))
    }

    @Test("a table is proposed only where the paired records leave no doubt")
    func tables() throws {
        func records(_ states: [String]) -> [Object] {
            states.enumerated().map {
                Object([("id", .text("x\($0)")), ("name", .text("n\($0)")), ("state", .text($1))])
            }
        }
        func table(_ left: [String], _ right: [String]) throws -> String? {
            try proposal(records(left), records(right)).fields.first { $0.table != nil }?.table?.map {
                "\($0.left)=\($0.right)"
            }.joined(separator: " ")
        }
        #expect(try table(["a", "a", "b", "b"], ["1x", "1x", "2x", "2x"]) == "a=1x b=2x")
        #expect(try table(["a", "a", "b", "b"], ["1x", "2x", "2x", "2x"]) == nil)
        #expect(try table(["a", "a", "b"], ["1x", "1x", "2x"]) == nil)
        #expect(try table(["a", "a", "b", "b"], ["1x", "1x", "1x", "1x"]) == nil)
        #expect(
            try table(["In Progress", "Done", "Done"], ["done", "in_progress", "done"])
                == "Done=done In Progress=in_progress")
    }

    @Test("a small set of words that both sides spell alike needs no table, whether or not each word was met on both")
    func sameWords() throws {
        func records(_ states: [String]) -> [Object] {
            states.enumerated().map { Object([("id", .text("x\($0)")), ("state", .text($1))]) }
        }
        let found = try proposal(
            records(["new", "open", "open", "new"]), records(["open", "new", "held", "open", "held"]))
        let field = try #require(found.fields.first { $0.columns.left.name == "state" })
        #expect(field.table == nil && field.type == nil)
        #expect(found.leftOut == [])
    }

    @Test("words that differ in capital letters are named as such, and TRUE meets a bool by the field's type")
    func spellings() throws {
        let left: [Object] = [
            ["id": .text("a"), "town": .text("ROME"), "vip": .text("TRUE")],
            ["id": .text("b"), "town": .text("Oslo"), "vip": .text("FALSE")],
            ["id": .text("c"), "town": .text("Bonn"), "vip": .text("TRUE")],
        ]
        let right: [Object] = [
            ["id": .text("a"), "town": .text("Rome"), "vip": .bool(true)],
            ["id": .text("b"), "town": .text("Oslo"), "vip": .bool(false)],
            ["id": .text("c"), "town": .text("Bonn"), "vip": .bool(true)],
        ]
        let fields = try proposal(left, right).fields
        let town = try #require(fields.first { $0.columns.left.name == "town" })
        #expect(town.reason.hasSuffix("or 'right' would choose"))
        #expect(fields.first { $0.columns.left.name == "vip" }?.type == .bool)
        let same = try #require(try proposal(right, right).fields.first { $0.columns.left.name == "town" })
        #expect(!same.reason.contains("capital"))
    }

    @Test("a CSV file whose head has no comma is read by what stands there in its place, and its connection says so")
    func semicolons() async throws {
        let folder = try ScratchFolder(inMemory: true)
        try folder.write("one.csv", "id;name;town\n1;Ada;Rome\n2;Alan;Oslo\n3;Grace;Bonn\n")
        try folder.write("two.csv", "id\tname\n1\tAda\n2\tAlan\n3\tGrace\n")
        let world = World(now: { .earliest }, environment: { _ in nil }, holder: { "a test" })
        let proposal = try await JobProposal.propose(
            (folder.path + "/one.csv", folder.path + "/two.csv"), name: nil, in: folder.path, nil, world: world)
        #expect(proposal.mapped == 2)
        try NewFolder(proposal.files).write(to: folder.path, world: world)
        let workspace = try Workspace.load(jobs: folder.path + "/jobs", state: folder.path + "/state", world: world)
        #expect(workspace.diagnostics.map(\.message) == [])
        #expect(proposal.files[0].text.contains("    delimiter: ';'\n"))
        #expect(proposal.files[0].text.contains("    delimiter: \"\\t\"\n"))
    }

    @Test("two sides that have nothing in common are no job, and nor is one without records")
    func nothing() {
        #expect(throws: MappingProposal.Failure.self) {
            try proposal([["id": .int(1), "a": .int(4)]], [["id": .int(9), "b": .bool(true)]])
        }
        #expect(throws: MappingProposal.Failure.self) { try proposal([], [["id": .int(9)]]) }
    }

    @Test("whatever fields are called, the proposal is a job without errors", arguments: 0..<40)
    func hostileNames(seed: Int) async throws {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "a", "B", " ", "'", "\"", ":", " #", "{", "}", "[", ",", "\\", "->", "é", "\t", "%", "true", "record", "-",
            "&", "*", "!", "|", "0",
        ]
        var names: [String] = []
        while names.count < 4 {
            let name =
                "f"
                + (0..<Int.random(in: 1...6, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "a" }
                .joined()
            if !names.contains(where: { FieldNameWords.plain($0) == FieldNameWords.plain(name) }) { names.append(name) }
        }
        let folder = try ScratchFolder(inMemory: true)
        let records = (0..<4).map { number in
            Object([("id", .int(Int64(number)))] + names.map { ($0, Value.text("\($0) \(number)")) })
        }
        let lines = records.map { JSON.text(.object($0)) + "\n" }.joined()
        try folder.write("one.jsonl", lines)
        try folder.write("two.jsonl", lines)
        let world = World(
            now: { .earliest }, environment: { _ in nil }, holder: { "a test" })
        let proposal = try await JobProposal.propose(
            (folder.path + "/one.jsonl", folder.path + "/two.jsonl"), name: nil, in: folder.path, nil, world: world)
        try NewFolder(proposal.files).write(to: folder.path, world: world)
        let workspace = try Workspace.load(jobs: folder.path + "/jobs", state: folder.path + "/state", world: world)
        let text = proposal.files.map(\.text).joined()
        #expect(workspace.diagnostics.map(\.message) == [], "seed \(seed), names \(names):\n\(text)")
        #expect(workspace.checked.jobs.first?.syncs.first?.fields.count == 5, "seed \(seed):\n\(text)")
        for name in names { #expect(!text.contains("\(name) 0"), "seed \(seed)") }
    }
}
