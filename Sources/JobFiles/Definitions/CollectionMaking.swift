import CEL
import Diagnostics
import Model
import Values
import YAML

// The collections of a definition.
extension DefinitionReading {
    /// - Parameter siblings: the names of all collections.
    mutating func collection(
        _ name: String, at place: Place, _ node: Node, lookups: [String], siblings: [String]
    ) -> CollectionDefinition {
        var fields: [FieldDefinition] = []
        for entry in node["fields"]?.entries ?? [] {
            if let field = self.field(entry, lookups: lookups) { fields.append(field) }
        }
        let isOpen = reading.bool(node["open"]) ?? false
        let names = fields.map(\.name)
        let parent = node["parent"].flatMap { self.parent($0, names, siblings) }
        let ids = reading.texts(node["id"])
        for id in ids { knows(id, names, "id") }
        if ids.isEmpty, !names.contains("id") {
            findings.add(
                .unknownPart, "the collection has no field 'id'", at: place,
                hint: "name the field, or fields, that make the id: 'id: number'")
        }
        let updated = reading.text(node["updated"])
        if let updated { knows(updated, names, "updated") }
        var collection = CollectionDefinition(
            name: name, summary: reading.text(node["description"])?.content ?? "", place: place,
            id: ids.isEmpty ? ["id"] : ids.map(\.content), updated: updated?.content, fields: fields,
            isClosed: !isOpen, parent: parent)
        collection.list = node["list"].flatMap { list($0) }
        collection.get = node["get"].flatMap { get($0) }
        collection.create = node["create"].flatMap { write($0, DefinitionNames.create) }
        collection.update = node["update"].flatMap { write($0) }
        collection.delete = node["delete"].flatMap { write($0) }
        collection.version = program(node["version"], DefinitionNames.one + DefinitionNames.answer)
        collection.webhook = node.entry("webhook").flatMap { webhookEvents($0, node) }
        reportMissing(in: collection, node, at: place)
        reportFiles(of: node)
        return collection
    }

    private mutating func knows(_ name: Placed<String>, _ fields: [String], _ key: String) {
        if fields.contains(name.content) { return }
        findings.add(
            .unknownPart, "'\(key)' names the field '\(shortened(name.content))', which the collection does not have",
            at: name.place, hint: didYouMean(name.content, among: fields))
    }

    private mutating func parent(_ node: Node, _ fields: [String], _ siblings: [String]) -> ParentRule? {
        guard let collection = reading.text(node["collection"]), let field = reading.text(node["field"]) else {
            return nil
        }
        knows(field, fields, "field")
        if !siblings.contains(collection.content) {
            findings.add(
                .unknownPart, "there is no collection '\(shortened(collection.content))'", at: collection.place,
                hint: didYouMean(collection.content, among: siblings))
        }
        var rule = ParentRule(collection: collection.content, field: field.content)
        rule.records = entryProgram(node["records"])
        return rule
    }

    private mutating func get(_ node: Node, _ names: [String] = DefinitionNames.one) -> GetDefinition? {
        let request = request(node, names)
        let record = program(node["record"], names + DefinitionNames.answer)
        let gone = condition(node["gone"], names + DefinitionNames.answer)
        guard let request, let record else { return nil }
        return GetDefinition(
            request: request, record: record, gone: gone,
            then: requestLine(node["then"], names + DefinitionNames.answer))
    }

    private mutating func write(_ node: Node, _ names: [String] = DefinitionNames.write) -> WriteDefinition? {
        let upload = node["upload"].flatMap { self.upload($0) }
        guard let request = request(node, names) else { return nil }
        var write = WriteDefinition(request: request)
        write.upload = upload
        write.record = program(node["record"], DefinitionNames.written)
        write.id = program(node["id"], DefinitionNames.written)
        for named in programs(node["fixed"], DefinitionNames.write) {
            guard let path = try? Expression.path(named.name) else {
                findings.add(
                    .badPath, "'\(shortened(named.name))' names no field",
                    at: node["fixed"]?.firstLine ?? node.firstLine,
                    hint: "such as 'status_id' or 'fields.status'")
                continue
            }
            write.fixed.append((path, named.program))
        }
        write.then = requestLine(node["then"], DefinitionNames.written)
        write.isOnce = reading.bool(node["once"]) ?? false
        write.find = node["find"].flatMap { get($0, DefinitionNames.write) }
        write.exists = condition(node["exists"], DefinitionNames.written)
        write.gone = condition(node["gone"], DefinitionNames.written)
        write.isWhole = reading.bool(node["whole"]) ?? false
        return write
    }

    private mutating func reportMissing(in collection: CollectionDefinition, _ node: Node, at place: Place) {
        func missing(_ needed: String, _ reason: String) {
            findings.add(
                .missingRequest, "\(reason), and the collection has no '\(needed)'", at: place,
                hint: "'\(needed)' says how")
        }
        if collection.list == nil, node["list"] == nil, node["parent"]?["records"] == nil {
            missing("list", "a collection is read before it is written")
        }
        guard collection.get == nil, node["get"] == nil else { return }
        if collection.update != nil || collection.delete != nil {
            missing("get", "a record is read again before it is changed or removed")
        } else if let create = collection.create, create.record == nil {
            missing("get", "a record that was made is read again")
        }
    }
}
