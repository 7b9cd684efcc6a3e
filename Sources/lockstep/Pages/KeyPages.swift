import JobFiles
import Runner

extension Pages {
    /// Files, and what stands in them.
    static let keys = [
        Page(
            JobFileCode.emptyFile,
            """
            A file of the jobs folder holds nothing but blanks and comments. It says no job, and one that was there before would \
            silently stop. Write the job, or remove the file.
            """,
            wrong: .job("# to be written"),
            right: .sync("fields:\n  - summary <-> title")),
        Page(
            JobFileCode.fileName,
            """
            Files of the jobs folder are told by their names: connections.yaml, NAME.test.yaml for tests, NAME.yaml for a job. This one \
            ends otherwise, mostly in .yml, and would be passed over. Rename it.
            """,
            wrong: .file(
                "jobs/tickets.yml",
                """
                job: tickets
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
            ReadingCode.unreadableFile,
            """
            A file of the jobs folder cannot be read, or one that a setting names with ${file:PATH}: it is not there, or whoever runs \
            Lockstep may not read it. What depends on it does not run; all else does.

            The path of ${file:PATH} starts from the folder in which the command runs. Look at the owner and the permissions of the file, as \
            the user who runs it.
            """,
            wrong: Example.connections(
                """
                connections:
                  desk: {type: csv, path: "${file:secrets/desk-folder}"}
                  portal: {type: jsonl, path: data/portal}
                """
            ).and(.sync("fields:\n  - summary <-> title")).by(.plan),
            right: Example.connections(
                """
                connections:
                  desk: {type: csv, path: "${file:secrets/desk-folder}"}
                  portal: {type: jsonl, path: data/portal}
                """
            ).and(.sync("fields:\n  - summary <-> title")).and(.file("secrets/desk-folder", "data/desk"))
                .and(.file("data/desk/tickets.csv", "id,summary\n1,VPN down"))
                .and(.file("data/portal/requests.jsonl", #"{"id": 7, "title": "Printer"}"#)).by(.plan)),
        Page(
            JobFileCode.unknownKey,
            """
            A key has no meaning where it stands: it is misspelled, or belongs elsewhere. Passed over in silence, a limit or a filter \
            that everybody relies on would not be there.

            The message names the nearest key, or the place where this one belongs.
            """,
            wrong: .sync("conflict: left"),
            right: .sync("conflicts: left")),
        Page(
            JobFileCode.missingKey,
            """
            A key that must be there is not: without it nobody could say what the job does. There is no default for it.
            """,
            wrong: .job(
                """
                job: tickets
                left: desk
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
            JobFileCode.wrongType,
            """
            A value is of another kind than its key takes: a list in place of a text, a number in place of a name, 'yes' in place of true. \
            Mind that YAML reads 12 as a number and true as no text; in quotes both are text.
            """,
            wrong: .job(
                """
                job: tickets
                enabled: yes
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """),
            right: .job(
                """
                job: tickets
                enabled: true
                left: desk
                right: portal
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            JobFileCode.wrongChoice,
            """
            The key takes one of a few words, and this is none of them. The message lists them; 'lockstep schema job' does so for editors, \
            which then offer them while you type.
            """,
            wrong: .sync("deletes: mirror"),
            right: .sync("deletes: propagate")),
        Page(
            JobFileCode.notBuilt,
            """
            The format has this, and this version of Lockstep does not do it yet. It is an error, not a warning: a job that leaves out a \
            part of what it says would do something else.
            """,
            wrong: .connections(
                """
                connections:
                  desk: {type: sqlite}
                """),
            right: .connections(
                """
                connections:
                  desk: {type: csv, path: export}
                """)),
    ]
}
