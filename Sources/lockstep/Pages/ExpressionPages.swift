import CEL

extension Pages {
    /// What the text of an expression shows.
    static let expressions = [
        Page(
            ExpressionCode.syntax,
            """
            Filters, one-way arrows, 'to_left' and 'to_right' are expressions in CEL. This text is none: mostly '=' stands for '==', 'and' \
            for '&&', or a quote is missing. 'lockstep eval' tries an expression over a record.
            """,
            wrong: filter("status = 'Open'"),
            right: filter("status == 'Open'")),
        Page(
            ExpressionCode.tooLong,
            """
            An expression is longer than 100,000 bytes. Nobody could review it, and each record would have to go through it. A long list of \
            values belongs into a table of its own, with 'values: {file: PATH}'.
            """,
            wrong: filter("id in [" + (0..<13_000).map { "\(100_000 + $0)" }.joined(separator: ", ") + "]"),
            right: filter("id in [100000, 100001, 100002]")),
        Page(
            ExpressionCode.tooDeep,
            """
            Brackets, operators and calls of an expression stand inside each other more than 150 deep. A chain of many '? :' belongs into a \
            table of values.
            """,
            wrong: filter(String(repeating: "(", count: 160) + "open" + String(repeating: ")", count: 160)),
            right: filter("(open)")),
        Page(
            ExpressionCode.filterNotBool,
            """
            A filter says of each record whether it is in scope: true or false. This one answers with something else, and so says nothing. \
            Compare it with something.
            """,
            wrong: filter("tags.size()"),
            right: filter("tags.size() > 0")),
        Page(
            ExpressionCode.typeMismatch,
            """
            An operator or a function is given a kind of value that it never takes, whatever the record holds: text added to a number, a \
            number compared with a text. It would fail on each record, and each would be held.

            Convert one side: string(x), int(x), double(x).
            """,
            wrong: .fields("- tags.size() + ' tags' -> title"),
            right: .fields("- string(tags.size()) + ' tags' -> title")),
        Page(
            ExpressionCode.wrongArgumentCount,
            """
            A function is given more values than it takes, or fewer. The message says how many it takes; the chapter on expressions lists \
            all functions.
            """,
            wrong: filter("summary.contains()"),
            right: filter("summary.contains('VPN')")),
        Page(
            ExpressionCode.unknownFunction,
            """
            There is no function of that name, or it is called as f(x) where x.f() is meant. The message names the nearest. Functions are \
            those of CEL and its usual extensions, not those of other languages.
            """,
            wrong: .fields("- summary.toUpperCase() -> title"),
            right: .fields("- summary.upperAscii() -> title")),
    ]

    private static func filter(_ expression: String) -> Example {
        .sync("left:\n  collection: tickets\n  filter: \(expression)")
    }
}
