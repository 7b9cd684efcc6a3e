/// The instants at which clocks show a certain reading.
package enum LocalInstants: Sendable, Hashable {
    /// The clocks are put forward over it, at this instant.
    case gap(Timestamp)
    case one(Timestamp)
    /// The clocks are put back over it and show it again.
    case overlap(earlier: Timestamp, later: Timestamp)
}

extension TimeZoneRules {
    /// No zone is further from UTC, which the reader of the file makes sure of.
    static let widestOffset: Int64 = 26 * 3600

    /// When the clocks show the reading; nil where that lies outside of what a timestamp can hold.
    package func instants(of reading: CivilTime) -> LocalInstants? {
        let wanted = reading.secondsSinceEpoch
        var found: [Int64] = []
        var skipped: Int64?
        for period in periods(from: wanted - Self.widestOffset - 1, through: wanted + Self.widestOffset + 1) {
            let instant = wanted - Int64(period.kind.offset)
            if instant >= period.start, instant < period.end { found.append(instant) }
            if instant < period.start, found.isEmpty, skipped == nil { skipped = period.start }
        }
        if let first = found.first, let last = found.last {
            guard let earlier = Timestamp(seconds: first), let later = Timestamp(seconds: last) else { return nil }
            return first == last ? .one(earlier) : .overlap(earlier: earlier, later: later)
        }
        return skipped.flatMap { Timestamp(seconds: $0) }.map { .gap($0) }
    }

    /// The first instant at which clocks show the reading or a later one: for a reading that they skip the moment after
    /// the gap, for one that they show twice the first. Later readings never come earlier. nil outside a timestamp's
    /// range.
    package func firstInstant(showing reading: CivilTime) -> Timestamp? {
        let wanted = reading.secondsSinceEpoch
        for period in periods(from: wanted - Self.widestOffset - 1, through: wanted + Self.widestOffset + 1) {
            let instant = max(wanted - Int64(period.kind.offset), period.start)
            if instant < period.end { return Timestamp(seconds: instant) }
        }
        return nil
    }

    /// The latest reading that clocks have shown up to the instant, in seconds since 1970-01-01T00:00:00 on those
    /// clocks. It is what they show now, but for the hours after they were put back.
    package func latestReading(upTo instant: Timestamp) -> Int64 {
        var latest = Int64.min
        for period in periods(from: instant.seconds - 2 * Self.widestOffset, through: instant.seconds) {
            latest = max(latest, min(period.end - 1, instant.seconds) + Int64(period.kind.offset))
        }
        return latest
    }

    /// The periods that hold any of these seconds, in order.
    private func periods(from first: Int64, through last: Int64) -> some Sequence<Period> {
        sequence(first: period(at: first)) { before in
            before.end > last ? nil : self.period(at: before.end)
        }
    }
}
