import Model
import Reconcile
import StateStore
import Values

/// What is known of creates of a run that died. Those that are in neither list took no effect.
struct SettledCreates {
    var effective: [DoubtfulCreate] = []
    /// Those of which it cannot be told.
    var open: [(doubt: DoubtfulCreate, create: OpenCreate)] = []
}

extension Run {
    /// Finds out which creates of a run that died took effect: by what stands under their ids.
    func settleCreates(_ store: inout SyncStore) async throws(RunFailure) -> SettledCreates {
        var settled = SettledCreates()
        guard !store.doubtful.isEmpty else { return settled }
        let links = store.doubtful.map(\.link)
        let bases: BaseTable
        do throws(StateFailure) {
            bases = try store.bases(of: links)
        } catch {
            throw .state(error)
        }
        let check = CreateCheck(sync, endpoints.map(\.capabilities))
        for side in Side.allCases {
            let creates = store.doubtful.filter { $0.side == side }
            guard !creates.isEmpty else { continue }
            let snapshot = try await snapshot(side, store.links, trusting: true)
            let ids = snapshot.unlinkedIDs()
            let numbers = snapshot.kept.indices.filter { snapshot.kept[$0].link < 0 }
            for create in creates {
                guard let found = ids.find(store.links.id(create.link, side)) else { continue }
                let base = try? bases.base(of: create.link)
                switch check.verdict(of: try? snapshot.decode(numbers[found]), on: side, intended: base) {
                case .ours: settled.effective.append(create)
                case .another: break
                case .unclear(let fields):
                    let ids = Sides(
                        left: store.links.id(create.link, .left), right: store.links.id(create.link, .right))
                    settled.open.append((create, OpenCreate(ids: ids, side: side, fields: fields)))
                }
            }
        }
        store.revive(settled.effective)
        return settled
    }
}
