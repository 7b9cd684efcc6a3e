import JobFiles

extension Pages {
    /// What jobs, syncs, connections and notifications are called.
    static let names = [
        Page(
            JobFileCode.badName,
            """
            Names of jobs, syncs and connections stand on command lines, in paths and in addresses: they are made of a-z, 0-9, _ and -, and \
            begin with a letter. What people should read goes into 'description'.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  All Tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """),
            right: .job(
                """
                job: tickets
                left: desk
                right: portal
                syncs:
                  all-tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            JobFileCode.jobName,
            """
            A job is called as its file: whoever reads a name in a log finds the file without a search. The state of a job lies under its \
            name, too.

            Mind that a job which has run and gets another name begins anew, with no memory of what it linked.
            """,
            wrong: .job(
                """
                job: helpdesk
                left: desk
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
            JobFileCode.duplicateName,
            """
            Two things that are told apart by their names have the same one: two tests of a file, or two notifications that go the same \
            way. Reports could not say which is meant. Give one of them a name of its own.
            """,
            wrong: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {right: {title: VPN down}}
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 2, status: Closed}
                  expect: {right: {state: done}}
                """),
            right: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {right: {title: VPN down}}
                - name: a closed ticket closes the request
                  sync: tickets
                  left: {id: 2, status: Closed}
                  expect: {right: {state: done}}
                """)),
    ]
}
