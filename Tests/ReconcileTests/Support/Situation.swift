import Model
import Reconcile
import TestKit
import Testing
import Values

/// What both sides hold and what is remembered, before a run or after it.
struct Situation {
    let fieldCount: Int
    var table: LinkTable
    /// By the numbers of the links.
    var bases: [Base]
    var records: Sides<[Record]>
    var passed: Sides<[(RecordID, Fingerprint)]>
    var apart = Sides<[(RecordID, Fingerprint)]>(left: [], right: [])

    func inputs(of sketch: Sketch, trusts: Bool, untouched: Set<Side> = []) throws -> Inputs {
        var snapshots = Sides(left: Snapshot.untouched(stamp: nil), right: Snapshot.untouched(stamp: nil))
        var passedRecords = Sides(left: PassedRecords(), right: PassedRecords())
        for side in Side.allCases {
            if !untouched.contains(side) { snapshots[side] = try snapshot(side, sketch, trusts) }
            for (id, fingerprint) in passed[side] { passedRecords[side].add(id, fingerprint) }
            for (id, fingerprint) in apart[side] { passedRecords[side].add(id, fingerprint, isApart: true) }
        }
        for side in Side.allCases {
            let wanted = Planner.wantedLinks(of: side, sketch.sync, snapshots, table)
            if !wanted.isEmpty { snapshots[side] = try snapshot(side, sketch, trusts, wanted) }
        }
        return Inputs(
            sync: sketch.sync, snapshots: snapshots,
            capabilities: Sides(left: sketch.capabilities(.left), right: sketch.capabilities(.right)), links: table,
            bases: Self.table(of: bases), parents: [SyncName(job: "crm", sync: "companies"): sketch.parents()],
            passed: passedRecords, isFirstRun: sketch.isFirstRun)
    }

    static func table(of bases: [Base]) -> BaseTable {
        var table = BaseTable()
        let columns = table.addColumns(Array((bases.first?.entries ?? []).indices))
        for (number, base) in bases.enumerated() {
            var bytes: [UInt8] = []
            base.encode(to: &bytes)
            bytes.withUnsafeBytes { table.add($0, of: number, columns: columns) }
        }
        return table
    }

    private func snapshot(
        _ side: Side, _ sketch: Sketch, _ trusts: Bool, _ wanted: Set<Int> = []
    ) throws -> Snapshot {
        let known = KnownRecords(links: table, side: side, trustsFingerprints: trusts, wanted: wanted)
        var builder = SnapshotBuilder(known, newIDs: sketch.newIDs[side])
        for (number, record) in records[side].enumerated() {
            if case .duplicate = record.add(to: &builder, line: number + 1) { throw Breach("twice: \(record.id)") }
        }
        return builder.finish(layout: RecordTexts())
    }
}

// What a run makes of it: every write takes effect.
extension Situation {
    mutating func carryOut(_ plan: Plan, of sketch: Sketch) throws {
        for settlement in plan.settlements { try carryOut(settlement, plan) }
        let capabilities = Sides(left: sketch.capabilities(.left), right: sketch.capabilities(.right))
        let requests = WriteRequests(plan, sketch.sync, capabilities)
        for side in Side.allCases {
            for (number, operation) in plan.operations.enumerated() where operation.side == side {
                try carryOut(operation, requests.request(number), plan)
            }
        }
    }

    private mutating func carryOut(_ settlement: Settlement, _ plan: Plan) throws {
        let link = Int(settlement.link)
        switch settlement.kind {
        case .link:
            table.append(settlement.ids.map(plan.id), fingerprints: settlement.fingerprints)
            bases.append(try base(settlement.base, plan))
        case .agree:
            table.update(link, fingerprints: settlement.fingerprints, base: table.base(link))
            if !settlement.base.isEmpty { bases[link] = try base(settlement.base, plan) }
        case .forget: table.remove(link)
        case .unlink:
            table.remove(link)
            for side in Side.allCases {
                apart[side].append((plan.id(settlement.ids[side]), settlement.fingerprints[side]))
            }
        case .pass, .apart:
            for side in Side.allCases where !settlement.ids[side].range.isEmpty {
                passed[side].append((plan.id(settlement.ids[side]), settlement.fingerprints[side]))
            }
        }
    }

    private mutating func carryOut(_ operation: Operation, _ request: WriteRequest, _ plan: Plan) throws {
        let side = operation.side
        let at = records[side].firstIndex { $0.id.key == request.id.key }
        if operation.verb == .delete {
            if let at { records[side].remove(at: at) }
            return table.remove(Int(operation.link))
        }
        var record = at.map { records[side][$0] } ?? Record(id: request.id, object: ["id": request.id.value])
        for field in request.fields { _ = record.object.set(field.value, at: field.path) }
        if let at { records[side][at] = record } else { records[side].append(record) }
        var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
        if operation.settles {
            fingerprints = operation.fingerprints
            fingerprints[side] = operation.archives ? .archived : record.fingerprint
        }
        let base = try base(operation.base, plan)
        if operation.verb == .create, !operation.restores {
            let source = plan.id(operation.source)
            let ids = side == .left ? Sides(left: request.id, right: source) : Sides(left: source, right: request.id)
            table.append(ids, fingerprints: fingerprints)
            bases.append(base)
        } else {
            let link = Int(operation.link)
            table.update(link, fingerprints: fingerprints, base: table.base(link))
            bases[link] = base
        }
    }

    private func base(_ range: ByteArena.Range, _ plan: Plan) throws -> Base {
        try plan.arena.withBytes(range) { (bytes) throws(Base.Failure) in
            try Base(decoding: bytes, columns: Array(0..<fieldCount))
        }
    }
}

/// Expects what holds of every run: those after it come to an end, hold again what it held, and remember nothing twice.
func expectLaws(_ sketch: Sketch, sourceLocation: SourceLocation) throws {
    guard sketch.untouched.isEmpty else { return }
    var later = sketch
    later.isFirstRun = false
    for trusts in [true, false] {
        var situation = try sketch.situation()
        var first = try situation.inputs(of: sketch, trusts: trusts)
        first.intended = try sketch.inputs().intended
        first.restored = sketch.restored
        let plan = Planner.plan(first)
        let held = Set(holds(plan, sketch))
        try situation.carryOut(plan, of: sketch)
        var next = plan
        for _ in 0..<4 {
            next = Planner.plan(try situation.inputs(of: later, trusts: true))
            try situation.carryOut(next, of: later)
            if next.operations.isEmpty, next.settlements.isEmpty { break }
        }
        let end = PlanText(plan: next, sync: sketch.sync, forms: sketch.forms).lines
        let told = Comment(rawValue: "run again, trusting: \(trusts): \(end)")
        #expect(next.operations.isEmpty && next.settlements.isEmpty, told, sourceLocation: sourceLocation)
        #expect(held.isSubset(of: holds(next, sketch)), told, sourceLocation: sourceLocation)
        #expect(next.skips.frozen == plan.skips.frozen, told, sourceLocation: sourceLocation)
        #expect(next.skips.gone == plan.skips.gone, told, sourceLocation: sourceLocation)
        // A link that is not decided keeps no fingerprint, and no other goes without.
        let undecided = Set(
            next.holds.flatMap { hold in
                Side.allCases.compactMap { side in hold.ids[side].flatMap { situation.table.find($0, on: side) } }
            })
        #expect(
            situation.table.undecidedCount == undecided.count + next.skips.undecidedLinks, told,
            sourceLocation: sourceLocation)
    }
}

private func holds(_ plan: Plan, _ sketch: Sketch) -> [String] {
    PlanText(plan: plan, sync: sketch.sync, forms: sketch.forms).lines.filter { $0.hasPrefix("hold ") }
}
