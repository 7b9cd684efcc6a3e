import Model
import Reconcile
import StateStore
import Values

/// What is known of creates of a run that died. Those that are in neither list took no effect.
struct SettledCreates {
    var effective: [DoubtfulCreate] = []
    /// Those of which it cannot be told, or not without asking for them again.
    var open: [(doubt: DoubtfulCreate, create: OpenCreate)] = []

    /// The links of which a run that died deleted a record.
    var ended: [Int] = []

    /// Those that stay in doubt while some are asked for again: they are held, or their turn is later.
    func left(beside again: [(number: Int, create: DoubtfulCreate)]) -> [DoubtfulCreate] {
        let asked = Set(again.map(\.create.link))
        return open.map(\.doubt).filter { !asked.contains($0.link) }
    }

    /// Those that a plan asks for again, by the numbers of its operations.
    func again(in plan: Plan) -> [(number: Int, create: DoubtfulCreate)] {
        let asked = open.filter { $0.create.again != nil }
        if asked.isEmpty { return [] }
        var numbers = Sides<[RecordID: Int]>(left: [:], right: [:])
        for (number, operation) in plan.operations.enumerated() where operation.target.range.isEmpty {
            numbers[operation.side][plan.id(operation.source)] = number
        }
        return asked.compactMap { doubt, create in
            numbers[create.side][create.ids[create.side.other]].map { ($0, doubt) }
        }.sorted { $0.number < $1.number }
    }
}

extension Run {
    /// Finds out which creates of a run that died took effect: by what stands under their ids, by asking for them again under their keys,
    /// or by looking among the records that have no link.
    func settleCreates(_ store: inout SyncStore) async throws(RunFailure) -> SettledCreates {
        var settled = SettledCreates()
        guard !store.doubtful.isEmpty else { return settled }
        let doubts = store
        let bases = try onState { () throws(StateFailure) in try doubts.bases(of: doubts.doubtful.map(\.link)) }
        for side in Side.allCases {
            let creates = store.doubtful.filter { $0.side == side }
            if creates.isEmpty { continue }
            let snapshot = try await snapshot(side, store.links, trusting: true)
            let look = CreateLook(CreateCheck(sync, endpoints.map(\.capabilities)), snapshot, side)
            look.settle(creates, &store, bases, &settled, asking: endpoints[side].capabilities.remembersKeys)
        }
        return settled
    }
}

extension SyncStore {
    fileprivate func ids(of create: DoubtfulCreate) -> Sides<RecordID> {
        Sides(left: links.id(create.link, .left), right: links.id(create.link, .right))
    }
}

/// A look at the records of a side that have no link, for those that a run that died may have made.
private struct CreateLook {
    private let check: CreateCheck
    private let snapshot: Snapshot
    private let side: Side
    private let ids: IDIndex
    /// The numbers of the records without a link among the kept ones.
    private let numbers: [Int]

    init(_ check: CreateCheck, _ snapshot: Snapshot, _ side: Side) {
        self.check = check
        self.snapshot = snapshot
        self.side = side
        ids = snapshot.unlinkedIDs()
        numbers = snapshot.kept.indices.filter { snapshot.kept[$0].link < 0 }
    }

    /// - Parameter asks: whether those whose ids are not known are asked for again, under their keys. What may be theirs is left alone
    ///   meanwhile.
    func settle(
        _ creates: [DoubtfulCreate], _ store: inout SyncStore, _ bases: BaseTable, _ settled: inout SettledCreates,
        asking asks: Bool
    ) {
        for create in creates where store.links.id(create.link, side).isAssigned {
            settle(create, &store, try? bases.base(of: create.link), &settled)
        }
        let unnamed = creates.filter { !store.links.id($0.link, side).isAssigned }
        if unnamed.isEmpty { return }
        let records = numbers.map { try? snapshot.decode($0) }
        let found = unnamed.map { check.find(among: records, on: side, intended: try? bases.base(of: $0.link)) }
        // A record that two creates may have made tells of neither.
        var claims: [Int: Int] = [:]
        for case .one(let at) in found { claims[at, default: 0] += 1 }
        for (create, found) in zip(unnamed, found) {
            switch found {
            case .none where asks: askAgain(create, [], store, bases, &settled)
            case .none: break
            case .one(let at) where asks: askAgain(create, [at], store, bases, &settled)
            case .unclear(let candidates) where asks: askAgain(create, candidates, store, bases, &settled)
            case .one(let at) where claims[at] == 1:
                settled.effective.append(store.adopt(create, as: snapshot.id(numbers[at])))
            case .one(let at): hold(create, [at], store, &settled)
            case .unclear(let candidates): hold(create, candidates, store, &settled)
            }
        }
    }

    /// A create whose id was known before.
    private func settle(
        _ create: DoubtfulCreate, _ store: inout SyncStore, _ base: Base?, _ settled: inout SettledCreates
    ) {
        guard let found = ids.find(store.links.id(create.link, side)) else { return }
        switch check.verdict(of: try? snapshot.decode(numbers[found]), on: side, intended: base) {
        case .ours:
            store.revive([create])
            settled.effective.append(create)
        case .another: break
        case .unclear(let fields):
            settled.open.append((create, OpenCreate(ids: store.ids(of: create), side: side, fields: fields)))
        }
    }

    private func askAgain(
        _ create: DoubtfulCreate, _ candidates: [Int], _ store: SyncStore, _ bases: BaseTable,
        _ settled: inout SettledCreates
    ) {
        guard let base = try? bases.base(of: create.link), let key = create.key else {
            return hold(create, candidates, store, &settled)
        }
        var create = create
        create.mayBeThere = !candidates.isEmpty
        hold(create, candidates, store, &settled)
        settled.open[settled.open.count - 1].create.again = CreateAgain(
            base: base, fields: store.fields(of: create), key: key, record: create.record, isLone: create.isLone)
    }

    private func hold(
        _ create: DoubtfulCreate, _ candidates: [Int], _ store: SyncStore, _ settled: inout SettledCreates
    ) {
        var open = OpenCreate(ids: store.ids(of: create), side: side)
        open.candidates = candidates.map { snapshot.id(numbers[$0]) }
        settled.open.append((create, open))
    }
}
