import JobFiles

extension Pages {
    /// `link` and `after`: syncs that other syncs name.
    static let references = [
        Page(
            JobFileCode.unknownJob,
            """
            A sync, a file of tests or a notification names a job that no file of the folder has. In 'link' and 'after' what stands before \
            the slash is the job; without a slash the same job is meant.
            """,
            wrong: .sync("after: directory/people"),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  people:
                    left: people
                    right: users
                    fields: [name <-> name]
                  tickets:
                    left: tickets
                    right: requests
                    after: people
                    fields: [summary <-> title]
                """)),
        Page(
            JobFileCode.unknownSync,
            """
            'link' or 'after' names a sync that the job does not have, and there would be no links to translate ids by. The message names the \
            nearest, or the job that has one of that name.
            """,
            wrong: .fields("- client_id <-> customer: {link: companies}"),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  companies:
                    left: clients
                    right: customers
                    fields: [name <-> name]
                  tickets:
                    left: tickets
                    right: requests
                    fields:
                      - client_id <-> customer: {link: companies}
                """)),
        Page(
            JobFileCode.waitsForItself,
            """
            Syncs wait for each other in a circle, by 'after' or 'link': none of them could ever run first, and so none would ever run. Take \
            one 'after' away. Of two fields that link to each other, one can be set by a sync of its own that runs last.

            A link to the same sync, such as the parent of a ticket, is no circle.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  people:
                    left: people
                    right: users
                    after: tickets
                    fields: [name <-> name]
                  tickets:
                    left: tickets
                    right: requests
                    fields:
                      - owner <-> assignee: {link: people}
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  people:
                    left: people
                    right: users
                    fields: [name <-> name]
                  tickets:
                    left: tickets
                    right: requests
                    fields:
                      - owner <-> assignee: {link: people}
                """)),
    ]
}
