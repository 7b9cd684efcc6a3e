import Diagnostics
import Model
import YAML

/// Those who are told, as they are meant. What a rule or a shape reports already is passed over.
struct NotifierMaker {
    let subject: Subject

    /// The notifiers that have no error.
    func make(_ findings: inout Findings) -> [Notifier] {
        guard let file = subject.drafts.connections else { return [] }
        let reader = NotifierTexts(lines: file.lines, isVariableSet: subject.surroundings.isVariableSet)
        let made = file.notifications.map { draft in
            (draft, notifier(draft, reader, &findings))
        }
        let mistakes = findings.diagnostics.filter { $0.severity == .error }.compactMap(\.place).filter {
            $0.file == file.lines.source.name
        }
        return made.compactMap { draft, notifier -> Notifier? in
            let isWrong = mistakes.contains { $0.start >= draft.place.start && $0.start < draft.end }
            return isWrong ? nil : notifier
        }
    }

    private func notifier(
        _ draft: NotificationDraft, _ reader: NotifierTexts, _ findings: inout Findings
    ) -> Notifier? {
        guard let way = draft.ways.first, let name = draft.effectiveName,
            let target = target(way, reader, &findings)
        else { return nil }
        return Notifier(
            name: name.content, target: target, events: Set(draft.events.map(\.content)),
            jobs: draft.jobs.isEmpty ? nil : Set(draft.jobs.map(\.content)), staleAfter: draft.staleAfter?.content,
            certificates: reader.text(draft.certificates?.value, &findings), place: draft.place)
    }

    private func target(
        _ way: NotificationDraft.Way, _ reader: NotifierTexts, _ findings: inout Findings
    ) -> Notifier.Target? {
        let node = way.node
        switch way.kind.content {
        case "slack": return reader.text(node, secret: "slack", &findings).map(Notifier.Target.slack)
        case "heartbeat": return reader.text(node, &findings).map(Notifier.Target.heartbeat)
        case "command":
            let words = (node.items ?? []).compactMap { word($0, reader, &findings) }
            return words.isEmpty ? nil : .command(words)
        case "webhook": return webhook(node, reader, &findings).map(Notifier.Target.webhook)
        case "email": return email(node, reader, &findings).map(Notifier.Target.email)
        case "sendmail": return mailbox(node, reader, &findings).map(Notifier.Target.sendmail)
        default: return nil
        }
    }

    /// A word of a command line, which everybody on the host can see.
    private func word(_ node: Node, _ reader: NotifierTexts, _ findings: inout Findings) -> String? {
        guard let template = reader.text(node, &findings) else { return nil }
        if let text = template.literal { return text }
        findings.add(
            .badTemplate, "what a command line holds can be seen by everybody on the host", at: node.firstLine,
            hint:
                "the program has the environment of Lockstep: let it read the variable; or write $${NAME} for its shell"
        )
        return nil
    }

    private func webhook(
        _ node: Node, _ reader: NotifierTexts, _ findings: inout Findings
    ) -> Notifier.Webhook? {
        guard let url = reader.text(node["url"], &findings) else { return nil }
        let template = reader.text(node["template"], &findings)
        if let template, let place = node["template"]?.firstLine, let problem = MessageTemplate.problem(template) {
            findings.add(.badTemplate, problem, at: place, hint: MessageTemplate.hint)
        }
        let headers = (node["headers"]?.entries ?? []).compactMap { entry -> (name: String, content: Template)? in
            guard let name = entry.key.scalar?.text, let content = reader.text(entry.value, &findings) else {
                return nil
            }
            if !isHeaderName(name) {
                findings.add(.badTemplate, "'\(shortened(name))' is no name of a header", at: entry.key.place)
            }
            return (name, content)
        }
        return Notifier.Webhook(
            url: url, secret: reader.text(node["secret"], secret: "secret", &findings), template: template,
            headers: headers)
    }

    private func email(_ node: Node, _ reader: NotifierTexts, _ findings: inout Findings) -> Notifier.Mail? {
        guard let box = mailbox(node, reader, &findings), let server = reader.text(node["server"], &findings) else {
            return nil
        }
        let user = reader.text(node["user"], &findings)
        let password = reader.text(node["password"], secret: "password", &findings)
        if (user == nil) != (password == nil), let entry = node.entry(user == nil ? "password" : "user") {
            findings.add(
                .missingOption, "'user' and 'password' need each other", at: entry.key.place,
                hint: "without both there is no login")
        }
        return Notifier.Mail(
            box: box, server: server, user: user, password: password,
            starttls: Reading(lines: reader.lines).choice(node["starttls"])?.content ?? .required)
    }

    private func mailbox(
        _ node: Node, _ reader: NotifierTexts, _ findings: inout Findings
    ) -> Notifier.Mailbox? {
        let to = (node["to"].map { $0.items ?? [$0] } ?? []).compactMap { reader.address($0, &findings) }
        guard let from = reader.address(node["from"], &findings), !to.isEmpty else { return nil }
        return Notifier.Mailbox(to: to, from: from, program: reader.text(node["program"], &findings))
    }

    /// A token (RFC 9110, section 5.1).
    private func isHeaderName(_ name: String) -> Bool {
        let others = Set("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy {
                (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || others.contains($0)
            }
    }
}

/// Reads texts with `${…}` in them.
struct NotifierTexts {
    let lines: SourceLines
    let isVariableSet: (String) -> Bool

    /// - Parameter secret: the key of what must not stand in the file itself.
    func text(_ node: Node?, secret: String? = nil, _ findings: inout Findings) -> Template? {
        guard let node, let scalar = node.scalar, scalar.resolved != .null,
            let text = TemplateText(PlacedText(scalar, at: node.place, in: lines), &findings)
        else { return nil }
        for variable in text.variables where !isVariableSet(variable.content) {
            findings.add(
                .unsetVariable, "the environment variable '\(variable.content)' is not set", at: variable.place)
        }
        if let secret, text.template.literal != nil {
            findings.add(
                .secretInFile, "the secret '\(secret)' stands in the file itself", at: node.place,
                hint: "take it from a variable or a file: ${NAME}, ${file:PATH}")
        }
        return text.template
    }

    /// A mail address, where it is written out: `name@host`.
    func address(_ node: Node?, _ findings: inout Findings) -> Template? {
        guard let node, let text = text(node, &findings) else { return nil }
        if let literal = text.literal, !MailAddress.isRight(literal) {
            findings.add(
                .wrongType, "'\(shortened(literal))' is no mail address", at: node.place,
                hint: "such as 'ops@example.com'")
        }
        return text
    }
}
