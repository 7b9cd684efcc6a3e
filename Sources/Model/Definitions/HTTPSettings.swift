/// The settings that every connection over HTTP takes, whatever its system.
package enum HTTPSettings {
    /// What a connection takes beside what its definition names.
    package static let options = [
        ConnectorOption("ca_file", .path, "A file with the certificates (PEM) of those who may vouch for the server."),
        ConnectorOption("proxy", .url, "The proxy; HTTPS_PROXY and NO_PROXY if left out."),
        ConnectorOption("timeout", .int, "The most seconds that an answer may take; 60 if left out."),
        ConnectorOption("concurrent", .int, "The most requests at a time; as the connector says if left out."),
        ConnectorOption(
            "requests_per_minute", .int, "The most requests in a minute; as the connector says if left out."),
        ConnectorOption("daily_budget", .int, "The most requests in a day, over all runs; no limit if left out."),
    ]

    /// What a collection takes beside what its definition names.
    package static let collectionOptions = [
        ConnectorOption("fields", .names, decidesRecords: true, "Further fields, as the system has them.")
    ]

    /// What a connection and a collection take where records have files.
    package static let fileOptions = [
        ConnectorOption(
            "max_file_mb", .int, decidesRecords: true,
            "The longest file that is carried over, in MiB; \(fileMegabytes) if left out.")
    ]

    /// How long files may be where no setting says so, in MiB.
    package static let fileMegabytes = 25

    package static let names = (options + collectionOptions + fileOptions).map(\.name)
}
