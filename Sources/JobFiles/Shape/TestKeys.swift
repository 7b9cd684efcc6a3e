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
            Key("links", .table(.table(.single)), "Links that are there: the sync, then left id: right id."),
            Key("base", .mapping(.sides("'base'")), "What both sides held when they last agreed."),
            Key("left", .table(.anything), "The left record."),
            Key("right", .table(.anything), "The right record."),
            Key(
                "expect", .either([.choice(.outcomes), .mapping(.expectation)]), isRequired: true,
                "What must come of it."),
        ])

    static let expectation = KeyTable(
        "'expect'",
        [
            Key("left", .table(.anything), "Fields that the left record has afterwards."),
            Key("right", .table(.anything), "Fields that the right record has afterwards."),
            Key("held", .text, "A part of the reason for which the record is held."),
            Key("conflict", .listOrOne(.text), "The fields that both sides changed."),
        ])

    static func sides(_ noun: String) -> KeyTable {
        KeyTable(
            noun,
            [Key("left", .table(.anything), "The left record."), Key("right", .table(.anything), "The right record.")])
    }
}

extension [Choice] {
    static let outcomes = [
        Choice("out of scope", "the record does not pass the filter"), Choice("no change", "nothing is written"),
    ]
}
