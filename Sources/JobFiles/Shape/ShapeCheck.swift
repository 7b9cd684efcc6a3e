import Diagnostics
import YAML

/// Compares a tree with a shape and reports all that differs: unknown and missing keys, values of the wrong kind, words
/// that are no choice, and parts that are not built.
struct ShapeCheck {
    private let lines: SourceLines
    private(set) var findings = Findings()

    init(_ lines: SourceLines) { self.lines = lines }

    /// - Parameter subject: the value as a sentence begins with it: `'limits'`.
    mutating func check(_ node: Node, _ shape: Shape, _ subject: String, anchor: Place) {
        guard shape.accepts(node.content) else {
            wrongType(node, shape, subject, anchor: anchor)
            return
        }
        switch shape {
        case .either(let shapes):
            guard let fitting = shapes.first(where: { $0.accepts(node.content) }) else { return }
            check(node, fitting, subject, anchor: anchor)
        case .mapping(let table): keys(of: node, table, anchor: anchor)
        case .named(let noun, let shape): names(in: node, noun, shape)
        case .table(let shape): rows(of: node, shape)
        case .valueTable: rows(of: node, .single)
        case .list(let shape): items(of: node, shape, subject)
        case .listOrOne(let shape):
            if node.items != nil {
                items(of: node, shape, subject)
            } else {
                check(node, shape, subject, anchor: anchor)
            }
        case .arrows(let options): arrows(node, options, subject)
        case .text, .setting, .name, .bool, .whole, .single, .anything, .choice, .written: leaf(node, shape, subject)
        }
    }

    private mutating func keys(of node: Node, _ table: KeyTable, anchor: Place) {
        let entries = node.entries ?? []
        for entry in entries {
            guard let name = entry.key.scalar?.text, let key = table.key(name) else {
                if !table.isOpen { unknownKey(entry.key, in: table) }
                continue
            }
            if !key.isBuilt { notBuilt("'\(name)'", at: entry.key.place) }
            check(entry.value, key.shape, "'\(name)'", anchor: entry.key.place)
        }
        let present = Set(entries.compactMap { $0.key.scalar?.text })
        // A key that is only misspelled is reported once.
        let meant = Set(present.subtracting(table.names).compactMap { nearestName(to: $0, in: table.names) })
        for key in table.keys where key.isRequired && !present.contains(key.name) && !meant.contains(key.name) {
            missing(key, in: table, at: anchor)
        }
    }

    private mutating func names(in node: Node, _ noun: String, _ shape: Shape) {
        for entry in node.entries ?? [] {
            checkName(entry.key, "the name of a \(noun)")
            check(entry.value, shape, "the \(noun) '\(entry.key.scalar?.text ?? "")'", anchor: entry.key.place)
        }
    }

    private mutating func rows(of node: Node, _ shape: Shape) {
        for entry in node.entries ?? [] {
            check(entry.value, shape, "the value for '\(entry.key.scalar?.text ?? "")'", anchor: entry.key.place)
        }
    }

    private mutating func items(of node: Node, _ shape: Shape, _ subject: String) {
        for item in node.items ?? [] {
            check(item, shape, "each of \(subject)", anchor: item.firstLine)
        }
    }

    /// The entries' arrows are read later; here only what stands under them counts.
    private mutating func arrows(_ node: Node, _ options: KeyTable, _ subject: String) {
        for entry in (node.items ?? [node]).compactMap(ArrowEntry.init) {
            // What is no mapping there is explained with the arrow.
            guard let node = entry.options, node.scalar == nil else { continue }
            check(node, .mapping(options), "what stands under '\(entry.arrowText)'", anchor: entry.arrow.place)
        }
    }

    private mutating func leaf(_ node: Node, _ shape: Shape, _ subject: String) {
        guard let scalar = node.scalar else { return }
        switch shape {
        case .name: checkName(node, subject)
        case .whole(let range):
            if case .int(let number) = scalar.resolved, !range.contains(number) { outside(range, node, subject) }
        case .choice(let choices): choice(scalar, node, choices, subject)
        case .written(let grammar): grammar.check(PlacedText(scalar, at: node.place, in: lines), &findings)
        case .text where scalar.text.isEmpty: findings.add(.wrongType, "\(subject) is empty", at: node.place)
        default: break
        }
    }

    private mutating func choice(_ scalar: Scalar, _ node: Node, _ choices: [Choice], _ subject: String) {
        guard let known = choices.first(where: { $0.name == scalar.text }) else {
            let names = choices.map(\.name)
            let other = choices.first { $0.others.contains(scalar.text.lowercased()) }
            findings.add(
                .wrongChoice, "\(subject) must be \(listed(names)), not '\(shortened(scalar.text))'", at: node.place,
                hint: didYouMean(scalar.text, among: names) ?? other.map { "write '\($0.name)'" })
            return
        }
        if known.isBuilt { return }
        let built = choices.filter(\.isBuilt).map(\.name)
        let key = subject.filter { $0 != "'" }
        notBuilt("'\(key): \(known.name)'", at: node.place, hint: built.isEmpty ? nil : "there is \(listed(built))")
    }
}

// The sentences.
extension ShapeCheck {
    private mutating func wrongType(_ node: Node, _ shape: Shape, _ subject: String, anchor: Place) {
        if case .scalar(let scalar) = node.content, case .null = scalar.resolved {
            let place = node.place.start == node.place.end ? anchor : node.place
            findings.add(.wrongType, "\(subject) has no value", at: place, hint: "it takes \(shape.expectation)")
            return
        }
        let expectation = (node.scalar == nil ? nil : shape.single)?.expectation ?? shape.expectation
        findings.add(
            .wrongType, "\(subject) must be \(expectation), not \(node.kindPhrase)", at: node.firstLine,
            hint: ShapeCheck.advice(node, shape))
    }

    private static func advice(_ node: Node, _ shape: Shape) -> String? {
        guard let scalar = node.scalar else { return nil }
        switch (shape, scalar.resolved) {
        case (.bool, .text):
            switch scalar.text.lowercased() {
            case "yes", "on", "true": return "write true"
            case "no", "off", "false": return "write false"
            default: return nil
            }
        case (.name, .int), (.name, .number): return "a name begins with a letter"
        case (.text, .bool), (.text, .int), (.text, .number), (.setting, .bool): return "put it in quotes"
        case (.valueTable, .text) where scalar.text.hasSuffix(".csv"): return "write {file: \(scalar.text)}"
        case (.whole, .text) where scalar.style != .plain && Int64(scalar.text) != nil: return "take the quotes away"
        default: return nil
        }
    }

    private mutating func unknownKey(_ key: Node, in table: KeyTable) {
        let name = key.scalar?.text ?? ""
        let hint = didYouMean(name, among: table.names) ?? KeyOwners.hint(for: name) ?? table.knownKeys
        findings.add(.unknownKey, "unknown key '\(shortened(name))' in \(table.noun)", at: key.place, hint: hint)
    }

    private mutating func missing(_ key: Key, in table: KeyTable, at place: Place) {
        findings.add(
            .missingKey, "\(table.noun) needs the key '\(key.name)'", at: place, hint: key.phrase)
    }

    private mutating func checkName(_ node: Node, _ subject: String) {
        guard let text = node.scalar?.text, !Naming.isName(text) else { return }
        findings.add(
            .badName, "\(subject) must be made of a-z, 0-9, '_' and '-' and begin with a letter", at: node.place,
            hint: Naming.nearest(to: text).map { "such as '\($0)'" })
    }

    private mutating func outside(_ range: ClosedRange<Int64>, _ node: Node, _ subject: String) {
        let limits =
            range.upperBound == .max
            ? "at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
        findings.add(.wrongType, "\(subject) must be \(limits)", at: node.place)
    }

    private mutating func notBuilt(_ what: String, at place: Place, hint: String? = nil) {
        findings.add(.notBuilt, "\(what) is not built yet", at: place, hint: hint)
    }
}

extension KeyTable {
    fileprivate var names: [String] { keys.map(\.name) }

    /// The keys, where they are few enough to be told.
    fileprivate var knownKeys: String? {
        keys.count <= 8 ? "the keys are \(listed(keys.map(\.name), joinedBy: "and"))" : nil
    }
}

extension Key {
    /// What it is for, as short text behind a caret.
    fileprivate var phrase: String {
        let text = summary.hasSuffix(".") ? summary.dropLast() : summary[...]
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}

extension Shape {
    /// Of several shapes the one that is a single value: what the writer of a single value had in mind.
    fileprivate var single: Shape? {
        guard case .either(let shapes) = self else { return nil }
        return shapes.first { shape in
            switch shape {
            case .list, .listOrOne, .mapping, .named, .table, .valueTable, .arrows, .either: false
            default: true
            }
        }
    }
}

extension Node {
    /// The place, cut to its first line: what a caret can show of a list or a mapping.
    var firstLine: Place {
        if place.end.line == place.start.line { return place }
        switch content {
        case .mapping(let entries): return entries.first?.key.place ?? place
        case .sequence(let items): return items.first?.firstLine ?? place
        case .scalar: return place
        }
    }
}
