/// A fenced block of a Markdown file.
struct MarkdownBlock: Sendable {
    /// What stands behind the opening fence: `sh`, `yaml`, `text`; empty where nothing does.
    var language: String
    /// The lines of the block, each with its line feed.
    var text: String
    /// The line of the opening fence, from 1.
    var line: Int
    /// The line right above the fence, such as `<!-- exit: 1 -->`.
    var mark: String

    /// What a mark of this name says; nil where there is none.
    func mark(_ name: String) -> String? {
        let opening = "<!-- \(name): "
        guard mark.hasPrefix(opening), mark.hasSuffix(" -->") else { return nil }
        return String(mark.dropFirst(opening.count).dropLast(4))
    }

    /// The file that the block is, where its first line is a comment with the path of one: `# jobs/devices.yaml`.
    var file: String? {
        let first = text.prefix { $0 != "\n" }
        guard language == "yaml", first.hasPrefix("# "), first.hasSuffix(".yaml"), !first.dropFirst(2).contains(" ")
        else { return nil }
        return String(first.dropFirst(2))
    }
}

extension MarkdownBlock {
    /// The fenced blocks of a text, in their order.
    static func all(in markdown: String) -> [MarkdownBlock] {
        var blocks: [MarkdownBlock] = []
        var open: MarkdownBlock?
        var above = ""
        for (number, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            if var block = open {
                if line == "```" {
                    blocks.append(block)
                    open = nil
                } else {
                    block.text += line + "\n"
                    open = block
                }
            } else if line.hasPrefix("```") {
                open = MarkdownBlock(language: String(line.dropFirst(3)), text: "", line: number + 1, mark: above)
            }
            above = String(line)
        }
        return blocks
    }
}
