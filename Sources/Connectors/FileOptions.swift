internal import Model

/// What the connectors over files may be told, each option described once.
enum FileOptions {
    static let connection = [
        ConnectorOption("path", .path, isRequired: true, "A folder of files, one for each collection; or one file."),
        ConnectorOption(
            "id", .names, decidesRecords: true, "The field, or fields, that name a record; 'id' if left out."),
    ]

    static let collection = [
        ConnectorOption(
            "file", .text, "The file's name in the folder; the collection's name and the usual ending if left out."),
        ConnectorOption(
            "id", .names, decidesRecords: true, "The field, or fields, that name a record; 'id' if left out."),
        ConnectorOption("new_id", .text, "The form of new ids, such as 'C-{n}'; '{n}' if left out."),
        ConnectorOption("updated", .text, "The field that says when a record was last changed."),
    ]

    static let delimiter = ConnectorOption("delimiter", .text, decidesRecords: true, "The character between cells.")

    static let pointer = ConnectorOption(
        "pointer", .text, decidesRecords: true,
        "Where the array of records stands in the document, as RFC 6901 has it, such as '/data/items'.")
}
