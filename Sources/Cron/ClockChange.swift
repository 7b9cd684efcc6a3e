package import Values

/// A change of the clocks that moves slots of an expression.
package struct ClockChange: Sendable, Hashable {
    /// When the clocks change.
    package var at: Timestamp
    /// The reading that the clocks would have come to, and the one that they show instead.
    package var from: CivilTime
    package var to: CivilTime
    /// The first slot that is skipped, or that comes twice.
    package var slot: CivilTime

    /// Whether the clocks are put forward, so that the slot does not exist; else it comes twice.
    package var isSkip: Bool { from.secondsSinceEpoch < to.secondsSinceEpoch }
}

extension CronExpression {
    /// The first change of the clocks, in a stretch of time, that matters to an expression.
    ///
    /// - Parameter isSkip: true for those that skip slots, which run at another time than on all other days; false for those
    ///   that make slots come twice, of an expression whose slots are less than the change apart: they pause the second time.
    package func clockChange(
        after start: Timestamp, through end: Timestamp, in zone: TimeZoneRules, isSkip: Bool
    ) -> ClockChange? {
        let leastGap = leastGap?.seconds ?? Int64.max
        var before = zone.period(at: start.seconds)
        while before.end <= end.seconds {
            let after = zone.period(at: before.end)
            if let change = change(before, after), change.isSkip == isSkip,
                isSkip ? moves(change) : leastGap < length(of: change)
            {
                return change
            }
            before = after
        }
        return nil
    }

    private func length(of change: ClockChange) -> Int64 {
        abs(change.to.secondsSinceEpoch - change.from.secondsSinceEpoch)
    }

    /// The change between two periods, if there is a slot among the readings that are skipped or shown twice.
    private func change(_ before: TimeZoneRules.Period, _ after: TimeZoneRules.Period) -> ClockChange? {
        guard let at = Timestamp(seconds: before.end) else { return nil }
        let (from, to) = (CivilTime(at, offset: before.kind.offset), CivilTime(at, offset: after.kind.offset))
        let (first, last) = (from.secondsSinceEpoch, to.secondsSinceEpoch)
        guard first != last, let slot = firstSlot(from: Int((min(first, last) + 59) / 60)),
            slot.secondsSinceEpoch < max(first, last)
        else { return nil }
        return ClockChange(at: at, from: from, to: to, slot: slot)
    }

    /// Whether the reading after the gap is none of the slots, or one of few: who names the hours means each of them.
    private func moves(_ change: ClockChange) -> Bool {
        hours.count < 24
            || firstSlot(from: Int(change.to.secondsSinceEpoch / 60))?.secondsSinceEpoch
                != change.to.secondsSinceEpoch
    }
}
