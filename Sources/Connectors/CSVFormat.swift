internal import Model
internal import Values

/// Comma- or tab-separated values with a head line.
struct CSVFormat: RecordFormat {
    let dialect: CSVDialect
    var capabilities: Capabilities

    func scanner(of file: CollectionFile, _ stream: FileStream) throws(EndpointFailure) -> CSVScanner {
        try CSVScanner(of: file, stream, dialect: dialect, idFields: capabilities.idFields)
    }
}
