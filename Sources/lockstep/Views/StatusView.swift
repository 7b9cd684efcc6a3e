import Diagnostics
import Runner
import Values

/// How all syncs stand, on one screen: a table, then what needs a person.
struct StatusView {
    let style: Style
    let now: Timestamp
    /// How many held records are shown.
    let limit: Int?

    static let usualLimit = 10

    /// Lines with their line feeds.
    func text(_ statuses: [SyncStatus]) -> String {
        if statuses.isEmpty { return "there are no syncs\n" }
        let head = ["sync", "state", "last run", "last success", "next due", "links", "to settle"]
        let rows = [head] + statuses.map(cells)
        let widths = head.indices.map { column in rows.map { $0[column].unicodeScalars.count }.max() ?? 0 }
        var text = ""
        for (number, row) in rows.enumerated() {
            text += line(row, widths, number == 0 ? nil : statuses[number - 1].state) + "\n"
        }
        return text + problems(statuses) + items(statuses)
    }

    /// The notifiers that cannot be told anything, a line each.
    static func text(_ notifiers: [BrokenNotifier]) -> String {
        let lines = notifiers.map {
            "the notifier '\($0.name)' could not be told since \($0.since): \($0.problem.escapedForDisplay)\n"
        }
        return lines.isEmpty ? "" : "\n" + lines.joined()
    }

    private func cells(_ status: SyncStatus) -> [String] {
        let words = AgeWords(now: now)
        return [
            "\(status.sync)", status.state.rawValue, status.lastRun.map(words.words) ?? "never",
            status.lastSuccess.map(words.words) ?? "never", due(status.nextDue, words),
            CountWords.grouped(status.links), status.held.isEmpty ? "" : CountWords.grouped(status.held.count),
        ]
    }

    private func due(_ due: SyncStatus.NextDue, _ words: AgeWords) -> String {
        switch due {
        case .eachRun: "each run"
        case .at(let time): words.due(time)
        case .never: "never"
        }
    }

    private func line(_ cells: [String], _ widths: [Int], _ state: SyncStatus.State?) -> String {
        var text = ""
        for (column, cell) in cells.enumerated() {
            let gap = String(repeating: " ", count: widths[column] - cell.unicodeScalars.count)
            switch column {
            case 0: text += style.paint(cell, .bold) + gap
            case 1: text += "  " + (state.flatMap(paint).map { style.paint(cell, $0) } ?? cell) + gap
            case 5, 6: text += "  " + gap + cell
            default: text += "  " + cell + gap
            }
        }
        return String(text.trimmingEnd())
    }

    private func paint(_ state: SyncStatus.State) -> Style.Paint? {
        switch state {
        case .inStep: .green
        case .needsSomeone, .busy, .paused, .stopped: .yellow
        case .connectionBroken, .brake, .failed, .unreadable: .red
        case .running, .neverRun, .disabled: nil
        }
    }

    private func problems(_ statuses: [SyncStatus]) -> String {
        let lines = statuses.flatMap { status in
            let problem = status.state == .inStep || status.problem.isEmpty ? nil : status.problem
            let lines = [status.holder.map { "a run is at work: \($0)" }, status.pause?.words, problem].compactMap {
                $0
            }
            return (lines + (status.gone?.sentences ?? [])).map { "\(status.sync): \($0.escapedForDisplay)\n" }
        }
        return lines.isEmpty ? "" : "\n" + lines.joined()
    }

    private func items(_ statuses: [SyncStatus]) -> String {
        var text = ""
        var left = limit ?? Int.max
        for status in statuses where !status.held.isEmpty {
            text += "\n" + style.paint("\(status.sync)", .bold) + ": \(ItemsView.summary(status.held))\n"
            text += ItemsView(style: style, limit: left).text(status.held)
            left = max(0, left - status.held.count)
        }
        return text
    }
}

extension String {
    fileprivate func trimmingEnd() -> Substring {
        self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)]
    }
}
