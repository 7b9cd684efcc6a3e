package import Model
package import Values

/// What mends a condition: steps that are done one after another.
package struct Remedy: Sendable {
    package enum Step: Sendable {
        /// A command of Lockstep's, without its own name.
        case command([String])
        /// Another command of a shell.
        case shell([String])
        /// A key of a job file is set, in the mapping of that line.
        case set(key: String, to: String, at: String)
        /// An option of the field or of the arrow that stands on that line is set.
        case option(key: String, to: String, at: String)
        /// A field of a record is given a value.
        case edit(Side, id: String, field: String, to: Value)
        case variable(String)
        /// It passes by itself; at that time, where that is known.
        case wait(until: LocalTime?)
        /// What only a person can know how to do.
        case person(String)
    }

    package var steps: [Step]

    init(_ steps: Step...) { self.steps = steps }

    init(_ steps: [Step]) { self.steps = steps }

    static func command(_ words: String...) -> Remedy { Remedy(.command(words)) }

    /// A sentence without its full stop.
    package var sentence: String { sentences.joined(separator: " ") }

    /// What is done in each step, with what leads to the next: commands in a row can be pasted as they are.
    package var sentences: [String] {
        steps.indices.map { at in
            guard at + 1 < steps.count else { return steps[at].words }
            return steps[at].words + (steps[at].isCommand && steps[at + 1].isCommand ? " &&" : ", then")
        }
    }
}

extension Remedy.Step {
    fileprivate var isCommand: Bool {
        switch self {
        case .command, .shell: true
        default: false
        }
    }

    fileprivate var words: String {
        switch self {
        case .command(let words): "lockstep " + words.map(ShellWord.quoted).joined(separator: " ")
        case .shell(let words): words.map(ShellWord.quoted).joined(separator: " ")
        case .set(let key, let value, let place): "set '\(key): \(value)' at \(place)"
        case .option(let key, let value, let place): "give the arrow at \(place) '\(key): \(value)'"
        case .edit(let side, let id, let field, let value): "set '\(field)' of \(side) \(id) to \(value.shown)"
        case .variable(let name): "set the environment variable \(name) where Lockstep runs"
        case .wait(let until): "wait" + (until.map { " until \($0.inWords)" } ?? "")
        case .person(let words): words
        }
    }
}
