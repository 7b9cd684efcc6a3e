import Model

/// The connectors that the tests know: `desk` stands for an API and has an option of every kind.
enum Catalogue {
    static let connectors = [
        ConnectorType(
            name: "csv", summary: "Comma-separated values, a file for each collection",
            connectionOptions: [
                ConnectorOption("path", .path, isRequired: true, "the folder with the files"),
                ConnectorOption("id", .names, "the field, or fields, that name a record"),
                ConnectorOption("delimiter", .text, "what stands between values"),
                ConnectorOption("new_id", .text, "the form of new ids"),
                ConnectorOption("updated", .text, "the field that says when a record was changed"),
            ],
            collectionOptions: [
                ConnectorOption("file", .path, "the file, where it is not called as the collection"),
                ConnectorOption("id", .names, "the field, or fields, that name a record"),
                ConnectorOption("delimiter", .text, "what stands between values"),
                ConnectorOption("new_id", .text, "the form of new ids"),
                ConnectorOption("updated", .text, "the field that says when a record was changed"),
            ]),
        ConnectorType(
            name: "desk", summary: "A service desk",
            connectionOptions: [
                ConnectorOption("url", .url, isRequired: true, "the address of the desk"),
                ConnectorOption("token", .secret, isRequired: true, "the token of its API"),
                ConnectorOption("page_size", .int, "how many records a page has"),
                ConnectorOption("strict", .bool, "whether unknown fields are refused"),
                ConnectorOption("mode", .choice(["fast", "safe"]), "how it is read"),
                ConnectorOption("id", .names, "the field, or fields, that name a record"),
                ConnectorOption("team", .text, "whose records are read"),
            ],
            collectionOptions: [ConnectorOption("view", .text, "the view to read")]),
        ConnectorType(name: "memory", summary: "Records in memory"),
        ConnectorType(name: "halopsa", summary: "HaloPSA", isBuilt: false),
        ConnectorType(name: "postgres", summary: "Tables of a PostgreSQL database", isBuilt: false),
    ]
}
