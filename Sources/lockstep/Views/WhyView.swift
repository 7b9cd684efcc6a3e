import Diagnostics
import Model
import Runner
import Values

/// The conditions of a sync or a record, a line each, with what belongs to those that fail.
struct WhyView {
    let screen: Screen
    let now: Timestamp

    private var style: Style { screen.style }

    /// Lines with their line feeds.
    func text(_ reports: [WhyReport]) -> String {
        reports.map(text).joined(separator: "\n")
    }

    private func text(_ report: WhyReport) -> String {
        var text = style.paint(subject(report), .bold) + " \(verdict(report))\n"
        for condition in report.conditions { text += lines(condition, report.times) }
        return text
    }

    /// `helpdesk/tickets: left 4711 "VPN down"`.
    private func subject(_ report: WhyReport) -> String {
        let name = report.sync.sync.isEmpty ? report.sync.job : "\(report.sync)"
        guard report.ids.left != nil || report.ids.right != nil else { return name }
        let title = report.title.map { " " + Value.text($0).shown } ?? ""
        return "\(name): \(ItemsView.record(report.ids))\(title)"
    }

    private func verdict(_ report: WhyReport) -> String {
        let isRecord = report.ids.left != nil || report.ids.right != nil
        guard let decisive = report.decisive else { return "is in step" }
        switch decisive.standing {
        case .ok: return "is in step"
        case .wait: return isRecord ? "is not synced yet" : "has work that waits"
        case .stop, .hold:
            return isRecord ? "is not synced" : decisive.standing == .hold ? "needs someone" : "does not sync"
        }
    }

    private func lines(_ condition: Condition, _ times: TimeWords) -> String {
        let place = condition.place.map { "   " + style.paint($0.escapedForDisplay, .dim) } ?? ""
        var text = "  \(mark(condition.standing))  \(condition.text.escapedForDisplay)\(place)\n"
        guard condition.standing != .ok else { return text }
        if let since = condition.since {
            let first = condition.isSinceItself ? "since" : "first found"
            text += "        \(first) \(times.words(since)), \(AgeWords(now: now).words(since))\n"
        }
        for line in condition.evidence { text += "        \(line.escapedForDisplay)\n" }
        for (number, remedy) in condition.remedies.enumerated() {
            text += "        \(number == 0 ? "do:" : "or:")  \(steps(remedy))\n"
        }
        return text
    }

    /// On one line, or where that is too wide each step on its own, so that commands can be copied.
    private func steps(_ remedy: Remedy) -> String {
        let steps = remedy.sentences.map(\.escapedForDisplay)
        let line = steps.joined(separator: " ")
        let room = screen.columns.map { $0 - Self.stepIndent.utf8.count } ?? .max
        return line.displayColumns <= room ? line : steps.joined(separator: "\n" + Self.stepIndent)
    }

    private static let stepIndent = "             "

    private func mark(_ standing: Condition.Standing) -> String {
        switch standing {
        case .ok: style.paint("ok  ", .green)
        case .stop: style.paint("STOP", .red)
        case .hold: style.paint("HOLD", .yellow)
        case .wait: style.paint("WAIT", .dim)
        }
    }
}
