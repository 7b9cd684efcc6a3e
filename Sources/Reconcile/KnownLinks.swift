import Model
import Values

/// The links through which ids are translated: those remembered, and those that this plan itself makes.
struct KnownLinks: LinkResolver {
    private let own: SyncName
    private let ownTable: LinkTable
    private let parents: [SyncName: LinkTable]
    /// Whether a field of the sync links to the sync itself, so that planned links matter.
    let linksToItself: Bool
    /// The partner on a side of a record of the other side, for links that this plan makes.
    private var planned = Sides<[RecordID: RecordID]>(left: [:], right: [:])
    /// The records of a side for which this plan makes one on the other, with an id that the system gives it.
    private var awaited = Sides<Set<RecordID>>(left: [], right: [])

    init(_ inputs: Inputs) {
        own = inputs.sync.name
        ownTable = inputs.links
        parents = inputs.parents
        linksToItself = inputs.sync.fields.contains { $0.link?.sync == inputs.sync.name }
    }

    func partner(of id: RecordID, in sync: SyncName, on side: Side) -> RecordID? {
        guard sync == own else { return parents[sync]?.partner(of: id, on: side.other) }
        return planned[side][id] ?? ownTable.partner(of: id, on: side.other)
    }

    /// Whether the partner of a record is to be made on a side by this run, with an id that is not known before.
    func isAwaited(_ id: RecordID, in sync: SyncName, on side: Side) -> Bool {
        sync == own ? awaited[side.other].contains(id) : parents[sync]?.awaitingID[side.other].contains(id) ?? false
    }

    /// Those that are remembered, without those that this plan makes: a create may still be refused.
    var remembered: KnownLinks {
        var links = self
        links.planned = Sides(left: [:], right: [:])
        return links
    }

    mutating func add(_ ids: Sides<RecordID>) {
        guard linksToItself else { return }
        for side in Side.allCases where !ids[side].isAssigned {
            awaited[side.other].insert(ids[side.other])
            return
        }
        planned.left[ids.right] = ids.left
        planned.right[ids.left] = ids.right
    }
}
