import YAML

extension Shape {
    /// What belongs here, as a phrase that follows 'must be'.
    var expectation: String {
        switch self {
        case .text: "text"
        case .setting: "text"
        case .name: "a name"
        case .bool: "true or false"
        case .whole: "a whole number"
        case .single: "a single value"
        case .anything: "a value"
        case .choice(let choices): listed(choices.map(\.name))
        case .written(let grammar): grammar.expectation
        case .list(let shape): "a list of \(shape.plural)"
        case .listOrOne(let shape): "\(shape.expectation), or a list of \(shape.plural)"
        case .mapping(let table): table.expectation
        case .named(let noun, _): "a mapping of \(noun)s by name"
        case .table: "a mapping of values"
        case .valueTable: "a table of left values to right values, or {file: PATH}"
        case .arrows: "a list of arrows such as 'name <-> name'"
        case .either(let shapes): shapes.map(\.expectation).joined(separator: ", or ")
        }
    }

    private var plural: String {
        switch self {
        case .text, .setting: "texts"
        case .name: "names"
        case .mapping(let table): table.noun.split(separator: " ").dropFirst().joined(separator: " ") + "s"
        default: "values"
        }
    }

    /// Whether a value of this kind is what it takes, its content aside.
    func accepts(_ content: Content) -> Bool {
        switch (self, content) {
        case (.either(let shapes), _): shapes.contains { $0.accepts(content) }
        case (.anything, _): true
        case (.listOrOne(let shape), .scalar), (.listOrOne(let shape), .mapping): shape.accepts(content)
        case (.list, .sequence), (.listOrOne, .sequence), (.arrows, _): true
        case (.mapping, .mapping), (.named, .mapping), (.table, .mapping), (.valueTable, .mapping): true
        case (.single, .scalar): true
        case (_, .scalar(let scalar)): acceptsScalar(scalar)
        default: false
        }
    }

    private func acceptsScalar(_ scalar: Scalar) -> Bool {
        switch (self, scalar.resolved) {
        case (_, .null): false
        case (.text, .text), (.name, .text): true
        case (.setting, .bool): false
        case (.setting, _): true
        case (.bool, .bool): true
        case (.whole, .int): true
        case (.choice, .text): true
        case (.written, .text): true
        case (.written(let grammar), .int), (.written(let grammar), .number): grammar.takesNumbers
        default: false
        }
    }
}

extension KeyTable {
    /// By the keys that must be there, or by some that can.
    fileprivate var expectation: String {
        let required = keys.filter(\.isRequired).map(\.name)
        if !required.isEmpty { return "a mapping with \(listed(required, joinedBy: "and"))" }
        if keys.count <= 4 { return "a mapping with \(listed(keys.map(\.name), joinedBy: "and"))" }
        return "a mapping of options such as \(listed(keys.prefix(2).map(\.name)))"
    }
}

extension Node {
    /// What a value is, as a phrase that follows 'not'.
    var kindPhrase: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: "empty"
            case .bool: scalar.text
            case .int, .number, .infinity, .nan: "the number \(scalar.text)"
            case .text: "'\(shortened(scalar.text))'"
            }
        }
    }
}

/// A text as a sentence quotes it: one line, and not for ever.
func shortened(_ text: String) -> String {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map(String.init) ?? text
    let isCut = line.utf8.count < text.utf8.count
    guard line.unicodeScalars.count > 60 else { return isCut ? line + "…" : line }
    return String(String.UnicodeScalarView(line.unicodeScalars.prefix(57))) + "…"
}
