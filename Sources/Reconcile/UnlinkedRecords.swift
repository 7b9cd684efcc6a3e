import Model
import Values

// What is planned for records that have no link yet: they are paired, made on the other side, or passed over.
extension Planner {
    mutating func planUnlinked(_ found: Changes) {
        var changes = found
        for side in Side.allCases where !inputs.passed[side].isEmpty {
            changes.unlinked[side].removeAll { standing(of: $0, side) == .apart }
        }
        let widowed = self.widowed(changes)
        let hasPassive = !widowed.isEmpty || !setAside.left.isEmpty || !setAside.right.isEmpty
        guard !inputs.sync.match.isEmpty, hasPassive || Pairing.isNeeded(changes.unlinked.map(\.count), inputs) else {
            for side in Side.allCases { makeAll(changes.unlinked[side], from: side) }
            return
        }
        let result = pairing(changes.unlinked, widowed).result()
        plan.holds.append(contentsOf: result.holds)
        if inputs.only == nil { plan.skips.outOfScope += result.left }
        settledLinks = result.heldLinks.union(result.anew.map(\.link))
        for link in result.heldLinks.sorted() { markOpen(link) }
        // All links that this plan makes are known before any field is worked out: fields may name them.
        var met: [(numbers: Sides<Int>, former: Int?)] = result.pairs.map { ($0, nil) }
        met += result.anew.map { ($0.numbers, $0.link) }
        met.removeAll { !isWanted($0.numbers, former: $0.former) }
        let ids = met.map {
            Sides(left: readers.left.snapshot.id($0.numbers.left), right: readers.right.snapshot.id($0.numbers.right))
        }
        for pair in ids { links.add(pair) }
        for side in Side.allCases { makeAll(result.alone[side], from: side) }
        for (pair, ids) in zip(met, ids) { self.pair(pair.numbers, ids, former: pair.former) }
    }

    private mutating func pairing(
        _ unlinked: Sides<[Int]>, _ widowed: [(side: Side, number: Int, link: Int)]
    ) -> Pairing {
        var pairing = Pairing(inputs.sync.match)
        for side in Side.allCases {
            for number in unlinked[side] {
                let (record, standing) = readers[side].meet(number)
                switch standing {
                case .inScope(let record): pairing.add(record, .new)
                case .outOfScope: plan.skips.outOfScope += isWanted(number, side) ? 1 : 0
                case .held(let hold): plan.holds.append(hold)
                }
                if case .inScope = standing {} else if let record { pairing.add(record, .outOfScope) }
            }
        }
        for side in Side.allCases {
            for number in setAside[side] {
                if let record = readers[side].meet(number).record { pairing.add(record, .outOfScope) }
            }
        }
        for (side, number, link) in widowed {
            let (record, standing) = readers[side].meet(number)
            guard let record else { continue }
            if case .inScope = standing {
                pairing.add(record, .widowed(link: link))
            } else {
                pairing.add(record, .outOfScope)
            }
        }
        return pairing
    }

    /// The records of which the partner is gone, from a side on which there are new ones: each may have one of those as its partner.
    private func widowed(_ changes: Changes) -> [(side: Side, number: Int, link: Int)] {
        (changes.touched + changes.resting).compactMap { touched in
            guard touched.gone.left != touched.gone.right else { return nil }
            let standing: Side = touched.gone.left ? .right : .left
            guard !changes.unlinked[standing.other].isEmpty, let number = touched.kept[standing] else { return nil }
            return (standing, number, touched.link)
        }
    }

    /// Two records that the match rules found to be one.
    ///
    /// - Parameter former: the link that one of them had with a record that is gone.
    private mutating func pair(_ numbers: Sides<Int>, _ ids: Sides<RecordID>, former: Int?) {
        guard case .inScope(let left) = readers.left.read(numbers.left),
            case .inScope(let right) = readers.right.read(numbers.right)
        else { return }
        let link = inputs.links.numbers.count + newPairs
        newPairs += 1
        let records = Sides<SideRecord?>(left: left, right: right)
        let pair = Pair(
            link: link, isNew: true, ids: ids, records: records,
            fingerprints: Sides(left: left.fingerprint, right: right.fingerprint))
        if let former {
            // The link goes on with its base, as if its record had had this id all the time.
            forget(former)
            plan.linkedAnew[Int32(link)] = Int32(former)
            let base = (try? inputs.bases.base(of: former)) ?? Base(fieldCount: rules.count)
            emit(merge(pair, base, settled: settled(base, of: former, records)))
            return
        }
        var merged = merge(pair, Base(fieldCount: rules.count))
        if inputs.sync.firstRun == .link, inputs.isFirstRun { merged = asFound(merged) }
        emit(merged)
    }

    /// The base of a link, with what a run that died is known to have written.
    private func settled(_ base: Base, of link: Int, _ records: Sides<SideRecord?>) -> Base {
        var base = base
        for side in Side.allCases {
            guard let record = records[side], let intended = try? inputs.intended[side].base(of: link) else { continue }
            base = settled(base, by: intended, record, side)
        }
        return base
    }

    /// The base is what both sides hold, whether they agree or not: only future changes are carried over.
    private func asFound(_ merged: MergedPair) -> MergedPair {
        var found = merged
        found.writes = Sides(left: [], right: [])
        found.holds = []
        for rule in rules {
            guard let left = merged.pair.records.left, let right = merged.pair.records.right,
                let leftValue = try? rule.read(left.object, on: .left),
                let rightValue = try? rule.read(right.object, on: .right)
            else { continue }
            found.agreed.entries[rule.number] = Base.Entry(Sides(left: leftValue, right: rightValue))
        }
        return found
    }

    /// Makes records on the other side, those first to which others refer.
    private mutating func makeAll(_ numbers: [Int], from side: Side) {
        var waiting = WaitingRecords()
        for number in numbers where isWanted(number, side) {
            make(number, from: side, &waiting)
        }
        let snapshot = readers[side].snapshot
        for record in waiting.left(id: { snapshot.id($0) }) {
            plan.holds.append(hold(ids(snapshot.id(record.number), side), record.reason, rules[record.rule]))
        }
    }

    private mutating func make(_ number: Int, from side: Side, _ waiting: inout WaitingRecords) {
        var next = [number]
        while let number = next.popLast() {
            guard let drafting = drafts.take(number, of: side, &plan.arena) ?? draft(number, side) else { continue }
            switch create(drafting, from: side) {
            case .made: next.append(contentsOf: waiting.release { readers[side].snapshot.id(number) })
            case .waits(let parent, let reason, let rule): waiting.add(number, for: parent, reason, rule)
            case .passed: break
            }
        }
    }

    /// Drafts a record, unless it is not to be made at all; what stands in the way is noted.
    private mutating func draft(_ number: Int, _ side: Side) -> Drafting? {
        let target = side.other
        let reader = readers[side]
        if let standing = standing(of: number, side) {
            // Brought back by a run that died before it saw what was stored.
            if standing == .awaited { pass(reader.snapshot.id(number), reader.snapshot.kept[number].fingerprint, side) }
            return nil
        }
        switch reader.read(number) {
        case .held(let hold): return .held(hold)
        case .outOfScope: return .outOfScope
        case .inScope(let record):
            if inputs.sync.firstRun == .link, inputs.isFirstRun {
                pass(record.id, record.fingerprint, side)
                return nil
            }
            guard inputs.sync.creates.contains(target) else {
                plan.skips.createsNotAllowed += 1
                return nil
            }
            guard inputs.capabilities[target].canCreate else {
                plan.holds.append(hold(ids(record.id, side), .cannot(side: target, verb: .create)))
                return nil
            }
            return drafter.draft(record, links, into: &plan.arena)
        }
    }

    /// How a new record is passed over; nil where it is not.
    private func standing(of number: Int, _ side: Side) -> PassedRecords.Standing? {
        let passed = inputs.passed[side]
        if passed.isEmpty { return nil }
        let snapshot = readers[side].snapshot
        return passed.standing(of: snapshot.id(number), snapshot.kept[number].fingerprint)
    }

    mutating func pass(_ id: RecordID, _ fingerprint: Fingerprint, _ side: Side) {
        let empty = IDRange(range: .empty, kind: .text)
        var ids = Sides(left: empty, right: empty)
        ids[side] = plan.intern(id)
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[side] = fingerprint
        plan.settlements.append(Settlement(kind: .pass, link: -1, ids: ids, fingerprints: fingerprints))
    }

    func ids(_ id: RecordID, _ side: Side) -> Sides<RecordID?> {
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[side] = id
        return ids
    }
}

/// New records that wait for another one of their own collection to be made first.
struct WaitingRecords {
    struct Record {
        var number: Int
        var parent: RecordID
        var reason: Hold.Reason
        /// The number of the field that names the parent.
        var rule: Int
    }

    private var byParent: [RecordID: [Int]] = [:]
    private var records: [Int: Record] = [:]
    private var order: [Int] = []

    mutating func add(_ number: Int, for parent: RecordID, _ reason: Hold.Reason, _ rule: Int) {
        byParent[parent, default: []].append(number)
        order.append(number)
        records[number] = Record(number: number, parent: parent, reason: reason, rule: rule)
    }

    /// Those that waited for a record, which is made now.
    mutating func release(_ parent: () -> RecordID) -> [Int] {
        guard !byParent.isEmpty, let numbers = byParent.removeValue(forKey: parent()) else { return [] }
        for number in numbers { records[number] = nil }
        return numbers.reversed()
    }

    /// Those whose turn never came, each with its reason: that its parent is not there, or that it is its own ancestor.
    func left(id: (Int) -> RecordID) -> [Record] {
        let inCycles = cycles(id)
        var seen: Set<Int> = []
        return order.compactMap { number in
            guard var record = records[number], seen.insert(number).inserted else { return nil }
            if inCycles.contains(number), case .parentNotLinked(let field, _, _) = record.reason {
                record.reason = .parentCycle(field: field, id: id(number))
            }
            return record
        }
    }

    /// The records from which the way over their parents leads back to them. Each is walked over once.
    private func cycles(_ id: (Int) -> RecordID) -> Set<Int> {
        let numbers = Dictionary(records.keys.map { (id($0), $0) }, uniquingKeysWith: { first, _ in first })
        var walks: [Int: Int] = [:]
        var inCycles: Set<Int> = []
        for (walk, start) in order.enumerated() {
            var next = records[start]
            while let record = next, walks[record.number] == nil {
                walks[record.number] = walk
                next = numbers[record.parent].flatMap { records[$0] }
            }
            // The walk came back to where it had been itself: from there on it is a cycle.
            while let record = next, walks[record.number] == walk, inCycles.insert(record.number).inserted {
                next = numbers[record.parent].flatMap { records[$0] }
            }
        }
        return inCycles
    }
}
