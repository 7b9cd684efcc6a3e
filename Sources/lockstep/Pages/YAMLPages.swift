import YAML

extension Pages {
    /// Texts that are no YAML, or not the one that was meant.
    static let yaml = [
        Page(
            MistakeCode.syntax,
            """
            The file cannot be read as YAML from this place on. Nothing below it is known, so the job does not run until it is mended; \
            other jobs do.

            Often a colon, a blank after one, or the dash of a list entry is missing. The message says what was expected.
            """,
            wrong: .job(
                """
                job: tickets
                left desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            MistakeCode.indentation,
            """
            YAML says by indentation what belongs to what. This line stands in a column in which nothing above it begins, so it belongs \
            to nothing, and the file cannot be read.

            Keys of one mapping stand in one column, and so do the dashes of one list.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets:
                    left: tickets
                   right: requests
                    fields:
                      - summary <-> title
                """),
            right: .sync("fields:\n  - summary <-> title")),
        Page(
            MistakeCode.tab,
            """
            YAML takes blanks for indentation, and no tabs: editors show tabs in different widths, and two people would read two \
            different files.

            Set the editor to blanks for this kind of file.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                \ttickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            MistakeCode.needsQuotes,
            """
            Some characters mean something to YAML: a quote or one of @ & * ! % ` | > at the start of a text, ': ' and ' #' inside it, and \
            , [ ] { } inside brackets. Expressions are full of them.

            Put the whole entry in quotes. Inside single quotes a quote is written twice.
            """,
            wrong: .fields("- 'Ticket ' + summary -> title"),
            right: .fields("- \"'Ticket ' + summary -> title\"")),
        Page(
            MistakeCode.notClosed,
            """
            A quote or a bracket is opened here, and never closed. YAML then takes all that follows for a part of the text, so that \
            nothing more of the file is known.
            """,
            wrong: .sync(
                """
                left: {collection: tickets, filter: status != 'Spam'
                fields:
                  - summary <-> title
                """),
            right: .sync(
                """
                left: {collection: tickets, filter: status != 'Spam'}
                fields:
                  - summary <-> title
                """)),
        Page(
            MistakeCode.unknownEscape,
            """
            In double quotes a backslash begins an escape, such as \\n for a line feed. The letter behind this one begins none.

            Write \\\\ for a backslash, or use single quotes, in which a backslash is a backslash: best for regular expressions.
            """,
            wrong: .sync(
                #"""
                left:
                  collection: tickets
                  filter: "summary.matches('^\d+')"
                """#),
            right: .sync(
                #"""
                left:
                  collection: tickets
                  filter: summary.matches(r'^\d+')
                """#)),
        Page(
            MistakeCode.encoding,
            """
            Job files are UTF-8. This one holds a byte that is none, as files do that an older editor stored as Latin-1 or \
            Windows-1252. Guessed at, a name could come out as another one and match nothing.

            Store the file as UTF-8; 'iconv -f latin1 -t utf8' turns one into the other.
            """,
            wrong: Example(
                shown: [
                    Example.File(
                        path: "jobs/tickets.yaml",
                        text: """
                            job: tickets
                            description: Tickets of the café
                            left: desk
                            right: portal
                            syncs:
                              tickets: {left: tickets, right: requests, fields: [summary <-> title]}

                            """, isLatin1: true)
                ]),
            right: .job(
                """
                job: tickets
                description: Tickets of the café
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            MistakeCode.forbiddenCharacter,
            """
            The file holds a control character, which no person sees and YAML does not allow. Mostly it was pasted from elsewhere.

            Take it away. Where it is meant, write it as an escape in double quotes.
            """,
            wrong: .sync(
                """
                left: {collection: tickets, filter: queue != 'Spam\u{7}'}
                fields:
                  - summary <-> title
                """),
            right: .sync(
                """
                left: {collection: tickets, filter: queue != 'Spam'}
                fields:
                  - summary <-> title
                """)),
        Page(
            MistakeCode.severalDocuments,
            """
            A line '---' begins another document in the same file. A file is one job, named as the file is, so that a person who reads \
            a job's name knows where it stands.

            Put the second job into a file of its own.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                ---
                job: people
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            MistakeCode.duplicateKey,
            """
            Many YAML readers take the last of two equal keys and say nothing: half of what was written would have no effect.

            Decide for one, or bring what stands under both together.
            """,
            wrong: .sync(
                """
                conflicts: left
                fields:
                  - summary <-> title
                conflicts: hold
                """),
            right: .sync(
                """
                conflicts: left
                fields:
                  - summary <-> title
                """)),
    ]
}
