import Model
import StateStore

extension Run {
    /// Finds out which deletes of a run that died took effect, by whether their records are there: then the link is over, and a record
    /// that stands in for the partner by now, put back under its old id, is a new one.
    ///
    /// - Returns: the links that are over.
    func settleDeletes(_ store: inout SyncStore) async throws(RunFailure) -> [Int] {
        var ended: [Int] = []
        for side in Side.allCases {
            let links = store.deletions.filter { $0.value == side }.keys.sorted()
            if links.isEmpty { continue }
            var extent = ReadExtent.whole
            if endpoints[side].capabilities.readsByID { extent = .only(links.map { store.links.id($0, side) }) }
            let snapshot = try await snapshot(side, store.links, trusting: true, [], extent)
            ended += links.filter { !snapshot.saw(link: $0) && !snapshot.isUnknown(link: $0) }
        }
        for link in ended { store.end(link) }
        return ended
    }
}
