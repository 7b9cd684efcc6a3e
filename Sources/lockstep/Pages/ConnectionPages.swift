import JobFiles

extension Pages {
    /// `connections.yaml`: connections, their settings, and who is told.
    static let connections = [
        Page(
            JobFileCode.unknownConnection,
            """
            'left' and 'right' of a job name connections of jobs/connections.yaml, and this one is not there. Nothing could be read, so \
            the job does not run.
            """,
            wrong: .job(
                """
                job: tickets
                left: helpdesk
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
            JobFileCode.unknownConnector,
            """
            The 'type' of a connection names the connector that speaks with the system, and there is none of that name. The message names \
            the nearest, or all that there are.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: excel, path: export}
                """),
            right: .connections(
                """
                connections:
                  desk: {type: csv, path: export}
                """)),
        Page(
            JobFileCode.unknownSetting,
            """
            Each connector has settings of its own, some for a connection and some for a collection of it. This one has no such \
            setting there; passed over in silence, it would have no effect.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: csv, folder: export, path: export}
                """),
            right: .connections(
                """
                connections:
                  desk: {type: csv, path: export}
                """)),
        Page(
            JobFileCode.badReference,
            """
            In a setting '${' begins a reference: ${NAME} is a variable of the environment, ${file:PATH} the content of a file. What stands \
            here is neither, or is not closed.

            Where the two characters themselves are meant, write $${.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: csv, path: "${DESK FOLDER}"}
                """),
            right: .connections(
                """
                connections:
                  desk: {type: csv, path: "${DESK_FOLDER}"}
                """
            ).with("DESK_FOLDER", "/srv/desk")),
        Page(
            JobFileCode.unsetVariable,
            """
            A setting uses a variable that is not set where the command runs. 'check' only warns, since who checks a file need not be able \
            to run it; a run that needs the connection fails, and says so.

            Cron passes on next to nothing of the environment of a shell: set the variable where the runner is started, or read a file with \
            ${file:PATH}.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: csv, path: "${DESK_FOLDER}"}
                """),
            right: Example.connections(
                """
                connections:
                  desk: {type: csv, path: "${DESK_FOLDER}"}
                """
            ).with("DESK_FOLDER", "/srv/desk")),
        Page(
            JobFileCode.secretInFile,
            """
            A password, a token or a secret address stands in the file itself. Job files are in git: everyone who can read the repository \
            has it from then on, and taking it out again does not take it out of the history.

            Take it from a variable or a file, and have the old one changed.
            """,
            wrong: .connections(
                """
                connections: {}
                notify:
                  - to: {slack: "https://hooks.slack.com/services/T0/B0/x1Y2z3"}
                    on: [run_failed, brake]
                """),
            right: Example.connections(
                """
                connections: {}
                notify:
                  - to: {slack: "${SLACK_WEBHOOK}"}
                    on: [run_failed, brake]
                """
            ).with("SLACK_WEBHOOK", "https://hooks.slack.com/services/T0/B0/x1Y2z3")),
        Page(
            JobFileCode.badTemplate,
            """
            What a webhook would send cannot be sent: its template makes no JSON, uses a name that there is not, or a header has no \
            right name. Nobody would hear of a failed run.

            A word in double braces is replaced by its value, escaped for JSON, so that it stands inside quotes. A command line must not \
            hold variables: everybody on the machine can read it.
            """,
            wrong: .connections(
                """
                connections: {}
                notify:
                  - to:
                      webhook:
                        url: https://chat.example.com/hook
                        template: '{"text": {{title}}'
                    on: run_failed
                """),
            right: .connections(
                """
                connections: {}
                notify:
                  - to:
                      webhook:
                        url: https://chat.example.com/hook
                        template: '{"text": "{{title}}"}'
                    on: run_failed
                """)),
    ]
}
