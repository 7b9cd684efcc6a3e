import Model
import Reconcile
import StateStore
import Values

/// How far each side has been read once a run has gone to its end.
///
/// A cursor moves only past what is settled. What is not is found again without it: a link that is not decided has no fingerprint, and
/// its records are asked for by their ids; so are records without a link that are held, failed or waiting.
struct ReadingEnd {
    private let inputs: Inputs
    private let links: LinkTable
    private let held: Sides<Set<RecordID>>
    /// Records that lost their links in this run and may stand.
    private let orphans: Sides<Int>
    private let started: Timestamp

    /// - Parameters:
    ///   - holds: those of the plan, and those of writes that were not made.
    ///   - links: as the run left them.
    init(_ inputs: Inputs, _ plan: Plan, _ holds: [Hold], _ links: LinkTable, _ started: Timestamp) {
        self.inputs = inputs
        self.links = links
        self.started = started
        var held = Sides<Set<RecordID>>(left: [], right: [])
        for hold in holds {
            for side in Side.allCases {
                guard let id = hold.ids[side], links.find(id, on: side) == nil else { continue }
                held[side].insert(id)
            }
        }
        self.held = held
        orphans = Self.orphans(inputs, plan, links)
    }

    private static func orphans(_ inputs: Inputs, _ plan: Plan, _ links: LinkTable) -> Sides<Int> {
        var ended: [(side: Side, id: RecordID)] = []
        for settlement in plan.settlements where settlement.kind == .forget {
            for side in Side.allCases { ended.append((side, plan.id(settlement.ids[side]))) }
        }
        for operation in plan.operations where operation.verb == .delete {
            ended.append((operation.side.other, plan.id(operation.source)))
        }
        var orphans = Sides(left: 0, right: 0)
        for (side, id) in ended where links.find(id, on: side) == nil {
            guard let link = inputs.links.find(id, on: side), inputs.snapshots[side].saw(link: link) else { continue }
            orphans[side] += 1
        }
        return orphans
    }

    func progress(of side: Side, after before: SideProgress) -> SideProgress {
        let snapshot = inputs.snapshots[side]
        var after = before
        if snapshot.isOfAll, snapshot.cursor == nil || !snapshot.unreadable.isEmpty {
            // It is read whole the next time: nothing else need be known of it.
            after = SideProgress()
            after.readWhole = started
            return after
        }
        after.awaited = awaited(side, before)
        if snapshot.isOfAll {
            after.cursor = snapshot.cursor
            after.readWhole = started
            after.unseen = unseen(snapshot, side)
        } else {
            after.cursor = snapshot.cursor ?? before.cursor
            let fresh = unseen(snapshot, side)
            after.unseen = before.unseen.map { $0 + fresh }
        }
        if after.awaited.count > SideProgress.greatestAwaited {
            (after.cursor, after.awaited) = (nil, [])
        }
        return after
    }

    /// The held records of this run, and those of before of which this reading told nothing.
    private func awaited(_ side: Side, _ before: SideProgress) -> [RecordID] {
        let snapshot = inputs.snapshots[side]
        var awaited = held[side]
        if !snapshot.isOfAll {
            let met = snapshot.unlinkedIDs()
            for id in before.awaited where met.find(id) == nil && !snapshot.isAbsent(id) {
                if links.find(id, on: side) == nil { awaited.insert(id) }
            }
        }
        return awaited.sorted { $0.key.precedesByBytes($1.key) }
    }

    /// How many records are known that have no link and are not looked at again unless they change. A part may show one that it showed
    /// before: the count is never too small.
    private func unseen(_ snapshot: Snapshot, _ side: Side) -> Int {
        orphans[side]
            + snapshot.kept.indices.count { number in
                guard snapshot.kept[number].link < 0 else { return false }
                let id = snapshot.id(number)
                return links.find(id, on: side) == nil && !held[side].contains(id)
            }
    }
}
