package import Model

/// The brakes: questions asked of a whole plan, each of which may refuse it.
package enum Brakes {
    /// All that stand against a plan.
    ///
    /// - Parameter lastCounts: how many records each side held when it was last read whole; nil where it never was.
    package static func refusals(_ plan: Plan, _ limits: Limits, lastCounts: Sides<Int?>) -> [Refusal] {
        writeRefusals(plan, limits) + readDrops(plan, limits, lastCounts)
    }

    private static func writeRefusals(_ plan: Plan, _ limits: Limits) -> [Refusal] {
        let counts = plan.counts
        return Side.allCases.flatMap { side in
            [(WriteRequest.Verb.create, limits.creates), (.update, limits.updates), (.delete, limits.deletes)]
                .compactMap { verb, limit in
                    guard let limit else { return nil }
                    let allowed = limit.allowed(of: plan.linkCount)
                    let planned = counts[side][verb]
                    guard planned > allowed else { return nil }
                    return Refusal(
                        brake: .writes(verb, side), limit: limit, allowed: allowed, planned: planned,
                        total: plan.linkCount)
                }
        }
    }

    /// A collection that shrank by much is more likely read wrongly, or emptied by accident, than cleaned up.
    private static func readDrops(_ plan: Plan, _ limits: Limits, _ lastCounts: Sides<Int?>) -> [Refusal] {
        Side.allCases.compactMap { side in
            // Before a run has gone to its end, the links tell how many records there were.
            let last = lastCounts[side] ?? plan.linkCount
            guard let now = plan.recordCounts[side], now < last, limits.readDrop.isBelowAll else { return nil }
            let allowed = limits.readDrop.allowed(of: last)
            // An empty collection is never a small drop, however few records there were.
            guard last - now > allowed || (now == 0 && allowed < last + Limit.smallCount) else { return nil }
            return Refusal(
                brake: .readDrop(side), limit: limits.readDrop, allowed: allowed, planned: last - now, total: last)
        }
    }
}
