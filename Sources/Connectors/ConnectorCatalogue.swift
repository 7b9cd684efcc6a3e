package import Model

/// The connectors that there are, built or known by name.
package enum ConnectorCatalogue {
    package static let types: [ConnectorType] = files + [memory] + planned

    /// The connector of a name; names are lower case.
    package static func type(named name: String) -> ConnectorType? {
        types.first { $0.name == name }
    }

    /// Whether the records of a connector's connections lie on this host.
    package static func isLocal(_ name: String) -> Bool { (files + [memory]).contains { $0.name == name } }

    private static let files = [
        file(
            "csv", "Comma-separated values, a file for each collection", [FileOptions.delimiter]),
        file("tsv", "Tab-separated values, a file for each collection"),
        file("jsonl", "JSON Lines: a file for each collection, an object on each line"),
        file("json", "JSON documents, each with an array of objects", [FileOptions.pointer]),
    ]

    private static let memory = ConnectorType(
        name: "memory", summary: "Records in memory, for tests: they are gone when the process ends",
        connectionOptions: [
            ConnectorOption(
                "id", .names, decidesRecords: true, "The field, or fields, that name a record; 'id' if left out.")
        ],
        collectionOptions: FileOptions.collection.filter { $0.name != "file" })

    private static let planned = [
        planned("sqlite", "Tables of an SQLite file"),
        planned("postgres", "Tables of a PostgreSQL database"),
        planned("http", "A REST API, described in YAML"),
        planned("program", "A program that speaks JSON Lines"),
        planned("singer", "A Singer tap, read-only, or target, write-only"),
    ]

    private static func file(_ name: String, _ summary: String, _ more: [ConnectorOption] = []) -> ConnectorType {
        ConnectorType(
            name: name, summary: summary, connectionOptions: FileOptions.connection + more,
            collectionOptions: FileOptions.collection + more)
    }

    private static func planned(_ name: String, _ summary: String) -> ConnectorType {
        ConnectorType(name: name, summary: summary, isBuilt: false)
    }
}
