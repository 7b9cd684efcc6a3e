// The keys of job files, as `job-files.md` has them.

extension KeyTable {
    static let job = KeyTable(
        "a job",
        [
            Key("job", .name, isRequired: true, "The job's name, which is its file's."),
            Key("description", .text, "What the job is for."),
            Key("enabled", .bool, "Whether the job runs; true if left out."),
            Key("schedule", .schedule, "When its syncs run, unless they say otherwise."),
            Key("timezone", .text, "The time zone of cron expressions and windows; UTC if left out."),
            Key("left", .name, isRequired: true, "The connection of the left side."),
            Key("right", .name, isRequired: true, "The connection of the right side."),
            Key("syncs", .named(noun: "sync", .mapping(.sync)), isRequired: true, "The syncs, by name."),
        ])

    static let sync = KeyTable(
        "a sync",
        [
            Key("left", .collection, isRequired: true, "The collection on the left side."),
            Key("right", .collection, isRequired: true, "The collection on the right side."),
            Key(
                "fields", .arrows(options: .field), isRequired: true,
                "Arrows such as 'name <-> name': how fields follow from each other."),
            Key("match", .arrows(options: .match), "How to pair records that exist on both sides already."),
            Key("direction", .choice(.directions), "Which way values go."),
            Key(
                "creates", .choice(.creates),
                "On which side new records may be made; follows the direction if left out."),
            Key("deletes", .choice(.deletes), "What becomes of a record whose partner was deleted."),
            Key("archive", .mapping(.archive), "What an archived record looks like, on each side."),
            Key(
                "delete_vs_edit", .choice(.deleteVersusEdit),
                "What happens where one side deleted and the other edited."),
            Key("first_run", .choice(.firstRun), "What the first run does."),
            Key(
                "first_values", .choice(.firstValues),
                "Which value counts where a pair is first met with different ones."),
            Key("conflicts", .choice(.conflicts), "Which side counts where both changed the same field."),
            Key(
                "out_of_scope", .choice(.outOfScope),
                "What becomes of a linked record that no longer passes its filter."),
            Key("limits", .mapping(.limits), "How much a run may do before a brake stops it."),
            Key("schedule", .schedule, "When the sync runs; the job's schedule if left out."),
            Key("full_read", .written(.fullRead), "How often a collection is read whole."),
            Key("after", .listOrOne(.text), "Syncs that must have succeeded since they were last due."),
            Key("retry", .mapping(.retry), "How a record that failed is tried again."),
        ])

    static let collection = KeyTable(
        "a collection", isOpen: true,
        [
            Key("collection", .setting, isRequired: true, "The name of the collection in its connection."),
            Key("filter", .text, "An expression over a record: which records are in scope."),
        ])

    static let limits = KeyTable(
        "'limits'",
        [
            Key("creates", .written(.limit), "The most new records, per run and side."),
            Key("updates", .written(.limit), "The most changed records, per run and side."),
            Key("deletes", .written(.limit), "The most deleted records, per run and side."),
            Key("read_drop", .written(.limit), "How far a collection may have shrunk since it was last read whole."),
        ])

    static let retry = KeyTable(
        "'retry'",
        [
            Key("attempts", .whole(1...1000), "How often a record that failed is tried again."),
            Key("backoff", .written(.interval), "How long to wait before the first new attempt."),
        ])

    static let archive = KeyTable(
        "'archive'",
        [
            Key("left", .table(.anything), "The fields that an archived record has on the left."),
            Key("right", .table(.anything), "The fields that an archived record has on the right."),
        ])

    static let timing = KeyTable(
        "a schedule",
        [
            Key("every", .written(.interval), "The least time from one start to the next."),
            Key("cron", .written(.cron), "A cron expression."),
            Key("window", .written(.window), "When a sync may start, such as 'Mon-Fri 08:00-18:00'."),
            Key("jitter", .written(.interval), "Each start is put off by a part of this."),
        ])
}

extension Shape {
    static let schedule = Shape.either([.written(.schedule), .mapping(.timing)])
    static let collection = Shape.either([.setting, .mapping(.collection)])
}

extension [Choice] {
    static let directions = [
        Choice("two-way", others: ["both", "<->", "bidirectional"], "both sides follow each other"),
        Choice("left-to-right", others: ["->", "right"], "only the right is written"),
        Choice("right-to-left", others: ["<-", "left"], "only the left is written"),
    ]
    static let creates = [
        Choice("both", "new records may be made on both sides"), Choice("left", "only on the left"),
        Choice("right", "only on the right"), Choice("none", "on no side"),
    ]
    static let deletes = [
        Choice("ignore", "the other record stays"),
        Choice("propagate", others: ["delete", "mirror", "both"], "the other record is deleted too"),
        Choice("archive", "the other record is set to its archived state"),
    ]
    static let deleteVersusEdit = [
        Choice("hold", "a person decides"), Choice("delete", "the edited record is deleted too"),
        Choice("restore", "the deleted record is made again"),
    ]
    static let firstRun = [
        Choice("sync", "create and update"), Choice("link", "pair what is there and write nothing"),
    ]
    static let firstValues = [
        Choice("left", "the left's value"), Choice("right", "the right's value"),
        Choice("newest", others: ["newer", "latest", "last"], "the value of the record that was changed last"),
        Choice("fill", others: ["empty"], "only empty values are filled"), Choice("hold", "a person decides"),
    ]
    static let conflicts = [
        Choice("newest", others: ["newer", "latest", "last"], "the side that was changed last"),
        Choice("left", "the left"), Choice("right", "the right"),
        Choice("hold", "a person decides"),
    ]
    static let outOfScope = [
        Choice("freeze", "both records stay as they are"), Choice("follow", "they are kept in step"),
        Choice("unlink", "their link is forgotten"), Choice("archive", "the other record is archived"),
        Choice("delete", "the other record is deleted"),
    ]
}
