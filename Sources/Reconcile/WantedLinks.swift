import CEL
package import Model
import Values

extension Planner {
    /// The links of which a side's record must be read though it stands as it is remembered: the other side changed, and fields that
    /// follow from what is written here must be worked out; the other record is gone, and one that is new there may be the same
    /// under a new id, or this one is to go too, and all that it holds is kept; or the record is to be archived, or was, and its
    /// partner is back.
    package static func wantedLinks(
        of side: Side, _ sync: Sync, _ snapshots: Sides<Snapshot>, _ links: LinkTable
    ) -> Set<Int> {
        let mayGo = sync.deletes == .propagate && sync.direction.writes(to: side)
        let mayBeAnew = !sync.match.isEmpty && snapshots[side.other].hasUnlinked
        var wanted = mayGo || mayBeAnew ? widowedLinks(on: side, snapshots, links) : []
        let forms = Sides(left: ValueForm.any, right: ValueForm.any)
        let rules = sync.fields.enumerated().map { FieldRule($1, number: $0, direction: sync.direction, forms: forms) }
        if Dependencies(rules).sources.contains(side) {
            wanted.formUnion(snapshots[side.other].keptLinks)
        }
        if !snapshots[side].isOfAll { wanted.formUnion(undecidedLinks(on: side, snapshots, links)) }
        if sync.deletes == .archive { wanted.formUnion(linksToArchive(on: side, snapshots, links)) }
        if !sync.archive[side].isEmpty || sync.outOfScope == .delete {
            wanted.formUnion(linksOfScope(on: side, sync, snapshots, links))
        }
        if wanted.isEmpty { return [] }
        return wanted.subtracting(snapshots[side].keptLinks).filter { link in
            snapshots[side].saw(link: link) && !Side.allCases.contains { snapshots[$0].isUnknown(link: link) }
        }
    }

    /// Links of which the other side shows something, and whose record on this side stands in no fingerprint: a part of a collection
    /// that does not have it says nothing of it.
    private static func undecidedLinks(on side: Side, _ snapshots: Sides<Snapshot>, _ links: LinkTable) -> Set<Int> {
        let other = snapshots[side.other]
        let gone = other.isOfAll ? Set(links.numbers.filter { !other.saw(link: $0) }) : other.absentLinks
        return other.keptLinks.union(gone).filter { link in
            !links.isRemoved(link) && !links.fingerprint(link, side).isOfContent
        }
    }

    private static func widowedLinks(on side: Side, _ snapshots: Sides<Snapshot>, _ links: LinkTable) -> Set<Int> {
        let other = snapshots[side.other]
        guard !other.isUntouched else { return [] }
        return Set(
            links.numbers.lazy.filter { link in
                !links.isRemoved(link) && !other.saw(link: link) && snapshots[side].saw(link: link)
                    && !other.isUnknown(link: link)
            })
    }

    /// The other record is gone, and nothing was done about it yet.
    private static func linksToArchive(on side: Side, _ snapshots: Sides<Snapshot>, _ links: LinkTable) -> Set<Int> {
        let other = snapshots[side.other]
        if other.isUntouched { return [] }
        return Set(
            links.numbers.lazy.filter { link in
                !links.isRemoved(link) && !other.saw(link: link) && snapshots[side].saw(link: link)
                    && !other.isUnknown(link: link) && links.archivedSide(link) == nil
                    && links.fingerprint(link, side.other) != .frozen
            })
    }

    /// The other record changed, and either left the scope, so that this one may be archived or deleted, or this one is
    /// archived, so that the other may be back.
    private static func linksOfScope(
        on side: Side, _ sync: Sync, _ snapshots: Sides<Snapshot>, _ links: LinkTable
    ) -> Set<Int> {
        let other = snapshots[side.other]
        let mayGo = sync.outOfScope == .archive || sync.outOfScope == .delete
        let filter = mayGo ? sync.collections[side.other].filter : nil
        return Set(
            other.kept.indices.lazy.filter { number in
                let link = Int(other.kept[number].link)
                if link < 0 { return false }
                if links.archivedSide(link) == side { return true }
                guard let filter, let object = try? other.decode(number) else { return false }
                return (try? filter.evaluate(Scope(record: object))) == .bool(false)
            }.map { Int(other.kept[$0].link) })
    }
}
