import CEL
import Model
import Values

extension Sync {
    /// A fingerprint of what in the job file decides about records: collections, filters, match, fields and their policies. While it
    /// stands, a record whose fingerprint stands need not be looked at.
    var definition: String {
        var text = ""
        for side in Side.allCases {
            let collection = collections[side]
            text += "\(side) \(collection.name) \(collection.filter?.source ?? "")\n"
            for setting in collection.settings { text += "  \(setting.name)=\(setting.content)\n" }
        }
        text +=
            "\(direction) \(creates.map(\.rawValue).sorted()) \(deletes) \(firstValues) \(outOfScope) \(fields.count)\n"
        for rule in match { text += "match \(rule.text) \(rule.ignoresCase) \(String(describing: rule.type))\n" }
        for field in fields { text += field.definition }
        return Fingerprint(of: Array(text.utf8)).description
    }
}

extension FieldMapping {
    fileprivate var definition: String {
        var text = "field \(self.text) \(flow) \(String(describing: type)) \(String(describing: format))"
        text +=
            " \(unmapped) \(String(describing: link?.sync)) \(linkMissing) \(when) \(empty) \(conflicts) \(String(describing: merge))"
        for side in Side.allCases {
            text += " \(conversions[side]?.source ?? "")"
            let rows = (values?.lookups[side] ?? [:]).map { "\($0.key.text)=\($0.value)" }
            text += " " + rows.sorted().joined(separator: ";")
        }
        return text + "\n"
    }
}
