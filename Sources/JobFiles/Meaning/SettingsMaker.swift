import Diagnostics
import Model
import YAML

/// Settings of a connection or a collection, as its connector takes them.
struct SettingsMaker {
    let connector: ConnectorType
    let options: [ConnectorOption]
    /// What has these settings, as a phrase: `a csv connection`.
    let noun: String
    let lines: SourceLines
    let isVariableSet: (String) -> Bool

    /// The settings that can be read; all that is wrong is reported. `anchor` is what lacks a setting that must be
    /// there.
    func make(_ drafts: [SettingDraft], anchor: Place, _ findings: inout Findings) -> [Setting] {
        let present = Set(drafts.map(\.name.content))
        for option in options where option.isRequired && !present.contains(option.name) {
            findings.add(
                .missingKey, "\(noun) needs the setting '\(option.name)'", at: anchor, hint: option.summary)
        }
        return drafts.compactMap { draft in
            guard let option = options.first(where: { $0.name == draft.name.content }) else {
                unknown(draft.name, &findings)
                return nil
            }
            return content(draft.node, option, draft.name.place, &findings).map {
                Setting(name: option.name, content: $0, place: draft.node.place)
            }
        }
    }

    private func unknown(_ name: Placed<String>, _ findings: inout Findings) {
        let known = options.map(\.name)
        let all = known.count > 8 ? nil : known.isEmpty ? "it has none" : "it has \(listed(known, joinedBy: "and"))"
        findings.add(
            .unknownSetting, "\(noun) has no setting '\(shortened(name.content))'", at: name.place,
            hint: didYouMean(name.content, among: known) ?? elsewhere(name.content) ?? all)
    }

    /// Where the connector does have a setting of that name.
    private func elsewhere(_ name: String) -> String? {
        if connector.connectionOptions.contains(where: { $0.name == name }) {
            return "it belongs to the connection, in connections.yaml"
        }
        guard connector.collectionOptions.contains(where: { $0.name == name }) else { return nil }
        return "it belongs to the collection, in a job's sync"
    }

    private func content(
        _ node: Node, _ option: ConnectorOption, _ key: Place, _ findings: inout Findings
    ) -> Setting.Content? {
        if option.kind == .names, let items = node.items {
            let contents = items.compactMap { item in text(item, option, key, &findings) }
            return contents.count == items.count ? .list(contents) : nil
        }
        guard let scalar = node.scalar, scalar.resolved != .null else {
            mismatch(node, option, key, &findings)
            return nil
        }
        switch (option.kind, scalar.resolved) {
        case (.bool, .bool(let value)): return .bool(value)
        case (.int, .int(let value)): return .int(value)
        case (.bool, _) where !scalar.text.contains("${"), (.int, _) where !scalar.text.contains("${"):
            mismatch(node, option, key, &findings)
            return nil
        case (.choice(let words), _):
            guard words.contains(scalar.text) else {
                findings.add(
                    .wrongChoice, "'\(option.name)' must be \(listed(words)), not \(node.kindPhrase)", at: node.place,
                    hint: didYouMean(scalar.text, among: words))
                return nil
            }
            return .text(Template(parts: [.text(scalar.text)]))
        default: return text(node, option, key, &findings)
        }
    }

    private func text(
        _ node: Node, _ option: ConnectorOption, _ key: Place, _ findings: inout Findings
    ) -> Setting.Content? {
        guard let scalar = node.scalar, scalar.resolved != .null else {
            mismatch(node, option, key, &findings)
            return nil
        }
        let placed = PlacedText(scalar, at: node.place, in: lines)
        guard let text = TemplateText(placed, &findings) else { return nil }
        for variable in text.variables where !isVariableSet(variable.content) {
            findings.add(
                .unsetVariable, "the environment variable '\(variable.content)' is not set", at: variable.place)
        }
        secrets(text.template, option, node.place, &findings)
        return .text(text.template)
    }

    private func secrets(_ template: Template, _ option: ConnectorOption, _ place: Place, _ findings: inout Findings) {
        guard let literal = template.literal, !literal.isEmpty else { return }
        if option.kind == .secret {
            findings.add(
                .secretInFile, "the secret '\(option.name)' stands in the file itself", at: place,
                hint: "take it from a variable or a file: ${NAME}, ${file:PATH}")
        } else if option.kind == .url, SettingsMaker.hasPassword(literal) {
            findings.add(
                .secretInFile, "a password stands in '\(option.name)' itself", at: place,
                hint: "take it from a variable or a file: ${NAME}, ${file:PATH}")
        }
    }

    /// Whether a URL has the form `scheme://user:password@host` (RFC 3986, section 3.2.1).
    private static func hasPassword(_ url: String) -> Bool {
        let parts = url.split(separator: "/", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count >= 3, parts[0].hasSuffix(":"), parts[1].isEmpty, let at = parts[2].lastIndex(of: "@"),
            let colon = parts[2].firstIndex(of: ":"), colon < at
        else { return false }
        return parts[2].index(after: colon) < at
    }

    private func mismatch(_ node: Node, _ option: ConnectorOption, _ key: Place, _ findings: inout Findings) {
        let isNull = node.scalar?.resolved == .null
        let place = isNull && node.place.start == node.place.end ? key : node.firstLine
        let message =
            isNull
            ? "'\(option.name)' has no value" : "'\(option.name)' must be \(option.kind.phrase), not \(node.kindPhrase)"
        let words = ["yes": "true", "on": "true", "no": "false", "off": "false"]
        let word = option.kind == .bool ? node.scalar.flatMap { words[$0.text.lowercased()] } : nil
        findings.add(
            .wrongType, message, at: place, hint: isNull ? "it takes \(option.kind.phrase)" : word.map { "write \($0)" }
        )
    }
}

extension ConnectorOption.Kind {
    /// What it takes, as a phrase that follows 'must be'.
    var phrase: String {
        switch self {
        case .text: "text"
        case .secret: "a secret"
        case .path: "a path"
        case .url: "a URL"
        case .bool: "true or false"
        case .int: "a whole number"
        case .names: "a name, or a list of names"
        case .choice(let words): listed(words)
        }
    }
}
