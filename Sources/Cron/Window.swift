package import Values

/// The times of a week within which a sync may start, on the clock of its zone: `Mon-Fri 08:00-18:00, Sat 10:00-12:00`.
///
/// Days left out mean every day; times left out mean the whole day. A window that ends before it starts crosses
/// midnight and belongs to the day on which it opens. Its end is not part of it.
package struct Window: Sendable, Hashable {
    /// As it was written.
    package let text: String
    /// Minutes since the start of Sunday, ascending, apart from each other.
    let spans: [Range<Int>]

    static let week = 7 * 1440

    init(text: String, spans: [Range<Int>]) {
        self.text = text
        var merged: [Range<Int>] = []
        for span in Self.withinTheWeek(spans).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, span.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<max(last.upperBound, span.upperBound)
            } else {
                merged.append(span)
            }
        }
        self.spans = merged
    }

    /// What runs over the end of Saturday goes on at the start of Sunday.
    private static func withinTheWeek(_ spans: [Range<Int>]) -> [Range<Int>] {
        spans.flatMap { span in
            span.upperBound <= week
                ? [span] : [span.lowerBound..<week, 0..<span.upperBound - week]
        }
    }

    /// Whether the window is open. Of an hour that comes twice, both are inside; one that is skipped opens nothing.
    package func contains(_ instant: Timestamp, in zone: TimeZoneRules) -> Bool {
        contains(Self.secondOfWeek(instant.seconds + Int64(zone.offset(at: instant))))
    }

    /// The first instant, this one included, at which the window is open; nil past the end of the calendar.
    package func opening(atOrAfter instant: Timestamp, in zone: TimeZoneRules) -> Timestamp? {
        if contains(instant, in: zone) { return instant }
        // Windows open on whole seconds, and at this one it is shut.
        var seconds = instant.seconds + 1
        while seconds <= Timestamp.latest.seconds {
            let period = zone.period(at: seconds)
            let opening = seconds + Int64(wait(from: Self.secondOfWeek(seconds + Int64(period.kind.offset))))
            if opening < period.end { return Timestamp(seconds: opening) }
            seconds = period.end
        }
        return nil
    }

    private static func secondOfWeek(_ local: Int64) -> Int {
        let length = Int64(week * 60)
        // 1970-01-01 was a Thursday.
        let second = (local % length + 4 * 86_400) % length
        return Int(second < 0 ? second + length : second)
    }

    private func contains(_ second: Int) -> Bool { wait(from: second) == 0 }

    /// Seconds until the window is open, if the clock runs steadily.
    private func wait(from second: Int) -> Int {
        let minute = second / 60
        // Few enough to look at one by one: parsing leaves at most one for each two minutes of a week.
        if let span = spans.first(where: { minute < $0.upperBound }) { return max(0, span.lowerBound * 60 - second) }
        return (Self.week + (spans.first?.lowerBound ?? 0)) * 60 - second
    }
}
