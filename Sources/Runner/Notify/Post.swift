import FileIO
import Model
import Values

/// Takes messages to one notifier: makes parcels of them, has them delivered, and says what came of it.
struct Post: Sendable {
    let notifier: Notifier
    let world: World
    /// How long it may take.
    let limit: Duration

    /// - Returns: why it did not arrive; nil where it did.
    func deliver(_ message: Message) async -> PostFailure? {
        await deliver { (texts: inout FilledTemplates) throws(PostFailure) in
            switch notifier.target {
            case .slack(let url): try slack(url, message, &texts)
            case .webhook(let webhook): try self.webhook(webhook, message, &texts)
            case .email(let mail): try email(mail, message, &texts)
            case .sendmail(let box): try sendmail(box, message, &texts)
            case .command(let words): command(words, message)
            case .heartbeat(let url): try heartbeat(url, .success, message.run, MessageWords(message).text, &texts)
            }
        }
    }

    /// Tells a heartbeat that a run begins, or how it ended.
    func beat(_ beat: Heartbeat, run: String, body: String) async -> PostFailure? {
        guard case .heartbeat(let url) = notifier.target else { return nil }
        return await deliver { (texts: inout FilledTemplates) throws(PostFailure) in
            try heartbeat(url, beat, run, body, &texts)
        }
    }

    private func deliver(_ pack: (inout FilledTemplates) throws(PostFailure) -> Parcel) async -> PostFailure? {
        var texts = FilledTemplates(world)
        var parcel: Parcel
        do {
            parcel = try pack(&texts)
        } catch {
            return .settings(texts.redacted(error.sentence))
        }
        parcel.timeLimit = limit
        var end = await world.deliver(parcel)
        // Before anything of it is cut or escaped, so that no part of a secret is left.
        end.output = texts.redacted(end.output)
        return Self.problem(end, parcel).map { .delivery(texts.redacted($0)) }
    }

    /// What went wrong, as a sentence; nil where nothing did.
    static func problem(_ end: ParcelEnd, _ parcel: Parcel) -> String? {
        let lines = end.output.split(whereSeparator: \.isNewline).map(String.init)
        let said = lines.last { !$0.isEmpty && !isStatus($0) }.map { ": " + MessageWords.line($0) } ?? ""
        switch end.how {
        case .exited(0):
            // A redirect, say, is no success.
            guard parcel.program == "curl", let status = lines.last(where: isStatus), !status.hasPrefix("status 2")
            else { return nil }
            return "the server answered with the \(status)"
        case .exited(let code): return "\(parcel.program) ended with \(code)\(said)"
        case .killed(let signal): return "\(parcel.program) was ended by signal \(signal)\(said)"
        case .timedOut: return "\(parcel.program) did not end within \(Self.rounded(parcel.timeLimit)) s\(said)"
        case .notStarted(let reason): return "\(parcel.program) cannot be started: \(reason)"
        }
    }

    private static func rounded(_ duration: Duration) -> Int64 { (duration + .milliseconds(500)).components.seconds }

    private static func isStatus(_ line: String) -> Bool { line.hasPrefix("status ") }

    private func http(_ url: String, _ texts: inout FilledTemplates) throws(PostFailure) -> CurlConfig {
        guard url.hasPrefix("https://") || url.hasPrefix("http://") else {
            throw .settings("the URL begins with neither https:// nor http://")
        }
        var config = CurlConfig(url: url, protocols: "http,https", limit: limit)
        try trust(&config, &texts)
        config.set("request", "POST")
        config.set("data-binary", "@/dev/fd/3")
        config.set("user-agent", "lockstep")
        // Nothing of what was sent is to be shown, and the status in its own words.
        config.set("output", "/dev/null")
        config.set("write-out", "\nstatus %{http_code}\n")
        config.set("fail")
        return config
    }

    private func trust(_ config: inout CurlConfig, _ texts: inout FilledTemplates) throws(PostFailure) {
        if let file = try texts.text(notifier.certificates) { config.set("cacert", file) }
    }

    private func slack(
        _ url: Template, _ message: Message, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> Parcel {
        var config = try http(try texts.secret(url), &texts)
        config.set("header", "Content-Type: application/json")
        let text = Self.slackText(MessageWords(message).text)
        return config.parcel(body: Array(JSON.text(.object(["text": .text(text)])).utf8))
    }

    /// What Slack would take for its own marks is text.
    static func slackText(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    private func webhook(
        _ webhook: Notifier.Webhook, _ message: Message, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> Parcel {
        var config = try http(try texts.text(webhook.url), &texts)
        let body = Array(try WebhookBody(message).text(webhook.template, &texts).utf8)
        var isTyped = false
        for header in webhook.headers {
            let content = try texts.text(header.content)
            guard !content.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
                throw .settings("the header '\(header.name)' has a control character in it")
            }
            if header.name.lowercased() == "content-type" { isTyped = true }
            config.set("header", content.isEmpty ? "\(header.name);" : "\(header.name): \(content)")
        }
        if !isTyped { config.set("header", "Content-Type: application/json") }
        if let secret = webhook.secret {
            let key = try texts.secret(secret)
            config.set("header", "Lockstep-Signature: " + (try Signature.header(body, key, at: message.time)))
        }
        return config.parcel(body: body)
    }

    private func email(
        _ mail: Notifier.Mail, _ message: Message, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> Parcel {
        let server = try texts.text(mail.server)
        guard server.hasPrefix("smtp://") || server.hasPrefix("smtps://") else {
            throw .settings("the server begins with neither smtp:// nor smtps://")
        }
        let box = try addresses(mail.box, &texts)
        var config = CurlConfig(url: server, protocols: "smtp,smtps", limit: limit)
        try trust(&config, &texts)
        switch mail.starttls {
        case .required where server.hasPrefix("smtp://"): config.set("ssl-reqd")
        case .optional: config.set("ssl")
        case .required, .none: break
        }
        if let user = mail.user, let password = mail.password {
            let name = try texts.text(user)
            guard !name.contains(":") else { throw .settings("the name to log in with has a ':' in it") }
            let word = try texts.secret(password)
            config.set("user", name + ":" + word)
        }
        config.set("mail-from", box.from)
        for address in box.to { config.set("mail-rcpt", address) }
        config.set("upload-file", "/dev/fd/3")
        return config.parcel(body: mailText(message, box).bytes)
    }

    private func sendmail(
        _ box: Notifier.Mailbox, _ message: Message, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> Parcel {
        let mail = mailText(message, try addresses(box, &texts))
        let program = try texts.text(box.program) ?? "/usr/sbin/sendmail"
        // It takes lines as the system ends them.
        let bytes = mail.bytes.filter { $0 != 0x0D }
        return Parcel(program: program, arguments: ["-i", "-f", mail.from, "--"] + mail.to, input: bytes)
    }

    private func addresses(
        _ box: Notifier.Mailbox, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> (from: String, to: [String]) {
        var to: [String] = []
        for address in box.to { to.append(try texts.text(address)) }
        let from = try texts.text(box.from)
        guard (to + [from]).allSatisfy(MailAddress.isRight) else { throw .settings("a mail address is none") }
        return (from, to)
    }

    private func mailText(_ message: Message, _ box: (from: String, to: [String])) -> MailText {
        let words = MessageWords(message)
        return MailText(
            from: box.from, to: box.to, title: words.title, text: words.text, time: message.time,
            id: "\(RunID.new())@lockstep.invalid")
    }

    private func command(_ words: [String], _ message: Message) -> Parcel {
        let said = MessageWords(message)
        var parcel = Parcel(
            program: words.first ?? "", arguments: Array(words.dropFirst()), input: Array(said.text.utf8))
        parcel.further = Array(JSON.text(.object(MessageJSON.object(message))).utf8)
        parcel.environment = ["LOCKSTEP_TITLE": said.title, "LOCKSTEP_JSON": "/dev/fd/3"]
        parcel.inheritsAll = true
        return parcel
    }

    private func heartbeat(
        _ url: Template, _ beat: Heartbeat, _ run: String, _ body: String, _ texts: inout FilledTemplates
    ) throws(PostFailure) -> Parcel {
        var config = try http(beat.url(try texts.text(url), run: run), &texts)
        config.set("header", "Content-Type: text/plain; charset=utf-8")
        return config.parcel(body: Array(body.utf8))
    }
}

/// What a check of the healthchecks.io kind hears.
enum Heartbeat: Sendable, Equatable {
    case start
    case success
    case failure(code: Int32)

    /// The address of a ping: `URL/start`, `URL`, `URL/CODE`, with what names the run.
    func url(_ base: String, run: String) -> String {
        let parts = base.split(separator: "?", maxSplits: 1).map(String.init)
        var path = parts.first ?? ""
        while path.hasSuffix("/") { path.removeLast() }
        switch self {
        case .start: path += "/start"
        case .success: break
        case .failure(let code): path += "/\(min(max(code, 1), 255))"
        }
        return path + "?" + (parts.count == 2 ? parts[1] + "&" : "") + "rid=" + run
    }
}
