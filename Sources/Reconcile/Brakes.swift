package import Model

/// The brakes: questions asked of a whole plan, each of which may refuse it.
package enum Brakes {
    /// All that stand against a plan.
    ///
    /// - Parameters:
    ///   - former: the limits before the job file changed; nil where it says what it said. The tighter ones hold.
    ///   - lastCounts: how many records each side held when it was last read whole; nil where it never was.
    package static func refusals(
        _ plan: Plan, _ limits: Limits, former: WriteLimits? = nil, lastCounts: Sides<Int?>
    ) -> [Refusal] {
        writeRefusals(plan, limits, former) + readDrops(plan, limits, lastCounts) + newIDs(plan)
    }

    private static func writeRefusals(_ plan: Plan, _ limits: Limits, _ former: WriteLimits?) -> [Refusal] {
        let counts = plan.counts
        // Pairs that this plan makes are among what there is.
        let total = plan.linkCount + plan.newPairs
        return Side.allCases.flatMap { side in
            WriteRequest.Verb.allCases.compactMap { verb in
                let both = [limits[verb].map { ($0, false) }, former?[verb].map { (Limit($0), true) }]
                let refusals = both.compactMap { $0 }.compactMap { limit, isFormer -> Refusal? in
                    let allowed = limit.allowed(of: total)
                    var planned = counts[side][verb]
                    // What a pair is given at its first meeting was asked for, with 'first_values'.
                    let isDefault = limit.place == nil && (!isFormer || limit.amount == Limits().updates?.amount)
                    if verb == .update, isDefault { planned -= plan.firstUpdates(of: side) }
                    guard planned > allowed else { return nil }
                    return Refusal(
                        brake: .writes(verb, side), limit: limit, allowed: allowed, planned: planned, total: total,
                        isFormer: isFormer)
                }
                // The job file's own limit is told, unless the one before was tighter.
                return refusals.min { $0.allowed < $1.allowed }
            }
        }
    }

    /// Links that lost their record on a side, while about as many records are new there and would be made on the other, are most
    /// likely records whose ids changed, and that no match rule finds again.
    private static func newIDs(_ plan: Plan) -> [Refusal] {
        Side.allCases.compactMap { side in
            let lost = plan.widowed[side]
            let made = plan.counts[side.other].creates
            guard lost >= 3, lost * 5 >= plan.linkCount, made * 2 >= lost, made <= lost * 2 else { return nil }
            return Refusal(brake: .newIDs(side), limit: nil, allowed: 0, planned: made, total: lost)
        }
    }

    /// A collection that shrank by much is more likely read wrongly, or emptied by accident, than cleaned up.
    private static func readDrops(_ plan: Plan, _ limits: Limits, _ lastCounts: Sides<Int?>) -> [Refusal] {
        Side.allCases.compactMap { side in
            // Before a run has gone to its end, the links tell how many records there were.
            let last = lastCounts[side] ?? plan.linkCount
            guard let now = plan.recordCounts[side], isReadDrop(from: last, to: now, limits) else { return nil }
            return Refusal(
                brake: .readDrop(side), limit: limits.readDrop, allowed: limits.readDrop.allowed(of: last),
                planned: last - now, total: last)
        }
    }

    /// Whether a collection shrank by more than it may.
    package static func isReadDrop(from last: Int, to now: Int, _ limits: Limits) -> Bool {
        guard now < last, limits.readDrop.isBelowAll else { return false }
        let allowed = limits.readDrop.allowed(of: last)
        // An empty collection is never a small drop, however few records there were.
        return last - now > allowed || (now == 0 && allowed < last + Limit.smallCount)
    }
}

extension Plan {
    /// How many pairs this plan makes of records that had no link.
    fileprivate var newPairs: Int { settlements.count { $0.kind == .link } - linkedAnew.count }

    /// The updates of such pairs, and of those that a first run made that did not go to its end.
    fileprivate func firstUpdates(of side: Side) -> Int {
        operations.count { operation in
            guard operation.side == side, operation.verb == .update else { return false }
            let isNew = operation.link >= firstNewLink && linkedAnew[operation.link] == nil
            return isNew || metBefore.contains(operation.link)
        }
    }
}
