internal import Model
internal import Values

/// Text with marks, as systems carry it, and the plain text that jobs have.
enum Markup {
    static func text(_ value: Value, _ markup: FieldDefinition.Markup) -> Value {
        switch (markup, value) {
        case (.html, .text(let text)): .text(HTMLText.plain(text))
        case (.adf, .object(let document)): .text(DocumentText.plain(document))
        default: value
        }
    }

    static func value(_ value: Value, _ markup: FieldDefinition.Markup) -> Value {
        guard case .text(let text) = value else { return value }
        switch markup {
        case .html: return .text(HTMLText.marked(text))
        case .adf: return .object(DocumentText.document(text))
        }
    }
}

/// The Atlassian document format: a tree of blocks and inline nodes.
enum DocumentText {
    /// Deeper than people nest lists.
    private static let depthLimit = 60

    /// A paragraph for each block of lines, a line break for each line within one: ``plain(_:)`` gives the text back.
    static func document(_ text: String) -> Object {
        let lines = text.replacing("\r\n", with: "\n")
        let paragraphs =
            text.isEmpty
            ? []
            : lines.split(separator: "\n\n", omittingEmptySubsequences: false).map { block in
                Value.object(["type": .text("paragraph"), "content": .list(inline(block))])
            }
        return ["type": .text("doc"), "version": .int(1), "content": .list(paragraphs)]
    }

    private static func inline(_ block: Substring) -> [Value] {
        var nodes: [Value] = []
        for (number, line) in block.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if number > 0 { nodes.append(.object(["type": .text("hardBreak")])) }
            // A text node may not be empty.
            if !line.isEmpty { nodes.append(.object(["type": .text("text"), "text": .text(String(line))])) }
        }
        return nodes
    }

    static func plain(_ document: Object) -> String {
        (document["content"]?.list ?? []).compactMap(\.object).map { block($0, 0, "") }.joined(separator: "\n\n")
    }

    private static func block(_ node: Object, _ depth: Int, _ mark: String) -> String {
        guard depth < depthLimit else { return "" }
        let inner = (node["content"]?.list ?? []).compactMap(\.object)
        switch node["type"]?.text {
        case "bulletList": return list(inner, depth) { _ in "- " }
        case "orderedList": return list(inner, depth) { "\($0 + 1). " }
        case "listItem": return inner.map { block($0, depth + 1, "") }.joined(separator: "\n")
        case "rule": return "---"
        case "blockquote", "panel", "expand", "table", "tableRow", "tableCell", "tableHeader", "mediaSingle":
            return inner.map { block($0, depth + 1, "") }.joined(separator: "\n")
        default: return inner.map { inlineText($0, depth + 1) }.joined()
        }
    }

    private static func list(_ items: [Object], _ depth: Int, _ mark: (Int) -> String) -> String {
        items.enumerated().map { number, item in
            let lines = block(item, depth + 1, "").split(separator: "\n", omittingEmptySubsequences: false)
            let mark = mark(number)
            let indent = String(repeating: " ", count: mark.utf8.count)
            return lines.enumerated().map { ($0 == 0 ? mark : indent) + $1 }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private static func inlineText(_ node: Object, _ depth: Int) -> String {
        guard depth < depthLimit else { return "" }
        switch node["type"]?.text {
        case "text": return node["text"]?.text ?? ""
        case "hardBreak": return "\n"
        case "mention", "emoji", "status": return node["attrs"]?.object?["text"]?.text ?? ""
        case "inlineCard": return node["attrs"]?.object?["url"]?.text ?? ""
        case "date": return node["attrs"]?.object?["timestamp"]?.text ?? ""
        default: return (node["content"]?.list ?? []).compactMap(\.object).map { inlineText($0, depth + 1) }.joined()
        }
    }
}
