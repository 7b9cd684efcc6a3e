package import Model
import Values

/// What a run would write and hold now, as something to be remembered instead: that both sides stand as they do.
package struct PassingOver: Sendable {
    /// What a run would do.
    package let plan: Plan
    /// What is remembered so that it does none of that; it writes to neither side.
    package private(set) var settling: Plan

    private let inputs: Inputs
    private let records: Sides<RecordsByID>
    private let readers: Sides<SideReader>
    private let rules: [FieldRule]
    private var done: Set<Int> = []

    /// - Parameter inputs: over readings that kept every record.
    package init(_ inputs: Inputs) {
        self.inputs = inputs
        plan = Planner.plan(inputs)
        settling = Plan(sync: inputs.sync.name)
        records = inputs.snapshots.map(RecordsByID.init)
        readers = Sides(left: SideReader(.left, inputs), right: SideReader(.right, inputs))
        rules = Drafter(inputs).rules
        for operation in plan.operations { pass(operation) }
        for hold in plan.holds { pass(hold) }
    }

    private mutating func pass(_ operation: Operation) {
        let source = plan.id(operation.source)
        let link = Int(operation.link)
        switch operation.verb {
        case .update where link >= 0 && records[operation.side.other].number(of: link) != nil: agree(link)
        case .update, .delete: if link >= 0 { end(link, leaving: operation.side) }
        case .create where link >= 0: end(link, leaving: operation.side.other)
        case .create: passRecord(source, on: operation.side.other)
        }
    }

    /// A conflict is over: what both sides hold is what they agreed to differ in. What cannot be read stays held.
    private mutating func pass(_ hold: Hold) {
        guard let left = hold.ids.left, hold.ids.right != nil, let link = inputs.links.find(left, on: .left) else {
            return
        }
        switch hold.reason {
        case .conflict, .firstValues, .noNewest, .oscillation, .refused, .putOff, .unmapped: agree(link)
        default: break
        }
    }

    /// The base becomes what both records hold.
    private mutating func agree(_ link: Int) {
        guard done.insert(link).inserted else { return }
        var base = (try? inputs.bases.base(of: link)) ?? Base(fieldCount: rules.count)
        var values: [Sides<Value?>] = Array(repeating: Sides(left: nil, right: nil), count: rules.count)
        for side in Side.allCases {
            guard let number = records[side].number(of: link), case .record(let record) = readers[side].parse(number)
            else { return }
            for rule in rules { values[rule.number][side] = try? rule.read(record.object, on: side) }
        }
        for rule in rules {
            guard let left = values[rule.number].left, let right = values[rule.number].right else { continue }
            base.entries[rule.number] = Base.Entry(Sides(left: left, right: right))
        }
        settle(link, .agree, base)
    }

    /// One record is gone, and the other stays without it.
    private mutating func end(_ link: Int, leaving side: Side) {
        guard done.insert(link).inserted else { return }
        settle(link, .forget, nil)
        guard let number = records[side].number(of: link) else { return }
        let snapshot = inputs.snapshots[side]
        pass(snapshot.id(number), snapshot.kept[number].fingerprint, on: side)
    }

    private mutating func passRecord(_ id: RecordID, on side: Side) {
        guard let number = records[side].number(of: id) else { return }
        pass(id, inputs.snapshots[side].kept[number].fingerprint, on: side)
    }

    private mutating func pass(_ id: RecordID, _ fingerprint: Fingerprint, on side: Side) {
        let none = IDRange(range: .empty, kind: .text)
        var ids = Sides(left: none, right: none)
        ids[side] = settling.intern(id)
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        fingerprints[side] = fingerprint
        settling.settlements.append(Settlement(kind: .pass, link: -1, ids: ids, fingerprints: fingerprints))
    }

    private mutating func settle(_ link: Int, _ kind: Settlement.Kind, _ base: Base?) {
        var bytes: [UInt8] = []
        base?.encode(to: &bytes)
        let ids = Sides(
            left: settling.intern(inputs.links.id(link, .left)), right: settling.intern(inputs.links.id(link, .right)))
        settling.settlements.append(
            Settlement(
                kind: kind, link: Int32(link), ids: ids, fingerprints: Sides(left: .none, right: .none),
                base: settling.arena.append(bytes)))
    }
}
