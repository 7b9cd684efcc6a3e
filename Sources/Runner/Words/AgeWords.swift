package import Values

/// Instants as a person says them, from now.
package struct AgeWords {
    private let now: Timestamp

    package init(now: Timestamp) { self.now = now }

    /// `3 min ago`; `just now`; what lies ahead `in 3 min`.
    package func words(_ time: Timestamp) -> String {
        let seconds = Int(clamping: now.since(time).components.seconds)
        if seconds >= 0 { return seconds < 5 ? "just now" : Self.length(seconds) + " ago" }
        return "in " + Self.length(-seconds)
    }

    /// `3 min`; `now`; what lies ahead `in 3 min`: for a column that says that it is past.
    package func briefWords(_ time: Timestamp) -> String {
        let seconds = Int(clamping: now.since(time).components.seconds)
        if seconds >= 0 { return seconds < 5 ? "now" : Self.length(seconds) }
        return "in " + Self.length(-seconds)
    }

    /// When something is due: `now` or `in 3 min`.
    package func due(_ time: Timestamp) -> String {
        time <= now ? "now" : words(time)
    }

    /// A length in its greatest unit, rounded down: `90 s`, `45 min`, `30 h`, `3 days`.
    package static func length(_ seconds: Int) -> String {
        switch seconds {
        case ..<100: "\(seconds) s"
        case ..<(100 * 60): "\(seconds / 60) min"
        case ..<(48 * 3600): "\(seconds / 3600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
