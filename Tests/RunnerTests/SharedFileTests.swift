import FileIO
import Glibc
import Model
import TestKit
import Testing
import Values

/// Two processes at work on one data file at the same time: two jobs that have a collection in common.
@Suite(.serialized)
struct SharedFileTests {
    static let records = 1500
    /// How often both are started at once; `LOCKSTEP_ROUNDS` says another number.
    static let rounds = getenv("LOCKSTEP_ROUNDS").flatMap { Int(String(cString: $0)) } ?? 25

    private static func job(_ name: String, _ field: String) -> String {
        """
        job: \(name)
        left: desk
        right: shop
        syncs:
          \(name):
            left: \(name)
            right: people
            match: key <-> key
            creates: right
            limits: {updates: 100%}
            fields:
              - key <-> key
              - \(field) <-> \(field)

        """
    }

    private func story() throws -> Story {
        let story = try Story(empty: ["left", "right"])
        try story.write(
            "jobs/connections.yaml",
            """
            connections:
              desk: {type: jsonl, path: \(story.path)/left}
              shop: {type: csv, path: \(story.path)/right}

            """)
        try story.write("jobs/phones.yaml", Self.job("phones", "phone"))
        try story.write("jobs/cities.yaml", Self.job("cities", "city"))
        let rows = (0..<Self.records).map { "\($0),k\($0),Name number \($0),p,c\n" }
        try story.write("right/people.csv", "id,key,name,phone,city\n" + rows.joined())
        try story.write("left/phones.jsonl", lines("phone", round: 0, value: "p"))
        try story.write("left/cities.jsonl", lines("city", round: 0, value: "c"))
        return story
    }

    /// The records that both sides have, and one of its own for each round so far.
    private func lines(_ field: String, round: Int, value: String) -> String {
        let keys = (0..<Self.records).map { "k\($0)" } + (0..<round).map { "\(field)-\($0)" }
        return keys.enumerated().map { #"{"id":\#($0),"key":"\#($1)","\#(field)":"\#(value)"}"# + "\n" }.joined()
    }

    private func arguments(_ story: Story, _ job: String) -> [String] {
        ["run", job, "--jobs", story.path + "/jobs", "--state", story.path + "/state"]
    }

    /// The cells of a column, by the keys of their rows; a row that stands twice, or is torn, is a breach.
    private func column(_ at: Int, _ story: Story) throws -> [String: String] {
        var cells: [String: String] = [:]
        var ids: Set<Substring> = []
        for row in try story.text("right/people.csv").split(separator: "\n").dropFirst() {
            let parts = row.split(separator: ",", omittingEmptySubsequences: false)
            guard parts.count == 5, ids.insert(parts[0]).inserted,
                cells.updateValue(String(parts[at]), forKey: String(parts[1])) == nil
            else { throw Breach("the row '\(row)'") }
        }
        return cells
    }

    @Test("two jobs that write one file at once lose no row and revert no edit")
    func twoJobs() throws {
        let program = try Lockstep()
        let story = try story()
        for job in ["phones", "cities"] { try #require(try program.run(arguments(story, job)) == 0) }
        for round in 1...Self.rounds {
            let phones = lines("phone", round: round, value: "p\(round)")
            let cities = lines("city", round: round, value: "c\(round)")
            try story.write("left/phones.jsonl", phones)
            try story.write("left/cities.jsonl", cities)
            let jobs = round % 2 == 0 ? ["phones", "cities"] : ["cities", "phones"]
            let processes = try jobs.map { try program.start(arguments(story, $0)) }
            for process in processes {
                let end = try process.wait()
                #expect(end == .exited(0) || end == .exited(1), "round \(round)")
            }
            let torn = try column(1, story)
            #expect(torn.count >= Self.records + 2 * (round - 1), "round \(round)")
            // What one of them found to be written by the other was left for this run.
            for job in jobs { #expect(try program.run(arguments(story, job)) == 0, "round \(round)") }
            #expect(try story.text("left/phones.jsonl") == phones, "round \(round)")
            #expect(try story.text("left/cities.jsonl") == cities, "round \(round)")
            let found = (phones: try column(3, story), cities: try column(4, story))
            #expect(found.phones.count == Self.records + 2 * round, "round \(round)")
            #expect(found.phones.values.count { $0 == "p\(round)" } == Self.records + round, "round \(round)")
            #expect(found.cities.values.count { $0 == "c\(round)" } == Self.records + round, "round \(round)")
            #expect(try Disk().list(story.path + "/right") == ["people.csv"], "round \(round)")
        }
    }
}
