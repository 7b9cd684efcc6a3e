import YAML

extension Pages {
    /// Keys, anchors, aliases and tags.
    static let yamlReferences = [
        Page(
            MistakeCode.complexKey,
            """
            YAML lets a list or a mapping be a key. Here keys are names and single values. Mostly a brace was meant as text, as in a \
            template.
            """,
            wrong: .sync("[conflicts]: left"),
            right: .sync("conflicts: left")),
        Page(
            MistakeCode.mergeKey,
            """
            '<<' merges the keys of another mapping into this one. What a job does would then stand in two places, and a key that \
            is overruled would still be there to read.

            Write the keys out; what all syncs of a job share, such as a schedule, is written beside 'syncs'.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: &usual
                    left: tickets
                    right: requests
                    fields: [summary <-> title]
                  tasks:
                    <<: *usual
                    left: tasks
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets:
                    left: tickets
                    right: requests
                    fields: [summary <-> title]
                  tasks:
                    left: tasks
                    right: jobs
                    fields: [summary <-> title]
                """)),
        Page(
            MistakeCode.unknownAnchor,
            """
            '*name' repeats the value that '&name' marks further up, and no value is marked so. Where a text that begins with a star \
            was meant, such as a cron expression, it needs quotes.
            """,
            wrong: .sync(
                """
                limits: *strict
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets:
                    left: tickets
                    right: requests
                    fields: [summary <-> title]
                    limits: &strict {updates: 10, deletes: 0}
                  tasks:
                    left: tasks
                    right: jobs
                    fields: [summary <-> title]
                    limits: *strict
                """)),
        Page(
            MistakeCode.recursiveAnchor,
            """
            The alias stands inside the value that it repeats, which would hold itself without end. Mark a smaller part, or write it \
            out.
            """,
            wrong: .sync("limits: &strict {updates: 10, deletes: *strict}"),
            right: .sync("limits: {updates: &few 10, deletes: *few}")),
        Page(
            MistakeCode.tooManyAliases,
            """
            Aliases that repeat aliases grow fast: a few lines can stand for millions of values, and would fill the memory. No job \
            needs that.

            Write out what the aliases repeat, or fetch it from a file, such as a table with 'values: {file: PATH}'.
            """,
            wrong: .sync("match:\n" + multiplied),
            right: .sync(
                """
                match:
                  - summary <-> title
                """)),
        Page(
            MistakeCode.tooDeep,
            """
            Lists and mappings stand inside each other more than 100 deep, which is past anything that a job has. Mostly a file of \
            another kind got into the folder.
            """,
            wrong: .sync(
                "match: " + String(repeating: "[", count: 101) + "summary <-> title"
                    + String(repeating: "]", count: 101)),
            right: .sync("match: [summary <-> title]")),
        Page(
            MistakeCode.unknownTag,
            """
            A word that begins with '!' tells YAML what kind of value follows. Some programs have tags of their own, such as !secret or \
            !include; here they mean nothing.

            A variable is written ${NAME}, the content of a file ${file:PATH}. A text that begins with '!' needs quotes.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: csv, path: !env DESK_FOLDER}
                """),
            right: .connections(
                """
                connections:
                  desk: {type: csv, path: "${DESK_FOLDER}"}
                """
            ).with("DESK_FOLDER", "/srv/desk")),
        Page(
            MistakeCode.wrongTag,
            """
            The tag says that a value is of one kind, such as !!int for a whole number, and the value is not. One of both is wrong; most \
            files need no tags.
            """,
            wrong: .sync("retry: {attempts: !!int three}"),
            right: .sync("retry: {attempts: 3}")),
    ]

    /// Lists of a list of a list, each ten times the one before.
    private static var multiplied: String {
        let items = (0..<6).map { level in
            let item = level == 0 ? "id" : "*a\(level - 1)"
            return "  - &a\(level) [" + Array(repeating: item, count: 10).joined(separator: ", ") + "]"
        }
        return items.joined(separator: "\n")
    }
}
