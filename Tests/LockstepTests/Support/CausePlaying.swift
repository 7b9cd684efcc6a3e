import Runner
import Testing
import Values

@testable import lockstep

/// Plays a case: makes what it says, asks, and does what the answer says.
struct CausePlaying {
    private let world: TestWorld
    private var question = ""
    private var answer = Object()
    private var digest = ""
    private var end = CommandEnd.inStep

    init() throws { world = try TestWorld() }

    mutating func play(_ steps: [CauseCase.Step]) async throws {
        for (number, step) in steps.enumerated() {
            let next = steps.dropFirst(number + 1).first
            try await play(step, next)
        }
    }

    private mutating func play(_ step: CauseCase.Step, _ next: CauseCase.Step?) async throws {
        switch step {
        case .file(let name, let text): try world.make(name, text)
        case .command(let line):
            let said = try await Story.run(Story.words(line).map { $0 == "@digest" ? digest : $0 }, in: world)
            digest = said.firstMatch(of: /--accept ([0-9a-f]{16})/).map { String($0.output.1) } ?? digest
        case .ask(let arguments):
            question = arguments
            answer = try await ask()
        case .expectCause(let wanted):
            #expect(told == wanted || cause == wanted, "\(text)")
        case .expectAlso(let causes):
            #expect(Array(blocking.dropFirst().compactMap { $0["cause"]?.text }) == causes, "\(text)")
        case .expectText(let wanted):
            let said = JSON.text(.text(wanted)).dropFirst().dropLast()
            #expect(text.contains(said), "\(text)")
        case .expectNoText(let unwanted):
            #expect(!text.contains(JSON.text(.text(unwanted)).dropFirst().dropLast()), "\(text)")
        case .expectExit(let wanted): #expect("\(end.rawValue)" == wanted, "\(text)")
        case .expectContent(let name, let wanted):
            let content = try world.content(name)
            #expect(content.contains(wanted), "\(name) holds \(content)")
        case .mend(let number, let person):
            let remedies = decisive?["remedies"]?.list ?? []
            let remedy = try #require(
                remedies.indices.contains(number - 1) ? remedies[number - 1].object : nil, "\(text)")
            let steps = (remedy["steps"]?.list ?? []).compactMap(\.object)
            if steps.allSatisfy({ ["command", "shell"].contains($0["do"]?.text) }) {
                try await paste(remedy["text"]?.text ?? "")
            } else {
                for step in steps { try await carryOut(step, person) }
            }
            var wanted = "in-step"
            if case .then(let cause)? = next { wanted = cause }
            answer = try await ask()
            #expect(cause == wanted, "after \(remedy["text"]?.text ?? ""):\n\(text)")
            if wanted == "in-step" {
                answer = try await ask("--live")
                #expect(cause == wanted, "when asked, after \(remedy["text"]?.text ?? ""):\n\(text)")
            }
        case .then: break
        }
    }

    private mutating func ask(_ more: String...) async throws -> Object {
        let captured = CapturedConsole()
        end = await world.run(
            ["why"] + Story.words(question) + more + ["--format", "json"], on: captured.console)
        let parsed = try JSON.parse(Array(captured.text(.output).utf8))
        let answers = parsed.object?["answers"]?.list ?? []
        #expect(answers.count == 1, "\(captured.text(.errors))")
        return try #require(answers.first?.object)
    }

    private var cause: String { answer["cause"]?.text ?? "" }

    /// `conflict at jobs/crm.yaml:7`.
    private var told: String { cause + (decisive?["place"]?.text.map { " at " + world.shown($0) } ?? "") }

    private var conditions: [Object] { answer["conditions"]?.list?.compactMap(\.object) ?? [] }
    private var blocking: [Object] { conditions.filter { ["stop", "hold"].contains($0["standing"]?.text ?? "") } }

    private var decisive: Object? {
        blocking.first ?? conditions.first { $0["standing"]?.text == "wait" } ?? conditions.last
    }

    private var text: String { world.shown(JSON.text(.object(answer))) }

    /// Runs a line of commands as a shell would.
    private func paste(_ line: String) async throws {
        for command in line.split(separator: " && ") {
            try await run(Story.words(String(command)))
        }
    }

    private func run(_ words: [String]) async throws {
        switch words.first {
        case "lockstep": _ = await world.run(Array(words.dropFirst()), on: CapturedConsole().console)
        case "chmod": try world.changeMode(of: words[2], words[1])
        default: Issue.record("this is no command: \(words)")
        }
    }

    /// Does what a step of a remedy says, as a person would who reads it.
    private mutating func carryOut(_ step: Object, _ person: [CauseCase.Step]) async throws {
        let value = step["value"]
        switch step["do"]?.text {
        case "command":
            let words = step["arguments"]?.list?.compactMap(\.text) ?? []
            _ = await world.run(words, on: CapturedConsole().console)
        case "shell": try await run(step["arguments"]?.list?.compactMap(\.text) ?? [])
        case "set": try Hands(world).set(step["key"]?.text ?? "", value?.text ?? "", at: step["at"]?.text ?? "")
        case "option": try Hands(world).give(step["key"]?.text ?? "", value?.text ?? "", at: step["at"]?.text ?? "")
        case "edit":
            try Hands(world).edit(
                step["side"]?.text ?? "", step["id"]?.text ?? "", step["field"]?.text ?? "", value ?? .null)
        case "variable": world.set(step["name"]?.text ?? "", "set")
        case "wait":
            if let until = step["until"]?.text.flatMap({ Timestamp($0) }) {
                world.advance(until.since(world.world.now()))
            }
            for step in person { try await play(step, nil) }
        default:
            try #require(!person.isEmpty, "only a person can do this: \(step["text"]?.text ?? "")")
            for step in person { try await play(step, nil) }
        }
    }
}

/// What a person does to files.
private struct Hands {
    let world: TestWorld

    init(_ world: TestWorld) { self.world = world }

    private func lines(of place: String, _ change: (inout [String], Int) -> Void) throws {
        let parts = world.shown(place).split(separator: ":").map(String.init)
        let number = try #require(Int(parts.last ?? ""), "\(place)")
        let text = try #require(try world.read(parts[0]))
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        try #require(lines.indices.contains(number - 1))
        change(&lines, number - 1)
        try world.write(parts[0], lines.joined(separator: "\n"))
    }

    /// Sets a key in the mapping that begins, or on the line of the key that stands, there.
    func set(_ key: String, _ value: String, at place: String) throws {
        try lines(of: place) { lines, at in
            let indent = lines[at].prefix { $0 == " " }
            if lines[at].dropFirst(indent.count).hasPrefix(key + ":") {
                lines[at] = "\(indent)\(key): \(value)"
            } else {
                lines.insert("\(indent)  \(key): \(value)", at: at + 1)
            }
        }
    }

    /// Gives the arrow on a line an option.
    func give(_ key: String, _ value: String, at place: String) throws {
        try lines(of: place) { lines, at in
            if lines[at].hasSuffix("}") {
                lines[at] = String(lines[at].dropLast()) + ", \(key): \(value)}"
            } else if lines[at].hasSuffix(":") {
                let indent = lines[at].prefix { $0 == " " }
                lines.insert("\(indent)    \(key): \(value)", at: at + 1)
            } else {
                lines[at] += ": {\(key): \(value)}"
            }
        }
    }

    /// Sets a field of a record of `desk/things.csv` on the left, or of `shop/things.csv` on the right.
    func edit(_ side: String, _ id: String, _ field: String, _ value: Value) throws {
        if try world.systems.edit(side == "left" ? "desk/things" : "shop/things", id, field, value) { return }
        let file = side == "left" ? "desk/things.csv" : "shop/things.csv"
        let text = try #require(try world.read(file))
        var rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let column = try #require(rows.first?.firstIndex(of: field), "\(file) has no \(field)")
        let row = try #require(rows.firstIndex { $0.first == id }, "\(file) has no \(id)")
        rows[row][column] = value.text ?? JSON.text(value)
        try world.write(file, rows.map { $0.joined(separator: ",") + "\n" }.joined())
    }
}
