import Diagnostics
import Model
import YAML

// Fields that stand for files, and requests that bring them.
extension DefinitionReading {
    private static let fileKeys = ["download", "size", "hash", "name"]

    /// nil for a field that stands for no file.
    mutating func file(of field: inout FieldDefinition, _ node: Node, isFile: Bool) -> FileDefinition? {
        guard isFile else {
            for key in Self.fileKeys {
                guard let entry = node.entry(key) else { continue }
                findings.add(
                    .optionWithoutEffect, "'\(key)' is of files, and this field is '\(field.type.rawValue)'",
                    at: entry.key.place)
            }
            return nil
        }
        for key in ["read", "wire", "lookup", "format", "markup", "set", "choices", "max"] {
            guard let entry = node.entry(key) else { continue }
            findings.add(
                .optionClash, "'\(key)' is of what a field holds, and this one stands for a file", at: entry.key.place)
        }
        field.isCreateOnly = !field.isReadOnly
        guard let line = node["download"] else {
            findings.add(
                .missingOption, "a file needs 'download'", at: node.firstLine,
                hint: "such as 'download: GET /attachments/{id}/content'")
            return nil
        }
        let download = requestLine(line, DefinitionNames.download)
        let size = entryProgram(node["size"])
        let hash = entryProgram(node["hash"])
        let name = entryProgram(node["name"])
        return download.map { FileDefinition(download: $0, size: size, hash: hash, name: name) }
    }

    mutating func fileBody(_ node: Node, _ names: [String]) -> FileBody? {
        let content = program(node["content"], names)
        let type = program(node["type"], names)
        let part = reading.text(node["part"])
        let name = program(node["name"], names)
        if part == nil, let entry = node.entry("name") {
            findings.add(.optionWithoutEffect, "'name' needs 'part'", at: entry.key.place)
        }
        return content.map { FileBody(content: $0, type: type, part: part?.content, name: name) }
    }

    mutating func upload(_ node: Node) -> RequestTemplate? {
        var request = request(node, DefinitionNames.write)
        request?.isPreparation = true
        return request
    }

    /// Files that cannot be brought, and what brings none.
    mutating func reportFiles(of node: Node) {
        let entries = (node["fields"]?.entries ?? []).filter { reading.text($0.value["type"])?.content == "file" }
        let names = entries.compactMap { $0.key.scalar?.text }
        if entries.count > 1 {
            findings.add(
                .optionClash, "a record has one file, and '\(names[0])' is one", at: entries[1].key.place,
                hint: "a collection of files has a record for each")
        }
        let create = node["create"]
        let sending = [create?.entry("file"), create?["upload"]?.entry("file")].compactMap(\.self)
        guard let first = names.first else {
            for entry in sending {
                findings.add(
                    .optionWithoutEffect, "'file' brings a file, and no field is of the type 'file'",
                    at: entry.key.place)
            }
            return
        }
        let isRead = entries.allSatisfy { reading.bool($0.value["read_only"]) ?? false }
        if sending.isEmpty, let create, !isRead {
            findings.add(
                .missingOption, "'create' does not bring the file of '\(first)'", at: create.firstLine,
                hint:
                    "'file' makes it the body of the request, or of 'upload'; a field that is only read is 'read_only'")
        }
    }
}
