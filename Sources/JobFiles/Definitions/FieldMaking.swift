import CEL
import Diagnostics
import Model
import Values
import YAML

// The fields of collections.
extension DefinitionReading {
    mutating func field(_ entry: Entry, lookups: [String]) -> FieldDefinition? {
        let node = entry.value
        let isFile = reading.text(node["type"])?.content == "file"
        let type = isFile ? .text : reading.choice(node["type"], FieldType.self)?.content
        guard let name = entry.key.scalar?.text, let type else { return nil }
        var field = FieldDefinition(name, type)
        field.isRequired = reading.bool(node["required"]) ?? false
        field.isReadOnly = reading.bool(node["read_only"]) ?? false
        field.isCreateOnly = reading.bool(node["create_only"]) ?? false
        field.maximumLength = reading.int(node["max"]).map { Int(clamping: $0) }
        field.choices = (node["choices"]?.items ?? []).compactMap { $0.scalar.map { Value($0) } }
        field.format = stampFormat(node["format"])
        field.markup = reading.choice(node["markup"], FieldDefinition.Markup.self)?.content
        field.lookup = lookup(node["lookup"], among: lookups)
        field.read = entryProgram(node["read"])
        field.wire = program(node["wire"], DefinitionNames.value)
        if let text = reading.placedText(node["write"]) {
            if let path = ExpressionText.path(text) {
                field.write = path
            } else {
                findings.add(
                    .badPath, "'\(shortened(text.text))' names no field", at: text.place,
                    hint: "such as 'status_id' or 'fields.status'")
            }
        }
        field.set = node["set"].flatMap { set($0) }
        field.file = file(of: &field, node, isFile: isFile)
        reportClashes(of: field, node)
        return field
    }

    private mutating func lookup(_ node: Node?, among lookups: [String]) -> String? {
        guard let text = reading.text(node) else { return nil }
        if lookups.contains(text.content) { return text.content }
        findings.add(
            .unknownPart, "there is no look-up '\(shortened(text.content))'", at: text.place,
            hint: didYouMean(text.content, among: lookups)
                ?? (lookups.isEmpty ? "'lookups' defines them" : "there are \(listed(lookups, joinedBy: "and"))"))
        return nil
    }

    private mutating func set(_ node: Node) -> SetDefinition? {
        let request = request(node, DefinitionNames.set)
        let choices = node["choices"].flatMap { list($0, DefinitionNames.one) }
        let choose = compile(
            node["choose"], DefinitionNames.entryOptions(["settings", "value"], isCondition: true))
        if (node["choices"] == nil) != (node["choose"] == nil) {
            findings.add(.missingOption, "'choices' and 'choose' need each other", at: node.firstLine)
        }
        return request.map { SetDefinition(choices: choices, choose: choose, request: $0) }
    }

    /// Options that have nothing to act on.
    private mutating func reportClashes(of field: FieldDefinition, _ node: Node) {
        if field.isReadOnly {
            for key in ["write", "wire", "set", "required", "create_only"] {
                guard let entry = node.entry(key) else { continue }
                findings.add(
                    .optionClash, "'\(key)' is of fields that are written, and this one is 'read_only'",
                    at: entry.key.place)
            }
        }
        let isStamp = field.type == .timestamp || field.type == .date
        if !isStamp, let format = node.entry("format") {
            findings.add(
                .optionWithoutEffect, "'format' is of dates and timestamps, and this field is '\(field.type.rawValue)'",
                at: format.key.place)
        }
        if field.type != .text, let markup = node.entry("markup") {
            findings.add(
                .optionWithoutEffect, "'markup' is of text, and this field is '\(field.type.rawValue)'",
                at: markup.key.place)
        }
    }
}
