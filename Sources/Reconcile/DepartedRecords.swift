import Model
import Values

// Linked records that left the scope.
extension Planner {
    /// Ends a link of which a record left the scope. While both records stay as they are, nothing is made of either.
    mutating func unlink(_ found: FoundLink) {
        let fingerprints = Sides(left: fingerprint(found, .left), right: fingerprint(found, .right))
        guard fingerprints.left.isOfContent, fingerprints.right.isOfContent else { return leave(found, .frozen) }
        plan.settlements.append(
            Settlement(
                kind: .unlink, link: Int32(found.link), ids: ids(of: found.link).map { plan.intern($0) },
                fingerprints: fingerprints))
    }

    private func fingerprint(_ found: FoundLink, _ side: Side) -> Fingerprint {
        found.sides[side].record?.fingerprint ?? inputs.links.fingerprint(found.link, side)
    }

    /// Counts records that were in scope when they were last seen. One that stands as it did then left because the job file changed.
    mutating func noteDepartures(_ found: FoundLink) {
        guard inputs.links.archivedSide(found.link) == nil else { return }
        for side in Side.allCases where found.isOutside(side) {
            let known = inputs.links.fingerprint(found.link, side)
            if known == .frozen { continue }
            let isSame = !known.isOfContent || found.sides[side].record?.fingerprint == known
            if inputs.isJobFileChanged && isSame {
                plan.departures.byJobFile[side] += 1
            } else {
                plan.departures.ofChanged[side] += 1
            }
        }
    }
}
