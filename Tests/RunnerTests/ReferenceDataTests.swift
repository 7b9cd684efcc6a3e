import FileIO
import Model
import Runner
import TestKit
import Testing
import Values

/// The story `examples/reference-data`, over the files of Debian's package `iso-codes`.
@Suite(.serialized, .enabled(if: ReferenceData.isThere, "the package 'iso-codes' is not installed"))
struct ReferenceDataTests {
    @Test("every record is made, once; edits go to the right sides, and touch no other byte")
    func wholeStory() async throws {
        let data = try ReferenceData()
        let story = data.story
        let original = try data.tables(in: "iso")
        let counts = try data.counts()
        #expect(counts["countries"] == 249 && (counts["languages"] ?? 0) > 7000)
        #expect(
            try await story.run()
                == ["countries", "subdivisions", "languages", "currencies"].map {
                    "\($0) right +\(counts[$0] ?? 0) ~0 -0"
                }.joined(separator: "; "))
        #expect(try data.tables(in: "iso") == original)
        for (name, count) in counts {
            #expect(try story.text("data/tables/\(name).csv").filter { $0 == "\n" }.count == count + 1, "\(name)")
        }
        var before = try data.everything()
        #expect(
            try await story.run()
                == "countries untouched; subdivisions untouched; languages untouched; currencies untouched")
        #expect(try data.everything() == before)

        // Three names in the tables, two in the lists.
        try story.edit("data/tables/countries.csv", ",Aruba,", ",Arubaland,")
        try story.edit("data/tables/languages.csv", "\ndeu,de,German,", "\ndeu,de,Deutsch,")
        try story.edit("data/tables/languages.csv", "\nfra,fr,French,", "\nfra,fr,\"Français, so\",")
        try story.edit("data/iso/iso_3166-1.json", #""name": "Chile","#, #""name": "Chili","#)
        try story.edit("data/iso/iso_3166-2.json", #""name": "Bayern","#, #""name": "Bavaria","#)
        before = try data.everything()
        var expected = before
        expected.replace("data/iso/iso_3166-1.json", #""name": "Aruba","#, #""name": "Arubaland","#)
        expected.replace("data/iso/iso_639-3.json", #""name": "German","#, #""name": "Deutsch","#)
        expected.replace("data/iso/iso_639-3.json", #""name": "French","#, #""name": "Français, so","#)
        expected.replace("data/tables/countries.csv", ",Chile,", ",Chili,")
        expected.replace("data/tables/subdivisions.csv", ",DE,Bayern,", ",DE,Bavaria,")
        expected.replace("data/tables/subdivisions.csv", ",DEU,Bayern,", ",DEU,Bavaria,")
        #expect(
            try await story.run()
                == "countries left +0 ~1 -0, right +0 ~1 -0; subdivisions right +0 ~1 -0; languages left +0 ~2 -0; currencies untouched"
        )
        #expect(try data.everything() == expected)
    }

    @Test("a conflict is held until a policy settles it; deletes follow theirs; an emptied file trips a brake")
    func trouble() async throws {
        let data = try ReferenceData()
        let story = data.story
        _ = try await story.run()
        try story.edit("data/tables/countries.csv", ",Aruba,", ",Arubaland,")
        try story.edit("data/iso/iso_3166-1.json", #""name": "Aruba","#, #""name": "Arubia","#)
        let before = try data.everything()
        #expect(try await story.run().hasPrefix("countries nothing, held 1; "))
        #expect(try data.everything() == before)
        #expect(try story.held() == ["conflict AW=ABW conflict"])
        try story.edit(
            "jobs/reference.yaml", "    deletes: propagate\n", "    deletes: propagate\n    conflicts: right\n")
        #expect(try await story.run().hasPrefix("countries left +0 ~1 -0; "))
        #expect(try story.text("data/iso/iso_3166-1.json").contains(#""name": "Arubaland","#))
        #expect(try story.held() == [])

        // Countries propagate deletes, languages ignore them.
        let rows = try story.text("data/tables/countries.csv").split(separator: "\n").map(String.init)
        try story.write(
            "data/tables/countries.csv", rows.filter { !$0.hasPrefix("BVT,") }.joined(separator: "\n") + "\n")
        let languages = try story.text("data/tables/languages.csv").split(separator: "\n").map(String.init)
        try story.write(
            "data/tables/languages.csv", languages.filter { !$0.hasPrefix("aaa,") }.joined(separator: "\n") + "\n")
        #expect(
            try await story.run()
                == "countries left +0 ~0 -1; subdivisions untouched; languages nothing; currencies untouched")
        #expect(!(try story.text("data/iso/iso_3166-1.json").contains("\"BVT\"")))
        #expect(try story.text("data/iso/iso_639-3.json").contains("\"aaa\""))

        try story.write("data/tables/countries.csv", rows[0] + "\n")
        let emptied = try data.everything()
        let told = try await story.run()
        #expect(
            told.hasPrefix(
                "countries brake: the right collection shrank from 248 records to 0, and the limit is 124 (50% of 248)")
                || told.hasPrefix("countries brake: 248 deletes on the left, and the limit is 24 (10% of 248), "))
        #expect(told.contains("subdivisions waits for reference/countries"))
        #expect(try data.everything() == emptied)
    }
}

/// The example with its data, in a folder of its own.
struct ReferenceData {
    static let package = "/usr/share/iso-codes/json"
    static let lists = [
        "countries": "iso_3166-1", "subdivisions": "iso_3166-2", "languages": "iso_639-3", "currencies": "iso_4217",
    ]

    static var isThere: Bool { lists.values.allSatisfy { Disk().exists("\(package)/\($0).json") } }

    let story: Story

    init() throws {
        let example = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/examples/reference-data"
        story = try Story(empty: ["data/iso", "data/tables"])
        for name in Self.lists.values {
            try story.scratch.write("data/iso/\(name).json", try Disk().read("\(Self.package)/\(name).json"))
        }
        for folder in ["jobs", "tables"] {
            for name in try Disk().list("\(example)/\(folder)") {
                let target = folder == "tables" ? "data/tables" : folder
                try story.scratch.write("\(target)/\(name)", try Disk().read("\(example)/\(folder)/\(name)"))
            }
        }
        try story.edit("jobs/connections.yaml", "path: data/iso", "path: \(story.path)/data/iso")
        try story.edit("jobs/connections.yaml", "path: data/tables", "path: \(story.path)/data/tables")
    }

    /// How many records each list has.
    func counts() throws -> [String: Int] {
        try Self.lists.mapValues { name in
            let value = try JSON.parse(try story.scratch.read("data/iso/\(name).json"))
            return value.object?[String(name.dropFirst(4))]?.list?.count ?? 0
        }
    }

    func tables(in folder: String) throws -> [String: String] {
        var texts: [String: String] = [:]
        for name in try Disk().list(story.path + "/data/" + folder) {
            texts["data/\(folder)/\(name)"] = try story.text("data/\(folder)/\(name)")
        }
        return texts
    }

    /// The content of all data files.
    func everything() throws -> [String: String] {
        try tables(in: "iso").merging(try tables(in: "tables")) { first, _ in first }
    }
}

extension [String: String] {
    /// Changes a text of a file where it stands there.
    fileprivate mutating func replace(_ file: String, _ old: String, _ new: String) {
        self[file] = self[file]?.split(separator: old, omittingEmptySubsequences: false).joined(separator: new)
    }
}
