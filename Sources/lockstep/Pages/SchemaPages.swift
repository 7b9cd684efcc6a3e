import JobFiles
import Runner

extension Pages {
    /// What the schemas of collections tell of job files.
    static let schemas = [
        Page(
            JobFileCode.typeClash,
            """
            The two ends of an arrow do not go together: what one end holds is of no type that the other takes, or it cannot be converted to \
            the 'type' of the field. A run would hold such records, or the system would refuse them.

            Text of CSV never becomes a number by itself: 'type: int' says that it is one. For what must be worked out, write 'to_left' and \
            'to_right'. Where the types are known from records alone this is a warning.
            """,
            wrong: Example.fields("- minutes <-> effort").and(schema("\"effort\": {\"type\": \"integer\"}")).and(
                tickets),
            right: Example.fields("- minutes <-> effort: {type: int}").and(
                schema("\"effort\": {\"type\": \"integer\"}")
            ).and(
                tickets)),
        Page(
            JobFileCode.requiredField,
            """
            New records may be made on this side, and its system asks for a field that no arrow sets: each of them would be refused. An arrow \
            with 'when: update' does not count.

            Add an arrow that writes the field, be it a constant such as "'New' -> state", or allow no new records there with 'creates'.
            """,
            wrong: Example.fields("- summary <-> title").and(schema(required)),
            right: Example.fields("- summary <-> title\n- \"'New' -> state\"").and(schema(required))),
        Page(
            JobFileCode.readOnlyField,
            """
            An arrow, or 'archive', writes a field that only its system sets, such as the time at which a record was made. The system would \
            refuse it, or pass over it, and the next run would find a difference again.

            Let the field be read alone: write '<-' or '->' in place of '<->'.
            """,
            wrong: Example.fields("- made <-> created").and(
                schema("\"created\": {\"type\": \"string\", \"readOnly\": true}")),
            right: Example.fields("- made <- created").and(
                schema("\"created\": {\"type\": \"string\", \"readOnly\": true}"))),
        Page(
            JobFileCode.textTooLong,
            """
            A text of the job file has more characters than the field that it is written to takes. Of two fields this is a warning: the one \
            that is read may hold more than the one that is written takes.

            Choose a shorter value. Between fields, cut the text with 'to_right' or 'to_left', knowing that the end of it is then lost.
            """,
            wrong: Example.fields("- \"'imported' -> origin\"").and(
                schema("\"origin\": {\"type\": \"string\", \"maxLength\": 6}")),
            right: Example.fields("- \"'import' -> origin\"").and(
                schema("\"origin\": {\"type\": \"string\", \"maxLength\": 6}"))),
        Page(
            JobFileCode.notAChoice,
            """
            A value of a table, of 'use', of 'archive' or a constant is none of those that the system lets its field have: a record with it \
            would be refused. Where the value is only looked up, its row is never met, and this is a warning.

            Write one of the choices, letter by letter. 'lockstep discover' asks the system for them again.
            """,
            wrong: Example.fields("- status <-> state: {values: {Open: opn, Closed: done}}").and(schema(choices)),
            right: Example.fields("- status <-> state: {values: {Open: open, Closed: done}}").and(schema(choices))),
        Page(
            JobFileCode.unknownCollection,
            """
            A side of a sync names a collection that its system does not have, as far as the connector says.

            Take one of those that are there. A copy of the connector's definition in 'connectors' of the jobs folder may have more.
            """,
            wrong: redmine("isues"), right: redmine("issues")),
        Page(
            JobFileCode.badSchema,
            """
            A file in 'schemas' of the jobs folder cannot be read as the schema of a collection: it is no JSON, says nothing of its \
            collection, or has a key with a value that it cannot have. What it would tell is not checked.

            Let 'lockstep discover JOB' write it anew: it needs to reach the system.
            """,
            wrong: Example.fields("- summary <-> title").and(schema("\"title\": {\"type\": \"txt\"}")),
            right: Example.fields("- summary <-> title").and(schema("\"title\": {\"type\": \"string\"}"))),
        Page(
            JobFileCode.unusedSchema,
            """
            A file in 'schemas' of the jobs folder is about a collection that no sync names. Most likely the collection was renamed in the job, \
            or the sync is gone.

            Remove the file, and write that of the new collection with 'lockstep discover JOB'.
            """,
            wrong: Example.fields("- summary <-> title").and(
                schema("\"title\": {\"type\": \"string\"}", collection: "request")),
            right: Example.fields("- summary <-> title").and(schema("\"title\": {\"type\": \"string\"}"))),
        Page(
            SchemaCode.schemaDiffers,
            """
            A collection has other fields by now than its file in 'schemas' of the jobs folder says. Without '--online' a check goes by \
            that file: it passes arrows to fields that are gone, and refuses those to new ones.

            Write the file anew with 'lockstep discover JOB', look at what changed in it, and check again.
            """,
            wrong: Example.fields("- summary <-> title").and(data).and(desk(", \"queue\": {\"type\": \"string\"}"))
                .by(.online),
            right: Example.fields("- summary <-> title").and(data).and(desk("")).by(.online)),
    ]

    private static func redmine(_ collection: String) -> Example {
        Example.files([
            (
                "jobs/connections.yaml",
                """
                connections:
                  desk: {type: csv, path: data/desk}
                  portal:
                    type: redmine
                    url: https://redmine.example.com
                    api_key: ${KEY}
                """
            ),
            (
                "jobs/helpdesk.yaml",
                """
                job: helpdesk
                left: desk
                right: portal
                syncs:
                  tickets:
                    left: tickets
                    right: \(collection)
                    creates: left
                    fields: [summary <-> subject]
                """
            ),
        ]).with("KEY", "k")
    }

    private static let data = Example.files([
        ("data/desk/tickets.csv", "id,summary\n1,VPN down"),
        ("data/portal/requests.jsonl", #"{"id": 7, "title": "Printer"}"#),
    ])

    /// The schema of the collection of the left, whose fields are known to be all.
    private static func desk(_ more: String) -> Example {
        .file(
            "jobs/schemas/desk.tickets.json",
            """
            {
              "x-lockstep-version": 1,
              "x-lockstep-connection": "desk",
              "x-lockstep-collection": "tickets",
              "x-lockstep-values": "text",
              "properties": {
                "id": {"type": "string", "x-lockstep-type": "int"},
                "summary": {"type": "string"}\(more)
              },
              "additionalProperties": false
            }
            """)
    }

    private static let required =
        "\"title\": {\"type\": \"string\"},\n    \"state\": {\"type\": \"string\"}},\n  \"required\": [\"state\"], \"$defs\": {"
    private static let choices = "\"state\": {\"type\": \"string\", \"enum\": [\"open\", \"done\"]}"

    /// A schema of a collection of the right.
    private static func schema(_ properties: String, collection: String = "requests") -> Example {
        .file(
            "jobs/schemas/portal.\(collection).json",
            """
            {
              "x-lockstep-version": 1,
              "x-lockstep-connection": "portal",
              "x-lockstep-collection": "\(collection)",
              "properties": {\(properties)}
            }
            """)
    }

    /// The schema of the collection of the left.
    private static let tickets = Example.file(
        "jobs/schemas/desk.tickets.json",
        """
        {
          "x-lockstep-version": 1,
          "x-lockstep-connection": "desk",
          "x-lockstep-collection": "tickets",
          "x-lockstep-values": "text",
          "properties": {"minutes": {"type": "string", "x-lockstep-type": "int"}}
        }
        """)
}
