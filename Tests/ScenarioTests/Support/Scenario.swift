import Runner
import TestKit
import Testing

/// A story of two systems, with its end: a job, files, edits, runs and what comes of them, in one text that a person reads from top to
/// bottom. The files of `Scenarios/` hold them, a family in each; `Testing.md` has their words.
struct Scenario: Sendable, CustomTestStringConvertible {
    var name: String
    var family: String
    var steps: [Step]

    var testDescription: String { "\(family): \(name)" }

    /// One section of the text.
    struct Step: Sendable {
        /// What stands before the colon, in words.
        var words: [String]
        /// What stands behind it, on its line.
        var rest: String
        /// The lines below it, without their indentation.
        var body: [String]
        /// Its line in the file.
        var line: Int

        var verb: String { words[0] }
        /// The lines of a file.
        var text: String { body.map { $0 + "\n" }.joined() }
        var isRun: Bool { verb == "run" }

        /// How much of what is to be done a run does: `run limit 2`, `run only 4711`.
        var part: RunPart {
            var part = RunPart()
            for (word, value) in zip(words, words.dropFirst()) {
                if word == "limit" { part.limit = Int(value) }
                if word == "only" { part.only.append(RecordName(value)) }
            }
            return part
        }

        /// The run that does all that this one leaves.
        var unlimited: Step {
            var step = self
            if let at = words.firstIndex(of: "limit") { step.words.removeSubrange(at...at + 1) }
            return step
        }
    }

    /// How many lines its text has: what is small is tried more thoroughly.
    var size: Int { steps.reduce(0) { $0 + 1 + $1.body.count } }
}

extension Scenario {
    /// Reads the scenarios of a family. `## NAME` begins steps that scenarios of the file may begin `from`, `### NAME` a scenario.
    static func read(_ text: String, family: String) throws -> [Scenario] {
        var beginnings: [String: [Step]] = [:]
        var scenarios: [Scenario] = []
        for part in try parts(text, family) {
            guard part.isScenario else {
                beginnings[part.name] = part.steps
                continue
            }
            var steps = part.steps
            if steps.first?.verb == "from" {
                let name = steps.removeFirst().rest
                guard let beginning = beginnings[name] else { throw Breach("\(family): nothing begins '\(name)'") }
                // What changes the job at once belongs to the beginning: its run goes by it.
                let changes = steps.prefix { ["with", "without"].contains($0.verb) }
                let jobs = beginning.prefix { ["job", "sync", "crm", "connection"].contains($0.verb) }
                steps = Array(jobs) + changes + beginning.dropFirst(jobs.count) + steps.dropFirst(changes.count)
            }
            scenarios.append(Scenario(name: part.name, family: family, steps: steps))
        }
        return scenarios
    }

    private struct Part {
        var isScenario: Bool
        var name: String
        var steps: [Step] = []
    }

    private static func parts(_ text: String, _ family: String) throws -> [Part] {
        var parts: [Part] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty || line.hasPrefix("# ") { continue }
            if line.hasPrefix("## ") || line.hasPrefix("### ") {
                parts.append(
                    Part(isScenario: line.hasPrefix("###"), name: String(line.drop { $0 == "#" || $0 == " " })))
                continue
            }
            guard var part = parts.popLast() else { throw Breach("\(family):\(number + 1): nothing has begun yet") }
            if line.hasPrefix("  "), let last = part.steps.indices.last {
                part.steps[last].body.append(String(line.dropFirst(2)))
            } else if let colon = line.firstIndex(of: ":") {
                let words = line[..<colon].split(separator: " ").map(String.init)
                let rest = line[line.index(after: colon)...].drop { $0 == " " }
                part.steps.append(Step(words: words, rest: String(rest), body: [], line: number + 1))
            } else {
                throw Breach("\(family):\(number + 1): what is this line?")
            }
            parts.append(part)
        }
        return parts
    }
}
