import Diagnostics
import JobFiles
import Model
import Runner
import Values

/// What a run says: a line for a sync that wrote or needs someone, and nothing for one that had nothing to do.
struct RunView {
    let session: Session
    let workspace: Workspace

    /// The jobs and syncs that were asked for by name.
    let names: [String]

    /// Whether it is all the same that another run is at work on a sync.
    var isQuietWhenLocked = false

    /// Whether somebody asked for this sync, or its job, by name, and should hear of it whatever came of it.
    private func isNamed(_ sync: SyncName) -> Bool { names.contains(sync.job) || names.contains("\(sync)") }

    private var style: Style { session.style(.output) }

    /// The text for a sync as it ends; empty where there is nothing to say.
    func text(_ report: SyncReport, isPlan: Bool = false) -> String {
        report.inboxProblems.map { "\(style.paint("\(report.sync)", .bold)): inbox: \($0.escapedForDisplay)\n" }
            .joined()
            + outcome(report, isPlan: isPlan)
    }

    private func outcome(_ report: SyncReport, isPlan: Bool) -> String {
        let name = style.paint("\(report.sync)", .bold)
        switch report.outcome {
        case .notDue: return session.options.verbose ? "\(name): not due\n" : ""
        case .tooSoon(let until):
            let wait = max(1, Int(clamping: until.since(report.started).components.seconds))
            return "\(name): not run: it was asked for and in step a moment ago; wait \(wait) s, or add '--force'\n"
        case .disabled: return session.options.verbose || isNamed(report.sync) ? "\(name): not enabled\n" : ""
        case .paused(let pause):
            guard session.options.verbose || isNamed(report.sync) else { return "" }
            return "\(name): \(pause.words.escapedForDisplay). 'lockstep resume \(report.sync)' ends that\n"
        case .untouched:
            return session.options.verbose ? "\(name): in step, nothing changed\n" + gone(report) : ""
        case .waits(let parent):
            return "\(name): waits for \(parent), which has not succeeded\n"
        case .locked where isQuietWhenLocked && !session.options.verbose: return ""
        case .locked(let holder):
            return
                "\(name): not \(isPlan ? "planned" : "run"): another run holds the lock: \(holder.escapedForDisplay)\n"
        case .disconnected(let trouble):
            guard tells(trouble, report.sync, isPlan) else { return "" }
            let others = trouble.isFirst ? waiting(for: trouble.connection) : ""
            return "\(name): \(style.paint("stopped", .red)): \(trouble.sentence.escapedForDisplay)\(others)\n"
        case .planned: return planned(report, name)
        case .stopped(let stop, let left): return stopped(report, name, stop, left)
        case .refused(let refusals):
            return BrakeView(style: style, place: place(of: report.sync)).text(report, refusals, isPlan: isPlan)
        case .failed(let failure): return failed(name, failure)
        }
    }

    private func planned(_ report: SyncReport, _ name: String) -> String {
        let items = ItemsView.summary(report.heldRecords)
        let anew = report.plan?.linkedAnew.count ?? 0
        let linked = anew == 0 ? "" : "\(CountWords.grouped(anew)) linked anew"
        let parts = [CountWords.written(report.written), linked, items].filter { !$0.isEmpty }
        if parts.isEmpty {
            let changes = changes(report)
            if !changes.isEmpty, !session.options.quiet { return "\(name): in step, nothing to write\n" + changes }
            return session.options.verbose ? "\(name): in step, nothing to write\n" + gone(report) : ""
        }
        if items.isEmpty && session.options.quiet { return "" }
        return "\(name): \(parts.joined(separator: "; "))\n" + changes(report)
            + (session.options.verbose ? gone(report) : "")
    }

    private func changes(_ report: SyncReport) -> String {
        (report.plan.map(ChangeWords.sentences) ?? []).map { "  \($0)\n" }.joined()
    }

    /// What was written, and that there is more to write.
    private func stopped(_ report: SyncReport, _ name: String, _ stop: Stop, _ left: Int?) -> String {
        guard let left else { return "\(name): not run: \(stop.words)\n" }
        let rest = "\(CountWords.count(left, "write")) left to the next run"
        let parts = [CountWords.written(report.written), ItemsView.summary(report.heldRecords), rest]
        return "\(name): \(stop.words): \(parts.filter { !$0.isEmpty }.joined(separator: "; "))\n"
    }

    private func gone(_ report: SyncReport) -> String {
        (report.gone?.sentences ?? []).map { "  \($0)\n" }.joined()
    }

    private func failed(_ name: String, _ failure: RunFailure) -> String {
        let failed = style.paint("failed", .red)
        if !failure.mistakes.isEmpty {
            return "\(name): \(failed)\n" + session.renderer(.output, workspace).render(failure.mistakes)
        }
        return "\(name): \(failed): \(FailureWords(failure).sentence.escapedForDisplay)\n"
    }

    private func place(of name: SyncName) -> String? {
        let sync = workspace.checked.jobs.flatMap(\.syncs).first { $0.name == name }
        return sync?.place.fileAndLine
    }

    /// What failed and is held, once more, so that it never scrolls away; then, to a person at a terminal, that all is
    /// well.
    func ending(_ reports: [SyncReport]) -> String {
        var text = ""
        for report in reports {
            let items = report.heldRecords
            if items.isEmpty { continue }
            text += "\n" + style.paint("\(report.sync)", .bold) + ": not in step:\n"
            text += ItemsView(style: style, limit: session.options.verbose ? nil : 20).text(items)
        }
        return text.isEmpty && session.isChatty ? quietEnding(reports) : text
    }

    /// Whether to tell that a connection stops a sync: once for all syncs of it, and away from a terminal once for all runs that meet the
    /// same, since cron sends a mail for each that says something.
    private func tells(_ trouble: ConnectionTrouble, _ sync: SyncName, _ isPlan: Bool) -> Bool {
        if session.options.verbose { return true }
        return trouble.isFirst && (trouble.isNews || isPlan || isNamed(sync) || session.console.isTerminal.output)
    }

    /// How many syncs wait for a connection beside the one that tells of it.
    private func waiting(for connection: String) -> String {
        let others = workspace.useCount(of: connection) - 1
        return others > 0 ? "; \(CountWords.count(others, "more sync")) \(others == 1 ? "needs" : "need") it" : ""
    }

    private func quietEnding(_ reports: [SyncReport]) -> String {
        if reports.contains(where: { !text($0).isEmpty }) { return "" }
        let done = reports.count {
            switch $0.outcome {
            case .untouched, .planned: true
            default: false
            }
        }
        if reports.isEmpty { return "there is no sync to run in \(session.options.jobs.escapedForDisplay)\n" }
        return done == 0 ? "nothing is due\n" : "nothing to write: \(CountWords.count(done, "sync")) in step\n"
    }
}
