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

    /// A paragraph for each block of lines, a line break for each line within one.
    static func document(_ text: String) -> Object {
        let paragraphs =
            text.isEmpty
            ? []
            : blocks(text).map { lines in
                Value.object(["type": .text("paragraph"), "content": .list(inline(lines))])
            }
        return ["type": .text("doc"), "version": .int(1), "content": .list(paragraphs)]
    }

    private static func blocks(_ text: String) -> [[Substring]] {
        var blocks: [[Substring]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == "\n" || $0 == "\r\n" }) {
            if line.isEmpty { blocks.append([]) } else { blocks[blocks.count - 1].append(line) }
        }
        return blocks
    }

    private static func inline(_ lines: [Substring]) -> [Value] {
        var nodes: [Value] = []
        for (number, line) in lines.enumerated() {
            if number > 0 { nodes.append(.object(["type": .text("hardBreak")])) }
            nodes.append(.object(["type": .text("text"), "text": .text(String(line))]))
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

/// HTML as ticket systems write it.
enum HTMLText {
    /// The text of a document: blocks become lines, entities characters, and what is neither is left out.
    static func plain(_ html: String) -> String {
        var out = ""
        var rest = html[...]
        var hidden: String?
        while let character = rest.first {
            if character == "<", let end = rest.firstIndex(of: ">") {
                let tag = rest[rest.index(after: rest.startIndex)..<end]
                rest = rest[rest.index(after: end)...]
                let isEnd = tag.first == "/"
                let name = tag.drop { $0 == "/" }.prefix { $0.isLetter || $0.isNumber }.lowercased()
                if let open = hidden {
                    if isEnd && name == open { hidden = nil }
                } else if !isEnd, ["script", "style", "head"].contains(name) {
                    hidden = name
                } else if name == "br"
                    || (isEnd && ["p", "div", "li", "tr", "h1", "h2", "h3", "h4", "blockquote"].contains(name))
                {
                    out += "\n"
                } else if name == "li" {
                    out += "- "
                }
                continue
            }
            if character == "&", let (text, length) = entity(rest) {
                if hidden == nil { out += text }
                rest = rest.dropFirst(length)
                continue
            }
            if hidden == nil { out.append(character) }
            rest = rest.dropFirst()
        }
        while out.last?.isWhitespace == true { out.removeLast() }
        return out
    }

    /// Lines as HTML, with what has a meaning there escaped.
    static func marked(_ text: String) -> String {
        var out = ""
        for character in text {
            switch character {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\r\n": out += "<br>"
            default: out.append(character)
            }
        }
        return out
    }

    private static let named = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}",
    ]

    private static func entity(_ text: Substring) -> (String, Int)? {
        let name = text.dropFirst().prefix(10).prefix { $0 != ";" }
        guard text.dropFirst(1 + name.count).first == ";" else { return nil }
        if let known = named[String(name)] { return (known, name.count + 2) }
        guard name.first == "#" else { return nil }
        let digits = name.dropFirst()
        let number = digits.first == "x" || digits.first == "X" ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        guard let number, let scalar = Unicode.Scalar(number) else { return nil }
        return (String(Character(scalar)), name.count + 2)
    }
}
