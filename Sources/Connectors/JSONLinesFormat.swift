internal import Model
internal import Values

/// JSON Lines: an object on each line.
struct JSONLinesFormat: RecordFormat {
    var capabilities: Capabilities

    init(_ settings: ResolvedSettings) throws(EndpointFailure) {
        capabilities = try RecordSettings(settings, path: jsonPath).capabilities(.json)
    }

    func scanner(of file: CollectionFile, _ stream: FileStream) throws(EndpointFailure) -> JSONLinesScanner {
        try JSONLinesScanner(of: file, stream, idFields: capabilities.idFields)
    }
}
