import JobFiles
import Runner

extension Pages {
    /// `NAME.test.yaml`. The first is told by `test`.
    static let tests = [
        Page(
            ReadingCode.failedTest,
            """
            The mapping does something else than the test expects. The message names each field that differs, and the line of the mapping \
            that it comes from. One of both is wrong; decide which before you change one.
            """,
            wrong: Example.tests(
                """
                - name: a closed ticket closes the request
                  sync: tickets
                  left: {id: 1, summary: VPN down, status: Closed}
                  expect: {right: {state: closed}}
                """
            ).by(.test),
            right: Example.tests(
                """
                - name: a closed ticket closes the request
                  sync: tickets
                  left: {id: 1, summary: VPN down, status: Closed}
                  expect: {right: {state: done}}
                """
            ).by(.test)),
        Page(
            JobFileCode.expectsNothing,
            """
            The test passes whatever the mapping does. Such a test is worse than none: it looks as if something were secured. Name fields of \
            a side, or an outcome.
            """,
            wrong: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {right: {}}
                """),
            right: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {right: {title: VPN down}}
                """)),
        Page(
            JobFileCode.unpairedBase,
            """
            'base' is what both sides held when they last agreed: pairs of records. Of several records the first of the left belongs to the \
            first of the right, and so both sides need as many.
            """,
            wrong: .tests(
                """
                - name: an edit goes over
                  sync: tickets
                  base:
                    left: [{id: 1, summary: VPN}, {id: 2, summary: Mail}]
                    right: {id: R-1, title: VPN}
                  left: {id: 1, summary: VPN down}
                  right: {id: R-1, title: VPN}
                  expect: {right: {title: VPN down}}
                """),
            right: .tests(
                """
                - name: an edit goes over
                  sync: tickets
                  base:
                    left: {id: 1, summary: VPN}
                    right: {id: R-1, title: VPN}
                  left: {id: 1, summary: VPN down}
                  right: {id: R-1, title: VPN}
                  expect: {right: {title: VPN down}}
                """)),
        Page(
            JobFileCode.badStep,
            """
            'plan' lists every step that a run would take, each as 'plan' shows it: create, update, delete, archive or hold, the side, and \
            the id where there is one.
            """,
            wrong: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {plan: [make right]}
                """),
            right: .tests(
                """
                - name: a ticket becomes a request
                  sync: tickets
                  left: {id: 1, summary: VPN down}
                  expect: {plan: [create right]}
                """)),
    ]
}
