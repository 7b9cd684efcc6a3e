import Runner

extension Pages {
    /// What is written to the other side, and does not come back as it was.
    static let roundTrips = [
        Page(
            RoundTripCode.lossyTable,
            """
            A value goes over to the other side as one that comes back as another. The record stays as it is, until somebody edits the \
            field on the other side: then it is set to what the table says. Mostly that is 'unmapped', which lets through a value that the \
            table uses for something else.

            Hold what the table does not have, which is the default, or choose a value that is used for nothing else. Where a loss is \
            meant, a row in 'to_left' says so, and 'check' tells it with -v only.
            """,
            wrong: .fields(
                """
                - kind <-> type:
                    values: {hw: hardware, sw: software}
                    unmapped: pass
                """),
            right: .fields(
                """
                - kind <-> type:
                    values: {hw: hardware, sw: software}
                """)),
        Page(
            RoundTripCode.deadRow,
            """
            A row of the table is for null, and its side never holds null: a cell of a CSV file is always text, if only an empty one. The \
            row is never used, and the empty value that was meant is not in the table.
            """,
            wrong: .fields("- status -> state: {values: {null: unknown, Open: open}}"),
            right: .fields("- status -> state: {values: {\"\": unknown, Open: open}}")),
        Page(
            RoundTripCode.noRoundTrip,
            """
            What a field writes to the other side comes back as something else: 'to_left' and 'to_right' do not undo each other, or the \
            other side cannot hold the value. Nothing changes by itself, but an edit of the other side brings back the other value.

            The message shows the smallest value that was found. Make both expressions the reverse of each other, store the value as it is, \
            or let the field go one way.
            """,
            wrong: .fields("- summary <-> title: {to_right: value.trim(), to_left: value}"),
            right: .fields("- summary.trim() -> title")),
        Page(
            RoundTripCode.changesByItself,
            """
            A run writes a value, and the next one reads it back as another and takes that for an edit: values change that nobody touched. \
            Mostly a format leaves something out, or two one-way arrows lead round.

            Use a format that keeps all of the value, one two-way arrow in place of two, or one direction only.
            """,
            wrong: .fields(
                """
                - summary.trim() -> title
                - summary <- title
                """),
            right: .fields("- summary <-> title")),
        Page(
            RoundTripCode.neverRests,
            """
            As 'changes-by-itself', and worse: what comes back is changed once more by each run, so that the value wanders off and the two \
            sides never agree.
            """,
            wrong: .fields(
                """
                - summary + '!' -> title
                - summary <- title
                """),
            right: .fields("- summary + '!' -> title")),
    ]
}
