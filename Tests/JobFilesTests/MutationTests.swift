import Diagnostics
import JobFiles
import Model
import TestKit
import Testing

/// Files that were changed at random are right, or have mistakes with a place inside a file of the folder; nothing
/// crashes.
struct MutationTests {
    /// What is put in, beside bytes at random: all that means something in these files.
    private static let scraps = [
        "<->", "->", "<-", " -> ", ": ", " #", "- ", "'", "\"", "{", "}", "[", "]", "&a ", "*a", "|\n", ">\n", "\n",
        "\t", "\\",
        "${", "}", "${X}", "$${", "%", "30%", "every ", "10m", "* * * * *", "link: ", "values: ", "to_left: ", "use: ",
        "null",
        "~", "true", "yes", "-1", "1e999", "companies", "tickets", "file: ", "\u{0}", "é", "\u{1F600}", "?", "!",
        "!!str ",
        "record['x']", "name", ".", "(", "size(", "\r\n", "\u{FEFF}", "---\n", "...", "<<: ",
    ]

    @Test("10,000 mutations of job files, seeded", arguments: 0..<10)
    func mutated(part: Int) throws {
        let seed = UInt64(0x10C5_7E90) &+ UInt64(part)
        var random = SplitMix64(seed: seed)
        let whole = WholeJobTests.folder.files
        for round in 0..<1000 {
            var folder = Folder(whole)
            folder.files["helpdesk.test.yaml"] =
                "job: helpdesk\ntests:\n  - {name: a, sync: tickets, left: {a: 1}, expect: no change}\n"
            let name =
                ["helpdesk.yaml", "helpdesk.yaml", "connections.yaml", "helpdesk.test.yaml", "maps/urgency.csv"]
                .randomElement(using: &random) ?? ""
            var bytes = Array((folder.files[name] ?? "").utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) { MutationTests.mutate(&bytes, &random) }
            let changed = SourceText(name: "jobs/\(name)", bytes: bytes)
            let problem = MutationTests.problem(folder, changed)
            #expect(problem == nil, "seed \(seed), round \(round), \(name):\n\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private static func mutate(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        let at = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, at + Int.random(in: 0...12, using: &random))
        switch Int.random(in: 0..<6, using: &random) {
        case 0: bytes.removeSubrange(at..<end)
        case 1: bytes.insert(contentsOf: (scraps.randomElement(using: &random) ?? "").utf8, at: at)
        case 2: bytes.replaceSubrange(at..<end, with: (scraps.randomElement(using: &random) ?? "").utf8)
        case 3: bytes.insert(UInt8.random(in: 0...255, using: &random), at: at)
        case 4: bytes.insert(contentsOf: Array(bytes[at..<end]), at: Int.random(in: 0...bytes.count, using: &random))
        default: swapLines(&bytes, &random)
        }
    }

    private static func swapLines(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        lines.swapAt(Int.random(in: 0..<lines.count, using: &random), Int.random(in: 0..<lines.count, using: &random))
        bytes = Array(lines.joined(separator: [0x0A]))
    }

    /// What is wrong with what is said of the files; nil for nothing.
    private static func problem(_ folder: Folder, _ changed: SourceText) -> String? {
        var sources: [String: SourceText] = [changed.name: changed]
        for path in folder.files.keys where sources["jobs/\(path)"] == nil {
            sources["jobs/\(path)"] = folder.source(path)
        }
        var surroundings = folder.surroundings
        let files = sources
        surroundings.load = { files["jobs/\($0)"] }
        let top = files.values.filter { !$0.name.dropFirst(5).contains("/") }
        let checked = JobFolder(Array(top)).check(in: surroundings)
        for diagnostic in checked.diagnostics {
            let places = [diagnostic.place] + diagnostic.notes.map(\.place)
            guard diagnostic.place != nil else { return "no place: \(diagnostic)" }
            for place in places.compactMap({ $0 }) where !isInside(place, files[place.file]) {
                return "outside: \(diagnostic)"
            }
        }
        let renderer = HumanRenderer { files[$0] }
        if renderer.render(checked.diagnostics).isEmpty != checked.diagnostics.isEmpty { return "nothing shown" }
        if !checked.hasErrors, checked.jobs.count != 1, changed.name.hasSuffix("helpdesk.yaml") {
            return "no error and no job"
        }
        return nil
    }

    private static func isInside(_ place: Place, _ source: SourceText?) -> Bool {
        guard let source, place.start <= place.end else { return false }
        return [place.start, place.end].allSatisfy { position in
            guard position.line >= 1, position.column >= 1, let line = source.line(position.line) else { return false }
            // A carriage return is no part of the line, and may be what is wrong.
            return position.column <= line.unicodeScalars.count + 2
        }
    }
}
