// The keys of `connections.yaml`, but for the settings that each connector has of its own.

extension KeyTable {
    static let connections = KeyTable(
        "connections.yaml",
        [
            Key(
                "connections", .named(noun: "connection", .mapping(.connection)), isRequired: true,
                "The connections, by name."),
            Key("notify", .list(.mapping(.notification)), isBuilt: false, "Who is told of what."),
        ])

    static let connection = KeyTable(
        "a connection", isOpen: true,
        [Key("type", .text, isRequired: true, "The connector, such as 'csv'.")])

    static let notification = KeyTable(
        "a notification",
        [
            Key("to", .table(.setting), isRequired: true, "Where the message goes, such as {slack: URL}."),
            Key("on", .listOrOne(.choice(.events)), isRequired: true, "The events that are told."),
        ])
}

extension [Choice] {
    static let events = [
        Choice("run_failed", "a run ended and some records failed"),
        Choice("connection_broken", "a system cannot be reached or refuses its credentials"),
        Choice("brake", "a limit stopped a run before its first write"), Choice("recovered", "what was told is over"),
    ]
}
