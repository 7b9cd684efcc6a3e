internal import Model
internal import Values

/// A JSON document with an array of objects, at its top or inside.
struct JSONArrayFormat: RecordFormat {
    var capabilities: Capabilities
    let pointer: JSONPointer

    init(_ settings: ResolvedSettings) throws(EndpointFailure) {
        capabilities = try RecordSettings(settings, path: jsonPath).capabilities(.json)
        pointer = try settings.text("pointer").map { text throws(EndpointFailure) in try JSONPointer(text) } ?? .root
    }

    func scanner(of file: CollectionFile, _ stream: FileStream) throws(EndpointFailure) -> JSONArrayScanner {
        try JSONArrayScanner(of: file, stream, pointer, idFields: capabilities.idFields)
    }
}
