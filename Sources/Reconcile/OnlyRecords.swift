package import Model
package import Values

/// The records that a plan is to be about, and no other.
package struct OnlyRecords: Sendable {
    /// The numbers of their links.
    package var links: Set<Int>
    /// The ids of those that have none, on either side; nothing is planned for any other.
    package var unlinked: Sides<Set<RecordID>>

    package init(links: Set<Int>, unlinked: Sides<Set<RecordID>> = Sides(left: [], right: [])) {
        self.links = links
        self.unlinked = unlinked
    }

    /// Whether records without a link matter at all.
    var hasUnlinked: Bool { !unlinked.left.isEmpty || !unlinked.right.isEmpty }

    func holds(_ ids: Sides<RecordID?>) -> Bool {
        Side.allCases.contains { side in ids[side].map(unlinked[side].contains) ?? false }
    }
}

extension Changes {
    /// Drops all that is of other links. Records without one stay, since they may be each other's partners, unless none of them matters.
    mutating func keep(_ only: OnlyRecords) {
        touched.removeAll { !only.links.contains($0.link) }
        unknown.removeAll { !only.links.contains($0) }
        if !only.hasUnlinked { unlinked = Sides(left: [], right: []) }
    }
}

extension Planner {
    /// Whether something is to be planned for a record without a link.
    func isWanted(_ number: Int, _ side: Side) -> Bool {
        inputs.only?.unlinked[side].contains(readers[side].snapshot.id(number)) ?? true
    }

    /// Whether something is to be planned for two records that turned out to be one.
    func isWanted(_ numbers: Sides<Int>, former: Int?) -> Bool {
        guard let only = inputs.only else { return true }
        if let former, only.links.contains(former) { return true }
        return Side.allCases.contains { isWanted(numbers[$0], $0) }
    }
}

extension Plan {
    /// Drops what is said of other records: those that share a key are told together, for one.
    mutating func keep(_ only: OnlyRecords, _ links: LinkTable) {
        let isLinked = { (ids: Sides<RecordID?>) in
            Side.allCases.contains { side in
                ids[side].flatMap { links.find($0, on: side) }.map(only.links.contains) ?? false
            }
        }
        holds.removeAll { !only.holds($0.ids) && !isLinked($0.ids) }
        let plan = self
        settlements.removeAll { settlement in
            if settlement.link >= 0 { return !only.links.contains(Int(settlement.link)) }
            let ids = settlement.ids.map { $0.range.isEmpty ? nil : plan.id($0) }
            return !only.holds(ids) && !isLinked(ids)
        }
    }
}
