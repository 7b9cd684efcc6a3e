import Diagnostics
import Model
import Runner

/// Records that are held, failed or waiting, a line each: what, where in the job file, why.
struct ItemsView {
    let style: Style
    /// How many are shown of a sync; the others are counted. nil for all.
    let limit: Int?
    /// How times are told.
    var times = TimeWords.utc

    /// Lines with their line feeds.
    func text(_ items: [HeldRecord], indent: String = "  ") -> String {
        let shown = items.prefix(limit ?? items.count)
        var text = ""
        for item in shown { text += indent + line(item) + "\n" }
        let rest = items.count - shown.count
        if rest > 0 { text += indent + "and \(CountWords.grouped(rest)) more\n" }
        return text
    }

    private func line(_ item: HeldRecord) -> String {
        let place = item.place.map { "   \($0.escapedForDisplay):" } ?? "  "
        let reason = item.reason.escapedForDisplay + tries(item)
        return "\(mark(item.state))  \(Self.record(item.ids))\(place) \(reason)"
    }

    /// How often a write that failed was tried, and when it is tried again.
    private func tries(_ item: HeldRecord) -> String {
        guard item.attempts > 0 else { return "" }
        let tries = item.attempts == 1 ? ". Tried once" : ". Tried \(CountWords.grouped(item.attempts)) times"
        if item.state == .parked { return tries + ", and parked" }
        return tries
            + (item.nextTry.map { ", again from \(times.words($0))" } ?? ", again by the next run")
    }

    private func mark(_ state: HeldRecord.State) -> String {
        switch state {
        case .held, .conflict: style.paint("HOLD", .yellow)
        case .failed, .parked: style.paint("FAIL", .red)
        case .waiting: style.paint("WAIT", .dim)
        }
    }

    /// `left 4711, right R-9`, or the one that there is.
    static func record(_ ids: Sides<String?>) -> String {
        let parts = Side.allCases.compactMap { side in ids[side].map { "\(side) \(id($0))" } }
        return parts.isEmpty ? "a record" : parts.joined(separator: ", ")
    }

    /// An id, shortened.
    static func id(_ key: String) -> String { key.shortenedForDisplay(columns: 60) }

    /// `2 held, 1 failed, 3 waiting`; empty for none.
    static func summary(_ items: [HeldRecord]) -> String {
        [
            ("held", [HeldRecord.State.held, .conflict]), ("failed", [.failed]), ("parked", [.parked]),
            ("waiting", [.waiting]),
        ].compactMap {
            word, states in
            let count = items.count { states.contains($0.state) }
            return count == 0 ? nil : "\(CountWords.grouped(count)) \(word)"
        }.joined(separator: ", ")
    }
}
