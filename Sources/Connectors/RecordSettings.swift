internal import Model
internal import Values

/// What settings say of the records of a collection: what names them, old and new.
struct RecordSettings {
    var idFields: [FieldPath]
    var updatedField: FieldPath?
    var newIDs: NewIDs

    /// - Parameter path: makes a field of its name in the settings.
    init(_ settings: ResolvedSettings, path: (String) throws(EndpointFailure) -> FieldPath) throws(EndpointFailure) {
        let names = settings.names("id") ?? ["id"]
        var fields: [FieldPath] = []
        for name in names {
            let field = try path(name)
            if fields.contains(where: { $0.overlaps(field) }) {
                throw .misconfigured(message: "the setting 'id' names the field '\(name)' twice")
            }
            fields.append(field)
        }
        if fields.isEmpty { throw .misconfigured(message: "the setting 'id' names no field") }
        idFields = fields
        if let name = settings.text("updated") { updatedField = try path(name) }
        newIDs = try Self.newIDs(settings.text("new_id"), isComposite: fields.count > 1)
    }

    func capabilities(_ values: ValueForm) -> Capabilities {
        var capabilities = Capabilities(
            values: values, newIDs: newIDs, idFields: idFields, updatedField: updatedField)
        // What has these settings are files, or memory.
        capabilities.isLocal = true
        return capabilities
    }

    private static func newIDs(_ pattern: String?, isComposite: Bool) throws(EndpointFailure) -> NewIDs {
        guard let pattern else { return isComposite ? .fields : .numbered(prefix: "", suffix: "") }
        if isComposite {
            throw .misconfigured(
                message: "the setting 'new_id' makes ids of one field, but the setting 'id' names several")
        }
        let bytes = Array(pattern.utf8)
        let number = Array("{n}".utf8)
        let found = bytes.indices.filter { bytes[$0...].starts(with: number) }
        guard found.count == 1 else {
            throw .misconfigured(message: "the setting 'new_id' must hold '{n}' once, but is '\(pattern)'")
        }
        return .numbered(
            prefix: String(decoding: bytes[..<found[0]], as: UTF8.self),
            suffix: String(decoding: bytes[(found[0] + 3)...], as: UTF8.self))
    }
}

/// A field of a JSON record as settings name it: `id`, `user.email`, `fields['Due Date']`.
func jsonPath(_ text: String) throws(EndpointFailure) -> FieldPath {
    var steps: [String] = []
    var rest = Array(text.utf8)[...]
    let open = Array("['".utf8)
    let close = Array("']".utf8)
    while !rest.isEmpty {
        if rest.starts(with: open) {
            rest = rest.dropFirst(2)
            guard let end = rest.indices.first(where: { rest[$0...].starts(with: close) }) else { throw noField(text) }
            steps.append(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[(end + 2)...]
        } else {
            if !steps.isEmpty {
                guard rest.first == UInt8(ascii: ".") else { throw noField(text) }
                rest = rest.dropFirst()
            }
            let end = rest.firstIndex { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "[") } ?? rest.endIndex
            if end == rest.startIndex { throw noField(text) }
            steps.append(String(decoding: rest[..<end], as: UTF8.self))
            rest = rest[end...]
        }
    }
    if steps.isEmpty { throw noField(text) }
    return FieldPath(steps: steps, text: text)
}

private func noField(_ text: String) -> EndpointFailure {
    .misconfigured(message: "'\(text)' is not the name of a field")
}
