// The keys of `notify` in `connections.yaml`.

extension KeyTable {
    static let notification = KeyTable(
        "a notification",
        [
            Key("name", .name, "What it is called; by default as what it tells by, such as 'slack'."),
            Key("to", .mapping(.notified), isRequired: true, "Where the message goes, such as {slack: URL}."),
            Key("on", .listOrOne(.choice(.events)), "The events that are told."),
            Key("jobs", .listOrOne(.name), "The jobs that it is about; by default all."),
            Key("stale_after", .written(.interval), "For how long a sync may be without a success, such as '2h'."),
            Key("ca_file", .setting, "A file with the certificates to trust, in place of the system's."),
        ])

    static let notified = KeyTable(
        "'to'",
        [
            Key("slack", .written(.webAddress), "The URL of an incoming webhook of Slack."),
            Key("webhook", .mapping(.webhook), "An HTTP server that takes JSON."),
            Key("email", .mapping(.email), "Mail, by an SMTP server."),
            Key("sendmail", .mapping(.sendmail), "Mail, by the system's program."),
            Key("command", .list(.setting), "A program and its arguments; the text is on its standard input."),
            Key("heartbeat", .written(.webAddress), "The URL of a check that hears of every run (healthchecks.io)."),
        ])

    static let webhook = KeyTable(
        "a webhook",
        [
            Key("url", .written(.webAddress), isRequired: true, "Where the JSON is sent."),
            Key("secret", .setting, "The key that signs the body (HMAC-SHA256)."),
            Key("template", .text, "JSON with {{title}}, {{text}} and the like in it, in place of the usual body."),
            Key("headers", .table(.setting), "Further headers."),
        ])

    static let email = KeyTable(
        "an e-mail",
        [
            Key("to", .listOrOne(.setting), isRequired: true, "The addresses that the mail goes to."),
            Key("from", .setting, isRequired: true, "The address that it comes from."),
            Key("server", .written(.mailServer), isRequired: true, "smtp://HOST:PORT or smtps://HOST:PORT."),
            Key("user", .setting, "The name to log in with."),
            Key("password", .setting, "The password to log in with."),
            Key("starttls", .choice(.starttls), "Whether smtp:// must be encrypted: 'required' by default."),
        ])

    static let sendmail = KeyTable(
        "a mail of sendmail",
        [
            Key("to", .listOrOne(.setting), isRequired: true, "The addresses that the mail goes to."),
            Key("from", .setting, isRequired: true, "The address that it comes from."),
            Key("program", .setting, "The program: '/usr/sbin/sendmail' by default."),
        ])
}

extension [Choice] {
    static let events = [
        Choice("run_failed", "a sync could not be run to its end, or its job file is wrong"),
        Choice("record_failed", "the other side refused a record"),
        Choice("held", "a record is held, for a reason that no other event of the list names"),
        Choice("conflict", "both sides changed the same field, to different things"),
        Choice("missing_value", "a table of values has no entry for a value"),
        Choice("connection_broken", "a system cannot be reached or refuses its credentials"),
        Choice("brake", "a limit stopped a run before its first write"),
        Choice("recovered", "what was told is over"),
        Choice("job_changed", "a job file says something else of the records of a sync than before"),
        Choice("stale", "a sync had no success for as long as 'stale_after' says"),
        Choice("oscillation", "something on each side sets a record back in turn, again and again"),
    ]

    static let starttls = [
        Choice("required", others: ["yes", "true"], "nothing is sent in the open"),
        Choice("optional", "encrypted where the server can"),
        Choice("none", others: ["no", "false"], "in the open, for a server on this machine"),
    ]
}

extension Grammar {
    static let webAddress = address(
        ["https://", "http://"], expectation: "a URL such as 'https://host/path'",
        pattern: #"^(https?://\S+|.*\$\{.*)$"#)

    static let mailServer = address(
        ["smtp://", "smtps://"], expectation: "a server such as 'smtp://host:587' or 'smtps://host'",
        pattern: #"^(smtps?://\S+|.*\$\{.*)$"#)

    private static func address(_ schemes: [String], expectation: String, pattern: String) -> Grammar {
        Grammar(expectation: expectation, pattern: pattern) { text, findings in
            let written = text.text
            // What a variable holds is looked at when it is used.
            if written.hasPrefix("${") || schemes.contains(where: { written.hasPrefix($0) && written != $0 }) { return }
            findings.add(
                .wrongType, "'\(shortened(written))' is not \(expectation)", at: text.place,
                hint: "it begins with \(listed(schemes))")
        }
    }
}
