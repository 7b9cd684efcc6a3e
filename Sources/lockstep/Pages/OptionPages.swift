import JobFiles
import Runner

extension Pages {
    /// Options that do not go together, and values that options take.
    static let options = [
        Page(
            JobFileCode.optionClash,
            """
            Two options exclude each other, and nothing says which counts. 'link' translates ids and leaves nothing for a table or a type \
            to do; beside a table 'to_left' is a table too; a schedule has an interval or a cron expression.
            """,
            wrong: .sync(
                """
                schedule: {every: 10m, cron: "0 6 * * *"}
                """),
            right: .sync(
                """
                schedule: {every: 10m}
                """)),
        Page(
            JobFileCode.optionWithoutEffect,
            """
            An option has nothing to act on: 'unmapped' without a table, 'merge' on an arrow that only goes one way, 'archive' where \
            nothing archives. Whoever wrote it relies on something that does not happen.
            """,
            wrong: .fields("- tags -> labels: {merge: set}"),
            right: .fields("- tags <-> labels: {merge: set}")),
        Page(
            JobFileCode.missingOption,
            """
            An option needs another beside it: a two-way field with 'to_right' needs 'to_left' for the way back, 'first_run: link' needs \
            'match' to pair by, 'deletes: archive' must be told what an archived record looks like.
            """,
            wrong: .sync("deletes: archive"),
            right: .sync(
                """
                deletes: archive
                archive: {left: {status: Closed}, right: {state: done}}
                """)),
        Page(
            JobFileCode.badFormat,
            """
            'format' says how a side writes dates or times, in the letters of strftime: %d/%m/%Y. This one has a letter that there is not, \
            names a part twice, or leaves out one that a date needs, so that nothing could be read.
            """,
            wrong: .fields("- due <-> due: {type: date, format: '%d/%m'}"),
            right: .fields("- due <-> due: {type: date, format: '%d/%m/%Y'}")),
        Page(
            JobFileCode.badLimit,
            """
            A limit stops a run before its first write when it would do more than anybody expects. It is a count such as 200, or a \
            percentage of the linked records such as 30%.
            """,
            wrong: .sync("limits: {updates: 0.3, deletes: 10}"),
            right: .sync("limits: {updates: 30%, deletes: 10}")),
        Page(
            JobFileCode.sameCollection,
            """
            Both sides of a sync are the same collection. It would read what it has just written, and pair each record with itself.

            To keep two parts of a collection in step, export one of them, or set the field where it is entered.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: desk
                syncs:
                  tickets:
                    left: tickets
                    right: tickets
                    fields:
                      - summary <-> title
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets:
                    left: tickets
                    right: tickets
                    fields:
                      - summary <-> title
                """)),
        Page(
            ReadingCode.unknownField,
            """
            A mapping, a match or a filter names a field that the collection does not have; mostly it is misspelled, or was renamed in the \
            system. The sync stops before it writes: read as empty, the field would erase its partner in every record.

            A CSV file says its fields in its heading. Records of JSON may leave fields out: there a field is wrong that none of them \
            has, where it is only read, or where another is nearly called so.
            """,
            wrong: Example.fields("- sumary <-> title").and(data).by(.plan),
            right: Example.fields("- summary <-> title").and(data).by(.plan)),
    ]

    private static let data = Example.files([
        ("data/desk/tickets.csv", "id,summary\n1,VPN down"),
        ("data/portal/requests.jsonl", #"{"id": 7, "title": "Printer"}"#),
    ])
}
