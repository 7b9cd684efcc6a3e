import JobFiles

extension Pages {
    /// The entries of `fields` and `match`.
    static let arrows = [
        Page(
            JobFileCode.badArrow,
            """
            An entry of 'fields' or 'match' is one arrow, with blanks around it: 'a <-> b' for both ways, 'a -> b' and 'a <- b' for one. \
            Here it is missing, stands twice, or is spelled otherwise, so that nobody can say what is to be written.

            'match' compares, and so takes '<->' only. An arrow inside a text of an expression does not count.
            """,
            wrong: .fields("- summary => title"),
            right: .fields("- summary -> title")),
        Page(
            JobFileCode.badPath,
            """
            An end of an arrow that is written must name a field: 'name', 'user.email' for a field inside another, or record['Due Date'] \
            for a name with blanks or signs in it. This text names none.
            """,
            wrong: .fields("- due <-> due-date"),
            right: .fields("- due <-> record['due-date']")),
        Page(
            JobFileCode.notAField,
            """
            The arrow writes to this end, and what stands there is an expression: a value cannot be written into a sum. A two-way arrow \
            writes to both ends.

            For one way, turn the arrow so that the expression is only read. For both, name the fields, and say with 'to_left' and \
            'to_right' how one becomes the other.
            """,
            wrong: .fields("- minutes <-> hours * 60"),
            right: .fields("- minutes <- hours * 60")),
        Page(
            JobFileCode.misplacedOption,
            """
            Options stand under their arrow, indented further than it. This one stands beside the arrow, where YAML reads it as a second \
            key of the list entry, and it would have no effect.
            """,
            wrong: .fields(
                """
                - tags <-> labels:
                  merge: set
                """),
            right: .fields(
                """
                - tags <-> labels:
                    merge: set
                """)),
        Page(
            JobFileCode.writtenTwice,
            """
            Two arrows of a sync write the same field of the same side, or one writes a field and the other a part of it. The second would \
            overwrite what the first wrote, each run would find a difference, and write again.

            Keep one of both. Where the value depends on something, say so in one expression: 'urgent ? 1 : 3 -> priority'.
            """,
            wrong: .fields(
                """
                - summary <-> title
                - details -> title
                """),
            right: .fields(
                """
                - summary <-> title
                - details -> body
                """)),
        Page(
            JobFileCode.againstDirection,
            """
            The sync writes to one side only, as its 'direction' says, and here something would write to the other: an arrow, 'creates', \
            'first_values' or 'archive'. Either the direction is not meant, or this is.
            """,
            wrong: .sync(
                """
                direction: left-to-right
                fields:
                  - summary <-> title
                  - status <- state
                """),
            right: .sync(
                """
                direction: left-to-right
                fields:
                  - summary <-> title
                  - status -> state
                """)),
    ]
}
