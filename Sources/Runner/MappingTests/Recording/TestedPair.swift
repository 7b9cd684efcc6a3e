import CEL
import Connectors
import Diagnostics
import Model
import Reconcile
import StateStore
import Values

/// A record with its partner, or with those that it may be paired with, as both sides hold them now.
struct TestedPair {
    let sync: Sync
    let capabilities: Sides<Capabilities>
    /// Of the record that was asked for, as its side spells it.
    let side: Side
    let id: RecordID
    /// What is there, with nothing that is expected yet.
    let test: MappingTest
    /// What a run would do with these records now, in short.
    let steps: [String]

    /// Finds the record that a name means.
    init(_ name: RecordName, _ open: OpenSync, _ inputs: Inputs) throws(SettleFailure) {
        let finding = PairFinding(open, inputs)
        (side, id) = try finding.find(name)
        sync = open.sync
        capabilities = inputs.capabilities
        let ids: Sides<[RecordID]>
        var base: Base?
        let link = open.store.links.find(id, on: side)
        if let link {
            ids = Sides(left: [open.store.links.id(link, .left)], right: [open.store.links.id(link, .right)])
            let bases = try open.onState { () throws(StateFailure) in try open.store.bases(of: [link]) }
            base = (try? bases.base(of: link)) ?? Base(fieldCount: sync.fields.count)
        } else {
            ids = finding.candidates(id, on: side)
        }
        let found = Sides(left: try finding.records(ids.left, .left), right: try finding.records(ids.right, .right))
        if found.left.isEmpty, found.right.isEmpty { throw .noRecord(side, id.key, sync.name) }
        let used = Sides(
            left: UsedFields(of: .left, sync, capabilities.left, isLinked: link != nil),
            right: UsedFields(of: .right, sync, capabilities.right, isLinked: link != nil))
        var test = MappingTest(
            name: "", sync: sync.name,
            records: Sides(left: found.left.map(used.left.part), right: found.right.map(used.right.part)),
            expectation: MappingTest.Expectation(place: sync.place), place: sync.place)
        if let base {
            for side in Side.allCases {
                let telling = BaseTelling(sync, side, form: capabilities[side].values)
                test.base[side] = [
                    telling.object(base, ids[side][0], capabilities[side].idFields, now: test.records[side].first)
                ]
            }
        }
        test.links = finding.links(of: test)
        self.test = test
        steps = finding.steps(ids)
    }
}

/// Looks up what belongs to a record.
private struct PairFinding {
    let open: OpenSync
    let inputs: Inputs
    let kept: KeptRecords

    /// So many records of a side share a key at most, as far as a test tells.
    private static let mostCandidates = 3
    /// Among so many ids the nearest is looked for.
    private static let mostNames = 20_000

    init(_ open: OpenSync, _ inputs: Inputs) {
        self.open = open
        self.inputs = inputs
        kept = KeptRecords(inputs)
    }

    private var sync: Sync { open.sync }
    private var links: LinkTable { open.store.links }

    func find(_ name: RecordName) throws(SettleFailure) -> (Side, RecordID) {
        var found: [(Side, RecordID)] = []
        for side in Side.allCases {
            guard let id = name.id(on: side) else { continue }
            if let link = links.find(id, on: side) {
                // Both records of a pair may have one id.
                if found.contains(where: { links.find($0.1, on: $0.0) == link }) { continue }
                found.append((side, links.id(link, side)))
            } else if let record = kept.record(id, on: side) {
                found.append((side, record.id))
            } else if let row = inputs.snapshots[side].unreadable.first(where: { $0.id == id }) {
                throw .unreadable(side, id.key, row.message)
            }
        }
        if found.count > 1 { throw .severalRecords(name.key, sync.name) }
        guard let first = found.first else { throw .unknownRecord(name.text, sync.name, nearest: nearest(name)) }
        return first
    }

    private func nearest(_ name: RecordName) -> String? {
        var names: [String] = []
        for side in Side.allCases where name.id(on: side) != nil {
            names += links.numbers.lazy.filter { !links.isRemoved($0) }.prefix(Self.mostNames)
                .map { links.id($0, side).key }
            let snapshot = inputs.snapshots[side]
            names += snapshot.kept.indices.prefix(Self.mostNames).map { snapshot.id($0).key }
        }
        let side = name.side.map { "\($0):" } ?? ""
        return nearestName(to: name.key, in: names).map { side + $0 }
    }

    /// The records that are there.
    func records(_ ids: [RecordID], _ side: Side) throws(SettleFailure) -> [Object] {
        var objects: [Object] = []
        for id in ids {
            if let row = inputs.snapshots[side].unreadable.first(where: { $0.id == id }) {
                throw .unreadable(side, id.key, row.message)
            }
            guard let record = kept.record(id, on: side) else { continue }
            guard let object = record.object else {
                throw .unreadable(side, id.key, "its bytes spell no record")
            }
            objects.append(object)
        }
        return objects
    }

    /// The record, and those without a link that share the first match key by which it meets any on the other side.
    func candidates(_ id: RecordID, on side: Side) -> Sides<[RecordID]> {
        var ids = Sides<[RecordID]>(left: [], right: [])
        ids[side] = [id]
        guard let object = kept.record(id, on: side)?.object else { return ids }
        for rule in sync.match {
            guard let key = Planner.matchKey(rule, of: object, on: side) else { continue }
            let others = holders(of: key, rule, side.other)
            if others.isEmpty { continue }
            ids[side.other] = others
            ids[side] += holders(of: key, rule, side).filter { $0 != id }
            return ids.map { Array($0.prefix(Self.mostCandidates)) }
        }
        return ids
    }

    private func holders(of key: String, _ rule: MatchRule, _ side: Side) -> [RecordID] {
        let snapshot = inputs.snapshots[side]
        var found: [RecordID] = []
        for number in snapshot.kept.indices where snapshot.kept[number].link < 0 {
            guard let object = try? snapshot.decode(number),
                let own = Planner.matchKey(rule, of: object, on: side), own.hasSameBytes(as: key),
                kept.record(snapshot.id(number), on: side)?.isInScope == true
            else { continue }
            found.append(snapshot.id(number))
        }
        return found
    }

    /// The links by which the ids are translated that the records of a test name.
    func links(of test: MappingTest) -> [SyncName: [Sides<Value>]] {
        var found: [SyncName: [Sides<Value>]] = [:]
        var seen: [SyncName: Set<Int>] = [:]
        for field in sync.fields {
            guard let parent = field.link?.sync,
                let table = parent == sync.name ? links : inputs.parents[parent]
            else { continue }
            for side in Side.allCases {
                for object in test.records[side] + test.base[side] {
                    guard let id = field.ends[side].value(of: object).flatMap({ RecordID($0) }),
                        let link = table.find(id, on: side)
                    else { continue }
                    let ids = Sides(left: table.id(link, .left), right: table.id(link, .right))
                    // A record of the test is no mere link.
                    if parent == sync.name, isTold(ids, test) { continue }
                    guard seen[parent, default: []].insert(link).inserted else { continue }
                    found[parent, default: []].append(ids.map(\.value))
                }
            }
        }
        return found
    }

    private func isTold(_ ids: Sides<RecordID>, _ test: MappingTest) -> Bool {
        Side.allCases.contains { side in
            (test.records[side] + test.base[side]).contains { $0.id(inputs.capabilities[side].idFields) == ids[side] }
        }
    }

    /// What a run would do with some records.
    func steps(_ ids: Sides<[RecordID]>) -> [String] {
        let known = ids.map(Set.init)
        return Planner.plan(inputs).inShort(of: sync) { side, id in known[side].contains(id) }
    }
}

extension Plan {
    /// What is written where, by arrows, and what is held why, by causes; without ids, and sorted.
    func inShort(of sync: Sync, where isMeant: (Side, RecordID) -> Bool) -> [String] {
        let operations = self.operations.filter { operation in
            isMeant(operation.side, id(operation.target)) || isMeant(operation.side.other, id(operation.source))
        }
        let holds = self.holds.filter { hold in
            Side.allCases.contains { side in hold.ids[side].map { isMeant(side, $0) } ?? false }
        }
        let written = operations.map { operation in
            let fields =
                operation.archives || operation.verb == .delete || fieldSets.isEmpty
                ? [] : fieldSets[Int(operation.fieldSet)]
            let arrows = fields.map { sync.fields[$0].text }.joined(separator: "', '")
            return "\(operation.verb) \(operation.side)" + (arrows.isEmpty ? "" : " by '\(arrows)'")
        }
        return (written + holds.map { "hold (\(HoldWords(sync).cause(of: $0.reason).name))" }).sorted()
    }
}

extension FieldMapping.End {
    func value(of record: Object) -> Value? {
        switch self {
        case .field(let path): record.value(at: path)
        case .expression(let program): try? program.evaluate(Scope(record: record))
        }
    }
}
