import Diagnostics
import YAML

/// A tree in one line: `{"a": 1, "b": [number 1.5, ~]}`. Text is in quotes, whatever its style.
func sketch(_ node: Node) -> String {
    switch node.content {
    case .scalar(let scalar): sketch(scalar.resolved)
    case .sequence(let items): "[" + items.map(sketch).joined(separator: ", ") + "]"
    case .mapping(let entries):
        "{" + entries.map { "\(sketch($0.key)): \(sketch($0.value))" }.joined(separator: ", ") + "}"
    }
}

func sketch(_ resolved: Resolved) -> String {
    switch resolved {
    case .null: "~"
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .number(let text): "number \(text)"
    case .infinity(let negative): negative ? "-inf" : "inf"
    case .nan: "nan"
    case .text(let text): "\"\(text.escapedForDisplay)\""
    }
}

/// The visible text that each node's place covers, line ends shown as `⏎`: outermost first.
func covered(_ node: Node, in source: SourceText) -> [String] {
    let children: [Node] =
        switch node.content {
        case .scalar: []
        case .sequence(let items): items
        case .mapping(let entries): entries.flatMap { [$0.key, $0.value] }
        }
    return [text(of: node.place, in: source)] + children.flatMap { covered($0, in: source) }
}

private func text(of place: Place, in source: SourceText) -> String {
    (place.start.line...place.end.line).map { number in
        let scalars = Array((source.line(number) ?? "").unicodeScalars)
        let from = number == place.start.line ? place.start.column - 1 : 0
        let to = number == place.end.line ? place.end.column - 1 : scalars.count
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars[from..<to])
        return String(text)
    }.joined(separator: "⏎")
}

func parse(_ text: String) -> YAMLDocument {
    YAMLDocument.parse(SourceText(name: "job.yaml", text))
}

/// What a person is told of a text.
func rendered(_ text: String) -> String {
    let source = SourceText(name: "job.yaml", text)
    return HumanRenderer { _ in source }.render(YAMLDocument.parse(source).diagnostics)
}
