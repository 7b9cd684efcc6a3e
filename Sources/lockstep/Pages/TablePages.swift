import JobFiles

extension Pages {
    /// `values`: tables of left values and right ones.
    static let tables = [
        Page(
            JobFileCode.noWayBack,
            """
            The table gives two left values the same right one. When the right is edited to it, nobody could say which of both the left is \
            to be set to, and a guess would change what people had entered.

            Say it in 'to_left'; or let the field go one way, with '->'.
            """,
            wrong: .fields(
                """
                - status <-> state:
                    values: {New: open, In Progress: doing, Waiting: doing}
                """),
            right: .fields(
                """
                - status <-> state:
                    values: {New: open, In Progress: doing, Waiting: doing}
                    to_left: {doing: In Progress}
                """)),
        Page(
            JobFileCode.duplicateRow,
            """
            A table has two rows for the same value, and so two answers. The same value may be spelled in two ways: 1 and "1" are one row.
            """,
            wrong: .fields("- priority <-> urgency: {values: {1: high, 2: low, \"1\": urgent}}"),
            right: .fields("- priority <-> urgency: {values: {1: high, 2: low, 0: urgent}}")),
        Page(
            JobFileCode.badTable,
            """
            A file that holds a table is CSV of two columns: the left value and the right one, and if you like a first row 'left,right'. \
            This one cannot be read so, or 'to_left' gives a value that the table does not have.
            """,
            wrong: Example.fields("- priority <-> urgency: {values: {file: maps/urgency.csv}}")
                .and(.file("jobs/maps/urgency.csv", "left,right\n1,high,red\n2,low,green")),
            right: Example.fields("- priority <-> urgency: {values: {file: maps/urgency.csv}}")
                .and(.file("jobs/maps/urgency.csv", "left,right\n1,high\n2,low"))),
        Page(
            JobFileCode.missingFile,
            """
            A table is to be read from a file that is not there, or may not be read. Its path starts from the jobs folder, so that the job \
            and its tables are moved and reviewed together.
            """,
            wrong: .fields("- priority <-> urgency: {values: {file: urgency.csv}}"),
            right: Example.fields("- priority <-> urgency: {values: {file: maps/urgency.csv}}")
                .and(.file("jobs/maps/urgency.csv", "1,high\n2,low"))),
    ]
}
