import Diagnostics
import JobFiles
import Runner
import Testing

@Suite struct YAMLBlockTests {
    @Test("every block of YAML is right", arguments: Document.paths)
    func yaml(_ path: String) throws {
        let document = try Document(path)
        let yaml = document.blocks.filter { $0.language == "yaml" }
        let files = yaml.filter { $0.file != nil && $0.mark("wrong") == nil }
        for block in files {
            let mistakes = check(block, among: files)
            #expect(mistakes.isEmpty, "\(path):\(block.line):\n\(mistakes)")
        }
        for block in yaml where block.file == nil {
            // A page of a system shows parts of jobs whose other parts are elsewhere: whole files alone can be checked.
            if path.contains("/Systems/"), !block.text.hasPrefix("connections:") { continue }
            let mistakes = check(whole(block), [])
            #expect(mistakes.isEmpty, "\(path):\(block.line):\n\(mistakes)")
        }
    }

    @Test("a block that is marked wrong has the mistake of the mark", arguments: Document.paths)
    func wrong(_ path: String) throws {
        for block in try Document(path).blocks where block.language == "yaml" {
            guard let code = block.mark("wrong") else { continue }
            let codes = JobFolder([whole(block), connections]).check(in: surroundings).diagnostics.map(\.code)
            #expect(codes.contains(code), "\(path):\(block.line) has \(codes)")
        }
    }

    private func check(_ block: MarkdownBlock, among files: [MarkdownBlock]) -> [String] {
        let others = files.filter { $0.file != block.file }.map { SourceText(name: $0.file ?? "", $0.text) }
        return check(SourceText(name: block.file ?? "", block.text), others)
    }

    /// What is wrong with a file, given the others of its document; connections that the parts use are there.
    private func check(_ text: SourceText, _ others: [SourceText]) -> [String] {
        if text.name.contains("/\(DefinitionFile.folder)/") {
            return DefinitionFile(text, in: surroundings).diagnostics.map { "\($0.message) [\($0.code)]" }
        }
        let named = [text] + others.filter { !$0.name.contains("/\(DefinitionFile.folder)/") }
        let own = named.contains { $0.name.hasSuffix("connections.yaml") } ? [] : [connections]
        let found = JobFolder(named + own).check(in: surroundings).diagnostics
        return found.filter { $0.place?.file == text.name }.map { "\($0.message) [\($0.code)]" }
    }

    private var surroundings: Surroundings {
        var surroundings = Surroundings(connectors: SystemLibrary.shipped.types) { path in
            SourceText(name: path, "left,right\nlow,1\nhigh,2\n")
        }
        surroundings.connector = { SystemLibrary.shipped.type(named: $0) }
        return surroundings
    }

    private let connections = SourceText(
        name: "jobs/connections.yaml",
        "connections: {helpdesk: {type: csv, path: a}, portal: {type: jsonl, path: b}}\n")

    /// A whole job file: the block itself, or one around the entries of `fields`, the keys of a sync, or the keys of a job that it has.
    private func whole(_ block: MarkdownBlock) -> SourceText {
        if let file = block.file { return SourceText(name: file, block.text) }
        let part = block.text
        if part.hasPrefix("connections:") { return SourceText(name: "jobs/connections.yaml", part) }
        if part.hasPrefix("job: ") {
            return SourceText(name: "jobs/\(part.dropFirst(5).prefix { $0 != "\n" }).yaml", part)
        }
        return SourceText(name: "jobs/part.yaml", wrapped(part))
    }

    private func wrapped(_ part: String) -> String {
        let head = "job: part\nleft: helpdesk\nright: portal\n"
        if part.hasPrefix("syncs:") { return head + part }
        let companies = "syncs:\n  companies: {left: c, right: d, fields: [name <-> name]}\n"
        if part.hasPrefix("- ") {
            return head + companies + "  part:\n    left: a\n    right: b\n    fields:\n" + indented(part, by: 6)
        }
        let missing = [("left", "left: a\n"), ("right", "right: b\n"), ("fields", "fields: [x <-> y]\n")].filter {
            !part.hasPrefix("\($0.0):") && !part.contains("\n\($0.0):")
        }
        return head + companies + "  part:\n" + indented(missing.map(\.1).joined() + part, by: 4)
    }

    private func indented(_ text: String, by count: Int) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map {
            $0.isEmpty ? "" : String(repeating: " ", count: count) + $0
        }.joined(separator: "\n")
    }
}
