import JobFiles

extension Pages {
    /// Warnings about what is no mistake by itself, and can hardly be what was meant. A comment in the file allows one where it is.
    static let advice = [
        Page(
            JobFileCode.writtenByTwo,
            """
            Two syncs write the same field of the same collection, maybe in two jobs. Where their sources differ, each overwrites what the \
            other wrote, run after run, and the field never comes to rest.

            Let one of them write it, or give both filters that share no record.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                  tasks: {left: tasks, right: requests, fields: [name <-> title]}
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                  tasks: {left: tasks, right: requests, fields: [hours <-> effort]}
                """)),
        Page(
            JobFileCode.loop,
            """
            Syncs hand records on from one collection to the next, and the last one hands them to the first. No sync on the way pairs what \
            is there already: a record that comes round is made anew, and goes round again.

            Give one of them 'match', so that it knows the record again, or a filter that leaves out what others made.
            """,
            wrong: copies(),
            right: copies("    match: name <-> name\n")),
        Page(
            JobFileCode.filterNever,
            """
            No record can pass the filter: its conditions exclude each other. The sync does nothing, and says nothing of it. Mostly 'and' \
            stands for 'or': a status is never both of two values.
            """,
            wrong: filter("status == 'Open' && status == 'Waiting'"),
            right: filter("status == 'Open' || status == 'Waiting'")),
        Page(
            JobFileCode.filterAlways,
            """
            Every record passes the filter. Whoever reads it takes it for a limit that is not there. Mostly '||' stands for '&&': each \
            status differs from one of two.
            """,
            wrong: filter("status != 'Spam' || status != 'Closed'"),
            right: filter("status != 'Spam' && status != 'Closed'")),
        Page(
            JobFileCode.matchNotMapped,
            """
            Records are paired by a field that no arrow writes on the side where new ones are made. They are made without it: should the \
            state be lost, or another sync meet them, they are not found again, and made a second time.

            Let a field write it, or match by one that is written.
            """,
            wrong: .sync("match: number <-> reference"),
            right: .sync(
                """
                match: number <-> reference
                fields:
                  - summary <-> title
                  - number <-> reference
                """)),
        Page(
            JobFileCode.noBrake,
            """
            Deletes go over to the other side, and the limit allows all of them: where an export comes out empty by mistake, the other \
            side is emptied too.

            Leave the limit out, for the default of 10 %, or set one that a usual day never reaches. A run that is stopped by it can be \
            looked at, and let go once.
            """,
            wrong: .sync(
                """
                deletes: propagate
                limits: {deletes: 100%}
                """),
            right: .sync(
                """
                deletes: propagate
                limits: {deletes: 5%}
                """)),
        Page(
            JobFileCode.scheduleNotMet,
            """
            The schedule asks for what cannot be kept: starts in less than a minute, slots that all lie outside of their window, or full \
            reads more often than there are runs. The sync runs less often than the file says.
            """,
            wrong: .sync("schedule: every 30s"),
            right: .sync("schedule: every 1m")),
        Page(
            JobFileCode.unusedConnection,
            """
            No job uses the connection. Its secret is kept for nothing, or a job names another one that it should not. Take it away, or use \
            it.
            """,
            wrong: Example.connections(
                """
                connections:
                  desk: {type: csv, path: data/desk}
                  portal: {type: jsonl, path: data/portal}
                  old-desk: {type: csv, path: data/2019}
                """
            ).and(.sync("fields:\n  - summary <-> title")),
            right: Example.connections(
                """
                connections:
                  desk: {type: csv, path: data/desk}
                  portal: {type: jsonl, path: data/portal}
                """
            ).and(.sync("fields:\n  - summary <-> title"))),
        Page(
            JobFileCode.shadowedName,
            """
            A name in an expression hides another of the same spelling: the variable of a macro a field, or 'value' in a conversion the \
            field 'value'. The expression reads something else than it seems to. Call the variable otherwise, or write record.value for \
            the field.
            """,
            wrong: .fields(
                """
                - name <-> title
                - tags.filter(name, name != 'vip') -> labels
                """),
            right: .fields(
                """
                - name <-> title
                - tags.filter(tag, tag != 'vip') -> labels
                """)),
        Page(
            JobFileCode.noTimes,
            """
            'newest' compares when the records of both sides were last changed. A side whose setting 'updated' names no field does not say \
            so: nothing is decided, and each such field is held, as if the policy were 'hold'.

            Name the field on both sides, in connections.yaml or at the collection, or take 'left', 'right' or 'hold'.
            """,
            wrong: .sync("conflicts: newest"),
            right: .sync(
                """
                left: {collection: tickets, updated: changed}
                right: {collection: requests, updated: modified}
                conflicts: newest
                """)),
        Page(
            JobFileCode.badAllowance,
            """
            A comment 'lockstep: allow CODE because REASON' silences one warning at its line, or at the next where it stands alone. This one does not say which, or why: next \
            year nobody would know whether it still holds.
            """,
            wrong: .sync(
                """
                deletes: propagate
                # lockstep: allow no-brake
                limits: {deletes: 5%}
                """),
            right: .sync(
                """
                deletes: propagate
                # lockstep: allow no-brake because it is rebuilt daily
                limits: {deletes: 100%}
                """)),
        Page(
            JobFileCode.unusedAllowance,
            """
            A comment allows a warning that is not given there any more. Left standing, it would silence the next one that nobody has \
            looked at. Take it away.
            """,
            wrong: .sync(
                """
                deletes: propagate
                # lockstep: allow no-brake because it is rebuilt daily
                limits: {deletes: 5%}
                """),
            right: .sync(
                """
                deletes: propagate
                limits: {deletes: 5%}
                """)),
    ]

    private static func filter(_ expression: String) -> Example {
        .sync("left:\n  collection: tickets\n  filter: \(expression)")
    }

    /// Two syncs that copy the people of one side to the other and back, the second with further keys.
    private static func copies(_ keys: String = "") -> Example {
        .job(
            """
            job: tickets
            left: desk
            right: portal
            syncs:
              there:
                left: people
                right: users
                direction: left-to-right
                fields: [name -> name]
              back:
                left: people
                right: users
                direction: right-to-left
            \(keys)    fields: [name <- name]
            """)
    }
}
