import Diagnostics
import Model

extension Advice {
    /// Records that syncs hand on from collection to collection come back to where they began, and are made there anew,
    /// where none of the syncs pairs or filters.
    static let loops = Advice { meant, findings in
        var reported: Set<Set<SyncName>> = []
        for circle in CircleSearch(edges(of: meant)).circles() {
            let names = Set(circle.map(\.from.sync.name))
            guard names.count == circle.count, !circle.contains(where: \.from.isGuarded),
                reported.insert(names).inserted, let first = circle.min(by: { $0.from.order < $1.from.order })
            else { continue }
            findings.add(
                .loop, "records go round, and are made anew on each turn: \(around(circle))",
                at: first.from.sync.place, hint: "give one of them 'match', or a filter on what it reads",
                notes: circle.filter { $0.from != first.from }.map {
                    .init("\($0.from.sync.name) hands on to \($0.to.sync.name)", at: $0.from.sync.place)
                })
        }
    }

    /// Of so many syncs of a collection each is looked at with each.
    private static let most = 50

    private static func edges(of meant: MeantJobs) -> [CircleStep<Passage>] {
        var all: [Passage] = []
        var byStart: [CollectionKey: [Passage]] = [:]
        for (job, sync) in meant.syncs {
            for side in Side.allCases where sync.creates.contains(side) {
                let passage = Passage(
                    sync, to: side, from: meant.collection(side.other, of: sync, job),
                    into: meant.collection(side, of: sync, job), order: all.count)
                all.append(passage)
                byStart[passage.start, default: []].append(passage)
            }
        }
        return all.flatMap { passage in
            (byStart[passage.end] ?? []).prefix(most).filter { $0.sync.name != passage.sync.name }.map {
                CircleStep(from: passage, to: $0, place: passage.sync.place)
            }
        }
    }

    private static func around(_ circle: [CircleStep<Passage>]) -> String {
        (circle + circle.prefix(1)).map { "\($0.from.sync.name)" }.joined(separator: " -> ")
    }
}

/// A sync that makes records in one collection out of those of another.
private struct Passage: Hashable {
    let sync: Sync
    let side: Side
    let start: CollectionKey
    let end: CollectionKey
    let order: Int

    init(_ sync: Sync, to side: Side, from start: CollectionKey, into end: CollectionKey, order: Int) {
        self.sync = sync
        self.side = side
        self.start = start
        self.end = end
        self.order = order
    }

    /// Whether what was made before may be met again, or not be read at all.
    var isGuarded: Bool { !sync.match.isEmpty || sync.collections[side.other].filter != nil }

    static func == (a: Passage, b: Passage) -> Bool { a.order == b.order }

    func hash(into hasher: inout Hasher) { hasher.combine(order) }
}
