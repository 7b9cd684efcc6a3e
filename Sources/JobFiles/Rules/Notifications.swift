import Diagnostics
import Model
import YAML

extension Rule {
    /// Each entry of `notify` tells by one way, of something, and goes by a name of its own.
    static let notifications = Rule { subject, findings in
        var names: [String: Place] = [:]
        for draft in subject.drafts.connections?.notifications ?? [] {
            target(draft, &findings)
            events(draft, &findings)
            name(draft, &names, &findings)
            jobs(draft, subject, &findings)
        }
    }

    private static func target(_ draft: NotificationDraft, _ findings: inout Findings) {
        let kinds = KeyTable.notified.keys.map(\.name)
        guard let first = draft.ways.first else {
            if draft.isWayMissing {
                findings.add(
                    .missingKey, "'to' says nothing of where to", at: draft.place, hint: "it takes \(listed(kinds))")
            }
            return
        }
        if let second = draft.ways.dropFirst().first {
            findings.add(
                .optionClash, "'to' takes one of '\(first.kind.content)' and '\(second.kind.content)', not both",
                at: second.kind.place, hint: "write an entry for each")
        }
        if first.kind.content == "command", first.node.items?.isEmpty == true {
            findings.add(.wrongType, "'command' names no program", at: first.kind.place)
        }
        if let key = draft.certificates?.key, ["command", "sendmail"].contains(first.kind.content) {
            findings.add(
                .optionWithoutEffect, "'ca_file' has nothing to act on beside '\(first.kind.content)'", at: key.place)
        }
    }

    private static func events(_ draft: NotificationDraft, _ findings: inout Findings) {
        let events = draft.events.map(\.content)
        if draft.ways.first?.kind.content == "heartbeat" {
            for place in [draft.on, draft.staleAfterKey].compactMap({ $0 }) {
                findings.add(.optionWithoutEffect, "a heartbeat hears of every run, and of no event", at: place)
            }
            return
        }
        guard let on = draft.on else {
            findings.add(
                .missingKey, "a notification needs the key 'on'", at: draft.place, hint: "the events that are told")
            return
        }
        if events == [.recovered] {
            findings.add(
                .optionWithoutEffect, "'recovered' is told of what was told before, and nothing else is told here",
                at: on)
        }
        if let stale = draft.events.first(where: { $0.content == .stale }), draft.staleAfterKey == nil {
            findings.add(
                .missingOption, "'stale' needs 'stale_after' beside 'on'", at: stale.place,
                hint: "such as 'stale_after: 2h'")
        }
        if let key = draft.staleAfterKey, !events.contains(.stale) {
            findings.add(.optionWithoutEffect, "'stale_after' needs 'stale' among the events of 'on'", at: key)
        }
    }

    private static func name(
        _ draft: NotificationDraft, _ names: inout [String: Place], _ findings: inout Findings
    ) {
        guard let name = draft.effectiveName else { return }
        if let other = names[name.content] {
            findings.add(
                .duplicateName, "two notifications go by the name '\(name.content)'", at: name.place,
                hint: draft.name == nil ? "give it a 'name'" : nil,
                notes: [.init("the first is here", at: other)])
        } else {
            names[name.content] = name.place
        }
    }

    private static func jobs(_ draft: NotificationDraft, _ subject: Subject, _ findings: inout Findings) {
        let known = subject.drafts.jobs.map(\.fileName)
        for job in draft.jobs where Naming.isName(job.content) && subject.job(job.content) == nil {
            findings.add(
                .unknownJob, "no job is named '\(job.content)'", at: job.place,
                hint: didYouMean(job.content, among: known))
        }
    }
}
