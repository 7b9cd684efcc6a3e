import Model
import Runner
import Values

/// What there is to say of one sync, beside its records: lines with what a person can do, each with its command.
struct StatusNotes {
    private let status: SyncStatus
    private let now: Timestamp
    private let maxAge: Duration?

    init(_ status: SyncStatus, now: Timestamp, maxAge: Duration?) {
        self.status = status
        self.now = now
        self.maxAge = maxAge
    }

    private var name: String { "\(status.sync)" }

    var lines: [String] {
        var lines: [String] = []
        if let holder = status.holder { lines.append("a run is at work: \(holder)") }
        if let pause = status.pausing { lines += paused(pause) }
        let hasRun = status.state != .neverRun && status.state != .inPart
        if let maxAge, hasRun, status.isOlder(than: maxAge, now: now) { lines.append(old(maxAge)) }
        if status.trouble == nil { lines += problem }
        if let parent = status.waitsFor {
            lines.append("waits for \(parent.sync), which has not succeeded")
            if !parent.isTold { lines.append("do:  lockstep why \(parent.sync)") }
        }
        if let events = status.events {
            let records = CountWords.count(events.count, "record")
            lines.append("events of \(records) wait; the first came \(AgeWords(now: now).words(events.since))")
            lines.append("do:  nothing: the next run reads them; or now: lockstep run \(name) --events")
        }
        if let missed = status.missed {
            lines.append("it was due \(AgeWords(now: now).words(missed)), and nothing has started it since")
            lines.append("do:  see to it that cron starts 'lockstep run'; or now: lockstep run \(name)")
        }
        return lines + (status.gone?.sentences ?? [])
    }

    private func paused(_ pause: (by: String, since: Timestamp, reason: String)) -> [String] {
        [
            "paused by \(pause.by) since \(status.times.words(pause.since)), \(AgeWords(now: now).words(pause.since))"
                + (pause.reason.isEmpty ? "" : ": \(pause.reason)"), "do:  lockstep resume \(name)",
        ]
    }

    private var firstRun: String { "do:  lockstep run \(name)" + (status.nextDue == .eachRun ? "" : " --now") }

    private func old(_ maxAge: Duration) -> String {
        let length = AgeWords.length(Int(clamping: maxAge.components.seconds))
        return status.lastSuccess == nil ? "it has never succeeded" : "it has not succeeded for \(length)"
    }

    private var problem: [String] {
        let said = status.problem.isEmpty ? [] : [status.problem]
        return switch status.state {
        case .brake: said + ["do:  lockstep plan \(name), which says how to accept it once"]
        case .failed, .unreadable: said + ["do:  lockstep why \(name)"]
        case .stopped: said + ["do:  nothing: the next run goes on; or now: lockstep run \(name) --now"]
        case .neverRun where status.isManual, .inPart where status.isManual: []
        case .neverRun: ["it has never run", firstRun]
        case .inPart:
            ["no run has looked at all its records yet", firstRun]
        case .needsSomeone where status.held.isEmpty: said
        case .running, .inStep, .needsSomeone, .connectionBroken, .busy, .disabled, .paused, .waits: []
        }
    }
}
