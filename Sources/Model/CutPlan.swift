/// What a plan that was cut leaves to later runs.
package struct PlanRest: Sendable {
    /// How many writes it is.
    package var count: Int
    /// Those among them of links of which another write stays in the plan.
    package var twins: [Operation]
    /// The digest of the whole plan.
    package var digest: String
}

extension Plan {
    /// Leaves all but the first writes to later runs, and with them what is remembered of records that are met for the first time and
    /// are still to be written: they are met anew.
    ///
    /// - Parameter limit: how many writes stay.
    package mutating func cut(to limit: Int) {
        guard operations.count > limit else { return }
        let digest = digest
        let left = operations[limit...]
        let made = Set(operations[..<limit].lazy.map(\.link).filter { $0 >= 0 })
        rest = PlanRest(count: left.count, twins: left.filter { made.contains($0.link) }, digest: digest)
        let unmet = left.lazy.map(\.link).filter { [firstNewLink] in $0 >= firstNewLink && !made.contains($0) }.min()
        operations.removeSubrange(limit...)
        if let unmet { dropLinks(from: unmet) }
    }

    /// Drops the new links from a number on. The writes that stay are of links before it: both come in the order of their records.
    private mutating func dropLinks(from first: Int32) {
        var next = firstNewLink
        var dropped: Set<Int32> = []
        for settlement in settlements where settlement.kind == .link {
            if next >= first { dropped.insert(next) }
            next += 1
        }
        // A link that goes on under another number ends only where that one begins.
        let kept = Set(dropped.compactMap { linkedAnew[$0] })
        for link in dropped { linkedAnew[link] = nil }
        next = firstNewLink
        settlements.removeAll { settlement in
            guard settlement.kind == .link else { return settlement.kind == .forget && kept.contains(settlement.link) }
            next += 1
            return next > first
        }
    }

    /// The plan with those writes at its end that are left out though their links are written: what is written of a link goes by what
    /// is not.
    package var withTwins: Plan {
        guard let rest, !rest.twins.isEmpty else { return self }
        var plan = self
        plan.operations += rest.twins
        return plan
    }
}
