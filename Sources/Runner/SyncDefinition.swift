import CEL
import Connectors
import JobFiles
import Model
import Values

extension Sync {
    /// A fingerprint of what in the job files decides about records: collections, filters, match, fields and their policies, and what
    /// names a record. While it stands, a record whose fingerprint stands need not be looked at.
    ///
    /// - Parameter connections: what of each side's connection decides about records.
    func definition(_ connections: Sides<DecisiveParts>) -> String {
        fingerprint(definitionParts(connections).map(\.text).joined())
    }

    /// A fingerprint of each part of the definition, by its name, to tell what changed in it.
    func definitionFingerprints(_ connections: Sides<DecisiveParts>) -> [String: String] {
        let parts = definitionParts(connections).filter { !$0.name.isEmpty }
        return Dictionary(grouping: parts, by: \.name).mapValues { fingerprint($0.map(\.text).joined()) }
    }

    private func fingerprint(_ text: String) -> String { Fingerprint(of: Array(text.utf8)).description }

    /// The text that is the definition, in its order, with the names of its parts as people know them. A part without a name only
    /// follows from others.
    private func definitionParts(_ connections: Sides<DecisiveParts>) -> [(name: String, text: String)] {
        var parts: [(name: String, text: String)] = []
        for side in Side.allCases {
            let collection = collections[side]
            parts.append(("the collection on the \(side)", "\(side.rawValue) \(collection.name) "))
            parts.append(("the filter on the \(side)", "\(collection.filter?.source ?? "")\n"))
            let settings = (connections[side].settings + collection.settings).map {
                "  \($0.name)=\($0.content.definition)\n"
            }
            parts.append(("the settings of the \(side)", settings.joined()))
            if let connector = connections[side].connector {
                parts.append(("the connector of the \(side)", "  connector \(connector)\n"))
            }
        }
        parts.append(("'direction'", "\(direction.rawValue) "))
        parts.append(("'creates'", "\(creates.map(\.rawValue).sorted().joined(separator: ",")) "))
        parts.append(("'deletes'", "\(deletes.rawValue)"))
        parts.append(("'delete_vs_edit'", " \(deleteVersusEdit.rawValue)"))
        parts.append(("'first_values'", " \(firstValues.rawValue)"))
        parts.append(("'out_of_scope'", " \(outOfScope.rawValue)"))
        parts.append(("", " \(fields.count)\n"))
        for side in Side.allCases {
            for field in archive[side] {
                parts.append(("'archive'", "archive \(side.rawValue) \(field.path)=\(field.value.definition)\n"))
            }
        }
        for rule in match {
            parts.append(("'match'", "match \(rule.text) \(rule.ignoresCase) \(rule.type?.rawValue ?? "")\n"))
        }
        for field in fields { parts.append(("'\(field.text)'", field.definition)) }
        return parts
    }
}

/// What of a connection decides which records there are and what they hold.
struct DecisiveParts {
    var settings: [Setting] = []
    /// A fingerprint of the definition of its system, where it has one: how it is read and written stands there, and changes with it.
    var connector: String?
}

extension Workspace {
    /// What of a job's connections decides about records, as their connectors tell.
    func decisiveParts(_ job: Job) -> Sides<DecisiveParts> {
        job.connections.map { name in
            guard let connection = checked.connections[name] else { return DecisiveParts() }
            let options = systems.type(named: connection.type)?.connectionOptions ?? []
            let names = Set(options.filter(\.decidesRecords).map(\.name))
            return DecisiveParts(
                settings: connection.settings.filter { names.contains($0.name) },
                connector: systems.fingerprint(ofDefinition: connection.type))
        }
    }
}

extension FieldMapping {
    fileprivate var definition: String {
        var text = "field \(self.text) \(flow.definition) \(type?.rawValue ?? "") \(format?.text ?? "")"
        text += " \(unmapped.definition) \(link?.sync.description ?? "") \(linkMissing.definition) \(when.rawValue)"
        text += " \(empty.rawValue) \(conflicts.rawValue) \(merge?.rawValue ?? "")"
        for side in Side.allCases {
            text += " \(conversions[side]?.source ?? "")"
            let rows = (values?.lookups[side] ?? [:]).map { "\($0.key.text)=\($0.value.definition)" }
            text += " " + rows.sorted().joined(separator: ";")
        }
        return text + "\n"
    }
}

extension FieldMapping.Flow {
    fileprivate var definition: String {
        switch self {
        case .both: "both"
        case .to(let side): "to \(side.rawValue)"
        }
    }
}

extension Unmapped {
    fileprivate var definition: String {
        switch self {
        case .hold: "hold"
        case .pass: "pass"
        case .skip: "skip"
        case .use(let value): "use \(value.definition)"
        }
    }
}

extension LinkMissing {
    fileprivate var definition: String {
        switch self {
        case .wait: "wait"
        case .skip: "skip"
        case .use(let value): "use \(value.definition)"
        }
    }
}

extension Value {
    fileprivate var definition: String {
        var bytes: [UInt8] = []
        StateJSON.write(self, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension Setting.Content {
    /// What it says, with the names of variables and files in the place of what they hold.
    var definition: String {
        switch self {
        case .text(let template): template.parts.map(\.definition).joined()
        case .bool(let bool): bool ? "true" : "false"
        case .int(let number): String(number)
        case .list(let list): "[" + list.map(\.definition).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { "\($0.name):\($0.content.definition)" }.joined(separator: ",") + "}"
        }
    }
}

extension Template.Part {
    fileprivate var definition: String {
        switch self {
        case .text(let text): text
        case .variable(let name): "${\(name)}"
        case .file(let path): "${file:\(path)}"
        }
    }
}
