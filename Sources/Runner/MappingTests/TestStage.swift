import CEL
import Connectors
import Model
import Reconcile
import Values

/// The records of a test, in memory in the place of both systems, and what is remembered of them.
struct TestStage {
    private let test: MappingTest
    private var sync: Sync
    private let capabilities: Sides<Capabilities>
    /// What both sides hold, and what linked pairs held when they last agreed.
    private(set) var records: Sides<[Object]>
    private var base: Sides<[Object]>

    /// - Parameter capabilities: of both sides as the connectors of the job have them.
    init(_ test: MappingTest, _ sync: Sync, _ capabilities: Sides<Capabilities>) {
        self.test = test
        self.sync = sync
        self.capabilities = capabilities
        records = Sides(left: [], right: [])
        base = Sides(left: [], right: [])
        for side in Side.allCases {
            let form = capabilities[side].values
            records[side] = test.records[side].map { $0.held(as: form) }
            base[side] = test.base[side].map { $0.held(as: form) }
            name(side)
            if !base.left.isEmpty { leaveOutFilter(side) }
        }
        if test.expectation.held == nil { self.sync.fields = sync.fields.filter { !asksForMore($0) } }
    }

    /// Records of a pair may be told in part: a filter that asks for what they leave out has let them in.
    private mutating func leaveOutFilter(_ side: Side) {
        guard let filter = sync.collections[side].filter else { return }
        let isDecided = (records[side] + base[side]).allSatisfy { record in
            (try? filter.evaluate(Scope(record: record))) != nil
        }
        if !isDecided { sync.collections[side].filter = nil }
    }

    /// What a run would make of it.
    func play() async throws(EndpointFailure) -> TestOutcome {
        var links = LinkTable()
        var held = records
        var bases = BaseTable()
        let columns = bases.addColumns(Array(sync.fields.indices))
        for (left, right) in zip(base.left, base.right) {
            guard let ids = try ids(Sides(left: left, right: right)) else { continue }
            let prints = Sides(left: left.fingerprint, right: right.fingerprint)
            let number = links.append(ids.left, ids.right, made: .right, prints, .nowhere)
            var bytes: [UInt8] = []
            Base(agreed: Sides(left: left, right: right), sync, forms: capabilities.map(\.values)).encode(to: &bytes)
            bytes.withUnsafeBytes { bases.add($0, of: number, columns: columns) }
        }
        // Links of this sync lead to records that stand as they are remembered.
        for pair in test.links[sync.name] ?? [] {
            let objects = Sides(left: stub(pair.left, .left), right: stub(pair.right, .right))
            guard let ids = try ids(objects) else { continue }
            for side in Side.allCases { held[side].append(objects[side]) }
            links.append(ids.left, ids.right, made: .right, objects.map(\.fingerprint), .nowhere)
        }
        var snapshots = Sides(
            left: try await snapshot(.left, held, links), right: try await snapshot(.right, held, links))
        for side in Side.allCases {
            let wanted = Planner.wantedLinks(of: side, sync, snapshots, links)
            if !wanted.isEmpty { snapshots[side] = try await snapshot(side, held, links, wanted) }
        }
        let inputs = Inputs(
            sync: sync, snapshots: snapshots, capabilities: capabilities, links: links, bases: bases,
            parents: parents())
        return TestOutcome(inputs, before: records)
    }

    private func snapshot(
        _ side: Side, _ records: Sides<[Object]>, _ links: LinkTable, _ wanted: Set<Int> = []
    ) async throws(EndpointFailure) -> Snapshot {
        let endpoint = MemoryEndpoint(
            records[side], idFields: capabilities[side].idFields, newIDs: capabilities[side].newIDs)
        return try await endpoint.read(KnownRecords(links: links, side: side, wanted: wanted), .whole)
    }

    private func ids(_ pair: Sides<Object>) throws(EndpointFailure) -> Sides<RecordID>? {
        guard let left = pair.left.id(capabilities.left.idFields),
            let right = pair.right.id(capabilities.right.idFields)
        else { return nil }
        return Sides(left: left, right: right)
    }

    private func parents() -> [SyncName: LinkTable] {
        test.links.filter { $0.key != sync.name }.mapValues { pairs in
            var table = LinkTable()
            for pair in pairs {
                guard let left = RecordID(pair.left), let right = RecordID(pair.right) else { continue }
                table.append(left, right, made: .right, Sides(left: .none, right: .none), .nowhere)
            }
            return table
        }
    }

    /// A record of which nothing but its id is known.
    private func stub(_ id: Value, _ side: Side) -> Object {
        var object = Object()
        let fields = capabilities[side].idFields
        let parts: [Value] = if case .list(let parts) = id, fields.count > 1 { parts } else { [id] }
        for (field, part) in zip(fields, parts) { _ = object.set(part.held(as: capabilities[side].values), at: field) }
        return object
    }
}

// What a test leaves out: records are told in part.
extension TestStage {
    /// Whether an arrow cannot be followed for want of a field that the test leaves out, and the test does not ask for what comes of it.
    private func asksForMore(_ field: FieldMapping) -> Bool {
        Side.allCases.contains { target in
            guard field.flow.goes(to: target), let path = field.path(on: target), !isExpected(path, target) else {
                return false
            }
            return (records[target.other] + base[target.other]).contains { asksForMore(field, of: $0, target.other) }
        }
    }

    private func asksForMore(_ field: FieldMapping, of record: Object, _ side: Side) -> Bool {
        let value: Value?
        switch field.ends[side] {
        case .field(let path): value = record.value(at: path)
        case .expression(let program):
            value = try? program.evaluate(Scope(record: record))
            if value == nil { return lacks(record, program) }
        }
        guard let conversion = field.conversions[side.other] else { return false }
        let scope = Scope(record: record, extras: [("value", value ?? .null)])
        if (try? conversion.evaluate(scope)) != nil { return false }
        return value == nil || lacks(record, conversion)
    }

    private func lacks(_ record: Object, _ program: Program) -> Bool {
        program.uses.paths.contains { record.value(at: $0) == nil }
    }

    /// Whether the test says what a field of a side has to be.
    private func isExpected(_ path: FieldPath, _ side: Side) -> Bool {
        let expected: [MappingTest.ExpectedRecord] =
            switch test.expectation.sides[side] {
            case .record(let record): [record]
            case .records(let records): records
            case .deleted, nil: []
            }
        let name = path.steps[0].text
        return expected.contains { $0.fields.contains { $0.name.hasSameBytes(as: name) } }
    }

    /// Gives an id to each record that says none: that of the record that it was or became, else its number on the side.
    private mutating func name(_ side: Side) {
        let fields = capabilities[side].idFields
        var taken = Set((records[side] + base[side]).compactMap { $0.id(fields) })
        for number in 0..<max(records[side].count, base[side].count) {
            let now = number < records[side].count ? records[side][number] : nil
            let then = number < base[side].count ? base[side][number] : nil
            let known = now.flatMap { $0.id(fields) } == nil ? then : now
            guard let id = known.flatMap({ $0.id(fields) }) else {
                let id = newID(side, number + 1, &taken)
                if now != nil { records[side][number].give(id, fields) }
                if then != nil { base[side][number].give(id, fields) }
                continue
            }
            if let now, now.id(fields) == nil, !isElsewhere(id, side, besides: number) {
                records[side][number].give(id, fields)
            }
            if let then, then.id(fields) == nil { base[side][number].give(id, fields) }
        }
    }

    private func isElsewhere(_ id: RecordID, _ side: Side, besides number: Int) -> Bool {
        records[side].indices.contains { at in at != number && records[side][at].id(capabilities[side].idFields) == id }
    }

    private func newID(_ side: Side, _ number: Int, _ taken: inout Set<RecordID>) -> RecordID {
        let capabilities = capabilities[side]
        var number = number
        while true {
            var value = Value.int(Int64(number))
            if case .numbered(let prefix, let suffix) = capabilities.newIDs, prefix + suffix != "" {
                value = .text("\(prefix)\(number)\(suffix)")
            }
            value = value.held(as: capabilities.values)
            if capabilities.idFields.count > 1 { value = .list(capabilities.idFields.map { _ in value }) }
            if let id = RecordID(value), taken.insert(id).inserted { return id }
            number += 1
        }
    }
}

extension Object {
    fileprivate func held(as form: ValueForm) -> Object {
        form == .text ? Object(zip(names, values).map { ($0, $1.held(as: form)) }) : self
    }

    fileprivate mutating func give(_ id: RecordID, _ fields: [FieldPath]) {
        let parts: [Value] = if case .list(let parts) = id.value, fields.count > 1 { parts } else { [id.value] }
        for (field, part) in zip(fields, parts) { _ = set(part, at: field) }
    }
}

extension Value {
    /// The value as a side of this form has it.
    func held(as form: ValueForm) -> Value { form == .text ? .text(ValueType.text.spell(self)) : self }
}

extension StoredRange {
    /// Of a link whose base is in no file.
    fileprivate static let nowhere = StoredRange(file: 0, offset: 0, count: 0)
}
