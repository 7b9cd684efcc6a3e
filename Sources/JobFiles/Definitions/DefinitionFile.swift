import CEL
package import Diagnostics
package import Model
import Values
import YAML

/// The file of a connector of a user's own: `connectors/NAME.yaml` below the jobs folder, or one that the program has.
package struct DefinitionFile: Sendable {
    /// The folder of these files, below the jobs folder.
    package static let folder = "connectors"

    /// nil where the file is not good enough to work with.
    package let definition: SystemDefinition?
    package let diagnostics: [Diagnostic]

    /// From text to meaning: tree, shape, expressions and names, all reported in one go.
    package init(_ source: SourceText, in surroundings: Surroundings) {
        var findings = Findings()
        let lines = SourceLines(source)
        guard let root = Drafts.root(of: lines, .definition, &findings) else {
            definition = nil
            diagnostics = findings.diagnostics
            return
        }
        let isWellFormed = findings.diagnostics.allSatisfy { $0.severity != .error }
        var maker = DefinitionReading(lines, surroundings)
        let made = maker.definition(root, fileName: source.name)
        findings.add(maker.findings.diagnostics)
        let all = Diagnostic.inSourceOrder(findings.withoutRepetitions)
        let isGood = isWellFormed && all.allSatisfy { $0.severity != .error }
        definition = isGood ? made : nil
        diagnostics = all
    }
}

extension DefinitionReading {
    mutating func definition(_ root: Node, fileName: String) -> SystemDefinition? {
        let settings = self.settings(root["settings"])
        secrets = Set(settings.filter { $0.option.kind == .secret }.map(\.option.name))
        guard let name = reading.text(root["connector"]) else { return nil }
        checkName(name, fileName)
        let names = DefinitionNames.settings
        let base = base(root, settings, at: name.place)
        let headers = programs(root["headers"], names)
        let auth = (root["auth"]?.items ?? root["auth"].map { [$0] } ?? []).compactMap { self.auth($0) }
        let probe = root["probe"].flatMap { $0.entries == nil ? requestLine($0, names) : request($0, names) }
        let errors = (root["errors"]?.items ?? []).compactMap { errorRule($0) }
        let message = program(root["message"], DefinitionNames.answer)
        let lookups = (root["lookups"]?.entries ?? []).compactMap { lookup($0) }
        let lookupNames = (root["lookups"]?.entries ?? []).compactMap { $0.key.scalar?.text }
        let entries = root["collections"]?.entries ?? []
        let siblings = entries.compactMap { $0.key.scalar?.text }
        let collections = entries.map {
            collection($0.key.scalar?.text ?? "", at: $0.key.place, $0.value, lookups: lookupNames, siblings: siblings)
        }
        let other = root.entry("other").map {
            collection("", at: $0.key.place, $0.value, lookups: lookupNames, siblings: siblings)
        }
        if entries.isEmpty, other == nil {
            findings.add(
                .missingKey, "a connector needs the key 'collections'", at: name.place, hint: "the collections, by name"
            )
        }
        let webhook = root.entry("webhook").flatMap { self.webhook($0, entries.map(\.value) + [root["other"]]) }
        if root["webhook"] == nil { reportEventsWithoutProof(entries.map(\.value) + [root["other"]]) }
        guard let base, let probe else { return nil }
        var definition = SystemDefinition(
            name: name.content, title: reading.text(root["title"])?.content ?? name.content,
            summary: reading.text(root["description"])?.content ?? "", place: name.place, settings: settings,
            base: base,
            headers: headers, auth: auth, probe: probe, errors: errors, message: message,
            pacing: pacing(root["limits"]), lookups: lookups, collections: collections, other: other)
        definition.webhook = webhook
        return definition
    }

    private mutating func checkName(_ name: Placed<String>, _ fileName: String) {
        let file = fileName.split(separator: "/").last.map(String.init) ?? fileName
        guard Naming.isName(name.content) else { return }
        if file != name.content + ".yaml" {
            findings.add(
                .connectorName, "the connector is named '\(name.content)', and its file '\(shortened(file))'",
                at: name.place, hint: "name the file '\(name.content).yaml'")
        }
    }

    private mutating func base(_ root: Node, _ settings: [DefinitionSetting], at place: Place) -> Program? {
        if let node = root["base"] { return program(node, DefinitionNames.settings) }
        guard settings.contains(where: { $0.option.name == "url" }) else {
            findings.add(
                .missingKey, "a connector without the setting 'url' needs the key 'base'", at: place,
                hint: "it gives the address that requests begin with")
            return nil
        }
        return try? Expression.compile("settings.url", DefinitionNames.options(DefinitionNames.settings))
    }

    private mutating func settings(_ node: Node?) -> [DefinitionSetting] {
        (node?.entries ?? []).compactMap { entry in
            guard let name = entry.key.scalar?.text, let type = reading.text(entry.value["type"])?.content else {
                return nil
            }
            let choices = (entry.value["choices"]?.items ?? []).compactMap { $0.scalar?.text }
            let kind: ConnectorOption.Kind? =
                switch type {
                case "text": choices.isEmpty ? .text : .choice(choices)
                case "secret": .secret
                case "url": .url
                case "path": .path
                case "bool": .bool
                case "int": .int
                case "names": .names
                default: nil
                }
            guard let kind else { return nil }
            if HTTPSettings.names.contains(name) {
                findings.add(
                    .duplicateName, "every connector of this kind has the setting '\(name)'", at: entry.key.place,
                    hint: "take another name")
            }
            let option = ConnectorOption(
                name, kind, isRequired: reading.bool(entry.value["required"]) ?? false,
                decidesRecords: kind != .secret, reading.text(entry.value["description"])?.content ?? "")
            return DefinitionSetting(option, fallback: entry.value["default"]?.scalar.map { Value($0) })
        }
    }

    private mutating func errorRule(_ node: Node) -> ErrorRule? {
        let when = condition(node["when"], DefinitionNames.answer)
        let message = program(node["message"], DefinitionNames.answer)
        let after = program(node["after"], DefinitionNames.answer)
        guard let when, let meaning = reading.choice(node["means"], ErrorRule.Meaning.self) else { return nil }
        return ErrorRule(when: when, meaning: meaning.content, message: message, after: after)
    }

    private mutating func lookup(_ entry: Entry) -> LookupDefinition? {
        let list = list(entry.value, DefinitionNames.request + ["page", "size"])
        let key = entryProgram(entry.value["key"])
        let label = entryProgram(entry.value["name"])
        guard let name = entry.key.scalar?.text, let list, let key, let label else { return nil }
        return LookupDefinition(name: name, list: list, key: key, label: label)
    }

    private func pacing(_ node: Node?) -> DefinitionPacing {
        var pacing = DefinitionPacing()
        guard let node else { return pacing }
        if let concurrent = reading.int(node["concurrent"]) { pacing.concurrent = Int(clamping: concurrent) }
        pacing.requests = reading.int(node["requests"]).map { Int(clamping: $0) }
        if let per = duration(node["per"]) { pacing.per = per }
        return pacing
    }
}
