import Diagnostics
import Model
import Runner
import Values

/// How all syncs stand, on one screen: whether anybody is needed, a table, then what needs a person and the command
/// for it.
struct StatusView {
    let screen: Screen
    let now: Timestamp
    /// How many of a kind are told of; nil for all.
    let limit: Int?
    /// For how long a sync may go without a success, where that was asked.
    var maxAge: Duration?
    /// How many job files are wrong.
    var wrongFiles = 0

    static let usualLimit = 10

    private var style: Style { screen.style }

    /// Lines with their line feeds.
    func text(
        _ statuses: [SyncStatus], _ connections: [ConnectionStatus], _ notifiers: [BrokenNotifier] = []
    ) -> String {
        let verdict = Verdict(
            statuses, now: now, maxAge: maxAge, wrongFiles: wrongFiles, brokenNotifiers: notifiers.count)
        if statuses.isEmpty {
            return (verdict.isGood ? "there are no syncs" : verdict.text(style)) + "\n" + told(notifiers)
        }
        return verdict.text(style) + "\n\n" + StatusTable(screen: screen, now: now).text(statuses)
            + told(connections) + told(notifiers) + told(statuses)
    }

    /// The notifiers that cannot be told anything, a line each.
    private func told(_ notifiers: [BrokenNotifier]) -> String {
        let lines = notifiers.map {
            "the notifier '\($0.name)' could not be told since \(TimeWords.utc.words($0.since)): \($0.problem)"
                .escapedForDisplay + "\n"
        }
        return lines.isEmpty ? "" : "\n" + lines.joined()
    }

    private func told(_ connections: [ConnectionStatus]) -> String {
        let view = ConnectionView(style: style, now: now)
        let troubled = connections.filter { $0.trouble != nil }
        let shown = troubled.prefix(limit ?? troubled.count)
        let rest = troubled.count - shown.count
        let others = limit == nil ? connections.filter { $0.trouble == nil }.map(view.text).joined() : ""
        return shown.map { "\n" + view.text($0) }.joined()
            + (rest > 0 ? "\nand \(CountWords.count(rest, "more connection")); -v shows all\n" : "")
            + (others.isEmpty ? "" : "\n" + others)
    }

    /// A paragraph for each sync that there is more to say of. Of each kind of record some are told of, of all syncs
    /// together.
    private func told(_ statuses: [SyncStatus]) -> String {
        var items = BoundedItems(style: style, limit: limit)
        var paragraphs: [String] = []
        var left = 0
        for status in statuses {
            let notes = StatusNotes(status, now: now, maxAge: maxAge).lines
            if notes.isEmpty && status.held.isEmpty { continue }
            if let limit, paragraphs.count >= limit {
                left += 1
                continue
            }
            let lines = notes.map { "  \($0.escapedForDisplay)\n" }.joined() + items.text(status)
            let summary = ItemsView.summary(status.held)
            paragraphs.append(
                style.paint("\(status.sync)", .bold) + (summary.isEmpty ? "" : ": \(summary)") + "\n" + lines)
        }
        return paragraphs.map { "\n" + $0 }.joined()
            + (left > 0 ? "\nand \(CountWords.count(left, "more sync")); -v shows all\n" : "")
    }
}

/// The records that are held, failed or waiting, some of each kind, and the command that tells more.
private struct BoundedItems {
    let style: Style
    let limit: Int?
    private var shown: [HeldRecord.State: Int] = [:]

    init(style: Style, limit: Int?) {
        self.style = style
        self.limit = limit
    }

    mutating func text(_ status: SyncStatus) -> String {
        if status.held.isEmpty { return "" }
        let view = ItemsView(style: style, limit: nil, times: status.times)
        var text = ""
        for state in [HeldRecord.State.held, .conflict, .failed, .parked, .waiting] {
            let items = status.held.filter { $0.state == state }
            let some = items.prefix(limit.map { max(0, $0 - shown[state, default: 0]) } ?? items.count)
            shown[state, default: 0] += some.count
            text += view.text(Array(some))
            let rest = items.count - some.count
            if rest > 0 {
                text +=
                    "  and \(CountWords.grouped(rest)) more: lockstep items \(status.sync) --kind \(state.rawValue)\n"
            }
        }
        return text + "  more of one: lockstep why \(status.sync) \(Self.name(status.held[0]) ?? "ID")\n"
    }

    /// A record as commands name it; nil where its id cannot be shown as it is.
    private static func name(_ item: HeldRecord) -> String? {
        RecordName.text(item.ids).flatMap { $0.utf8.count <= 200 ? ShellWord.quoted($0) : nil }
    }
}
