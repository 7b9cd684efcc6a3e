// The keys of `connections.yaml`, but for the settings that each connector has of its own.

extension KeyTable {
    static let connections = KeyTable(
        "connections.yaml",
        [
            Key(
                "connections", .named(noun: "connection", .mapping(.connection)), isRequired: true,
                "The connections, by name."),
            Key("notify", .list(.mapping(.notification)), "Who is told of what."),
        ])

    static let connection = KeyTable(
        "a connection", isOpen: true,
        [Key("type", .text, isRequired: true, "The connector, such as 'csv'.")])
}
