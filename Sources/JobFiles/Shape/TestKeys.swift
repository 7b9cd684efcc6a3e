// The keys of `NAME.test.yaml`.

extension KeyTable {
    static let tests = KeyTable(
        "a test file",
        [
            Key("job", .name, isRequired: true, "The job that is tested."),
            Key("tests", .list(.mapping(.test)), isRequired: true, "The tests, in their order."),
        ])

    static let test = KeyTable(
        "a test",
        [
            Key("name", .text, isRequired: true, "What the test shows."),
            Key("sync", .text, isRequired: true, "The sync that is tested."),
            Key(
                "links", .table(.either([.table(.single), .list(.mapping(.link))])),
                "Links that are there: the sync, then left id: right id, or a list of links where an id has several parts."
            ),
            Key("base", .mapping(.sides("'base'")), "What both sides held when they last agreed."),
            Key("left", .records, "The left record, or several."),
            Key("right", .records, "The right record, or several."),
            Key(
                "expect", .either([.choice(.outcomes), .mapping(.expectation)]), isRequired: true,
                "What must come of it."),
        ])

    static let link = KeyTable(
        "a link",
        [
            Key("left", .listOrOne(.single), isRequired: true, "The left id; of several parts, a list."),
            Key("right", .listOrOne(.single), isRequired: true, "The right id; of several parts, a list."),
        ])

    static let expectation = KeyTable(
        "'expect'",
        [
            Key("left", .outcome, "Fields that the left record has afterwards; of several, a list; or 'deleted'."),
            Key("right", .outcome, "Fields that the right record has afterwards; of several, a list; or 'deleted'."),
            Key("held", .text, "A part of the reason for which the record is held."),
            Key("conflict", .listOrOne(.text), "The fields that both sides changed."),
            Key("plan", .list(.text), "Every write and hold, such as 'create right' or 'update left 4711'."),
        ])

    static func sides(_ noun: String) -> KeyTable {
        KeyTable(
            noun,
            [
                Key("left", .records, "The left record, or several."),
                Key("right", .records, "The right record, or several."),
            ])
    }
}

extension Shape {
    /// One record, or several.
    fileprivate static let records = Shape.listOrOne(.table(.anything))
    /// What a side has to hold afterwards.
    fileprivate static let outcome = Shape.either([
        .choice([Choice("deleted", "the record is deleted")]), .table(.anything), .list(.table(.anything)),
    ])
}

extension [Choice] {
    static let outcomes = [
        Choice("out of scope", "the record does not pass the filter"), Choice("no change", "nothing is written"),
    ]
}
