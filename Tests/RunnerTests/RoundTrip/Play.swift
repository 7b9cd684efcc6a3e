import Connectors
import Model
import Reconcile
import TestKit
import Values

/// One pair of records, and runs over it with what people do in between. Nothing is passed over because it stands as it was.
struct Play {
    private let sync: Sync
    private let capabilities: Sides<Capabilities>
    private var records = Sides<Object?>(left: nil, right: nil)
    private var base: Base?
    private(set) var holds: [Hold.Reason] = []

    init(_ sync: Sync, _ forms: Sides<ValueForm>) {
        self.sync = sync
        capabilities = forms.map {
            Capabilities(values: $0, newIDs: .numbered(prefix: "", suffix: ""), idFields: [FieldPath("id")])
        }
    }

    /// What a side holds in the one field that is looked at: `a` on the left, `b` on the right.
    subscript(side: Side) -> Value {
        get { records[side]?[side == .left ? "a" : "b"] ?? .null }
        set {
            var record = records[side] ?? ["id": .text("1")]
            record[side == .left ? "a" : "b"] = newValue
            records[side] = record
        }
    }

    /// Makes a run, and gives how many writes it made.
    mutating func run() async throws -> Int {
        let plan = Planner.plan(try await inputs())
        holds = plan.holds.map(\.reason)
        for settlement in plan.settlements where !settlement.base.isEmpty { base = try read(settlement.base, plan) }
        let requests = WriteRequests(plan, sync, capabilities)
        for number in plan.operations.indices {
            let operation = plan.operations[number]
            var record = records[operation.side] ?? ["id": requests.request(number).id.value]
            for field in requests.request(number).fields {
                record.set(try lying(field.value, operation.side), at: field.path)
            }
            records[operation.side] = record
            base = try read(operation.base, plan)
        }
        return plan.operations.count
    }

    /// A value as it is read back from where it lies.
    private func lying(_ value: Value, _ side: Side) throws -> Value {
        capabilities[side].values == .json ? try JSON.parse(Array(JSON.text(value).utf8)) : value
    }

    private func read(_ range: ByteArena.Range, _ plan: Plan) throws -> Base {
        try plan.arena.withBytes(range) { (bytes) throws(Base.Failure) in
            try Base(decoding: bytes, columns: Array(sync.fields.indices))
        }
    }

    private func inputs() async throws -> Inputs {
        var links = LinkTable()
        var bases = BaseTable()
        if let base, let left = records.left?["id"].flatMap(RecordID.init),
            let right = records.right?["id"].flatMap(RecordID.init)
        {
            let nowhere = StoredRange(file: 0, offset: 0, count: 0)
            let number = links.append(left, right, made: .right, Sides(left: .none, right: .none), nowhere)
            let columns = bases.addColumns(Array(sync.fields.indices))
            base.encoded.withUnsafeBytes { bases.add($0, of: number, columns: columns) }
        }
        var snapshots = Sides(left: Snapshot.untouched(stamp: nil), right: Snapshot.untouched(stamp: nil))
        for side in Side.allCases {
            let endpoint = MemoryEndpoint(records[side].map { [$0] } ?? [])
            snapshots[side] = try await endpoint.read(KnownRecords(links: links, side: side), .whole)
        }
        return Inputs(sync: sync, snapshots: snapshots, capabilities: capabilities, links: links, bases: bases)
    }
}
