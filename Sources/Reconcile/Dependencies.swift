import CEL
package import Model
import Values

/// Which one-way fields follow from fields that the sync itself writes on their source: they are worked out after those, over the
/// record as it will be, so that one run is enough.
struct Dependencies {
    /// The numbers of these fields.
    private(set) var later: Set<Int> = []
    /// The sides whose whole records they need, when the other side changed.
    private(set) var sources: Set<Side> = []

    init(_ rules: [FieldRule]) {
        for rule in rules where rule.isOneWay {
            let source: Side = rule.flows(to: .right) ? .left : .right
            let written = rules.filter { $0.number != rule.number && $0.flows(to: source) }.compactMap {
                $0.paths[source]
            }
            guard written.contains(where: { rule.mapping.ends[source].reads($0) }) else { continue }
            later.insert(rule.number)
            sources.insert(source)
        }
    }
}

extension FieldMapping.End {
    /// Whether what this end gives may change with a field.
    func reads(_ path: FieldPath) -> Bool {
        switch self {
        case .field(let own): own.overlaps(path)
        case .expression(let program):
            program.uses.readsWholeRecord || program.uses.fields.contains { $0.path.overlaps(path) }
        }
    }
}

extension Planner {
    /// The links of which a side's record must be read though it stands as it is remembered: the other side changed, and fields that
    /// follow from what is written here must be worked out; or the other record is gone, and one that is new there may be the same
    /// under a new id, or this one is to go too, and all that it holds is kept.
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
}
