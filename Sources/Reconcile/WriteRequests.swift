package import Model
import Synchronization
package import Values

/// Turns the writes of a plan into what endpoints are asked, one at a time.
package struct WriteRequests: Sendable {
    let plan: Plan
    let rules: [FieldRule]
    private let columns: [Int?]
    private let forms: Sides<ValueForm>
    /// Kept, since it learns the names that values of objects have.
    private let builder = KeptBuilder()

    package init(_ plan: Plan, _ sync: Sync, _ capabilities: Sides<Capabilities>) {
        self.plan = plan
        let forms = capabilities.map(\.values)
        self.forms = forms
        columns = sync.fields.indices.map { $0 }
        rules = sync.fields.enumerated().map { number, mapping in
            FieldRule(mapping, number: number, direction: sync.direction, forms: forms)
        }
    }

    /// The batch of some of a plan's operations, all of one side.
    ///
    /// - Parameters:
    ///   - stamp: the collection's as it was read.
    ///   - keys: under which the creates among them are asked for, by their numbers.
    ///   - ready: comes back when they may take effect.
    package func batch(
        _ numbers: [Int], readAs stamp: CollectionStamp?, keys: [Int: String] = [:],
        ready: @escaping @Sendable () async throws(EndpointFailure) -> Void
    ) -> WriteBatch {
        WriteBatch(count: numbers.count, readAs: stamp, ready: ready) { request(numbers[$0], key: keys[numbers[$0]]) }
    }

    package func request(_ number: Int, key: String? = nil) -> WriteRequest {
        let operation = plan.operations[number]
        let former = operation.verb == .create ? whole(operation) : nil
        return WriteRequest(
            verb: operation.verb, id: plan.id(operation.target),
            fields: former?.fields ?? written(by: operation),
            precondition: operation.fingerprints[operation.side], key: key, former: former)
    }

    /// All that the record held which an operation deletes or brings back; nil where that is not kept.
    package func whole(_ operation: Operation) -> WholeRecord? {
        if operation.record.isEmpty { return nil }
        let value = try? plan.arena.withBytes(operation.record) { (bytes) throws(JSON.Failure) in try JSON.parse(bytes)
        }
        return value.flatMap(WholeRecord.init)
    }

    private func written(by operation: Operation) -> [(path: FieldPath, value: Value)] {
        guard operation.verb != .delete else { return [] }
        let numbers = plan.fieldSets[Int(operation.fieldSet)]
        let side = operation.side
        if operation.archives {
            return numbers.map { number in
                let field = plan.archive[side][number]
                return (field.path, field.written(forms[side]))
            }
        }
        let values = try? plan.arena.withBytes(operation.base) { (bytes) throws(Base.Failure) in
            try builder.values(numbers, of: side, in: bytes)
        }
        guard let values, values.count == numbers.count else { return [] }
        var written: [(path: FieldPath, value: Value)] = []
        written.reserveCapacity(numbers.count)
        for at in numbers.indices {
            let rule = rules[numbers[at]]
            guard let path = rule.paths[side], let value = values[at] else { continue }
            written.append((path, rule.written(value, on: side)))
        }
        return written
    }

    /// The base of the link once an operation is done as it was planned.
    package func base(after operation: Operation) -> Base? {
        guard operation.verb != .delete else { return nil }
        return try? plan.arena.withBytes(operation.base) { (bytes) throws(Base.Failure) in
            try Base(decoding: bytes, columns: columns)
        }
    }

    /// The fields that an operation writes, with what they held before and what they will hold; of a delete, the mapped fields that
    /// go with the record.
    package func fields(of operation: Operation) -> [WrittenField] {
        if operation.verb == .delete { return deleted(operation) }
        if operation.archives { return archived(operation) }
        guard let base = base(after: operation) else { return [] }
        let numbers = plan.fieldSets[Int(operation.fieldSet)]
        let before = values(before: operation, count: numbers.count)
        var result: [WrittenField] = []
        result.reserveCapacity(numbers.count)
        for (at, number) in numbers.enumerated() {
            let rule = rules[number]
            guard let path = rule.paths[operation.side], let values = base.entries[number]?.values else {
                continue
            }
            result.append(
                WrittenField(
                    path: path, before: rule.shown(before[at], on: operation.side),
                    after: rule.written(values[operation.side], on: operation.side)))
        }
        return result
    }

    private func deleted(_ operation: Operation) -> [WrittenField] {
        let numbers = plan.fieldSets[Int(operation.fieldSet)]
        return zip(numbers, values(before: operation, count: numbers.count)).compactMap { number, before in
            let (rule, side) = (rules[number], operation.side)
            return rule.paths[side].map {
                WrittenField(path: $0, before: rule.shown(before, on: side), after: .null)
            }
        }
    }

    private func archived(_ operation: Operation) -> [WrittenField] {
        let numbers = plan.fieldSets[Int(operation.fieldSet)]
        return zip(numbers, values(before: operation, count: numbers.count)).map { number, before in
            let field = plan.archive[operation.side][number]
            return WrittenField(path: field.path, before: before, after: field.written(forms[operation.side]))
        }
    }

    /// The numbers of the sync's fields that an operation writes; of one that archives, those that come of it.
    func mappedFields(of operation: Operation) -> [Int] {
        let numbers = plan.fieldSets[Int(operation.fieldSet)]
        guard operation.archives else { return numbers }
        let set = numbers.map { plan.archive[operation.side][$0].path }
        return rules.filter { rule in
            rule.paths[operation.side].map { path in set.contains { $0.overlaps(path) } } ?? false
        }.map(\.number)
    }

    private func values(before operation: Operation, count: Int) -> [Value] {
        let none = Array(repeating: Value.null, count: count)
        if operation.before.isEmpty { return none }
        guard
            case .list(let list)? = try? plan.arena.withBytes(
                operation.before, { (bytes) throws(JSON.Failure) in try JSON.parse(bytes) }),
            list.count == count
        else { return none }
        return list.map { (try? StateJSON.value($0)) ?? $0 }
    }
}

extension WriteRequests {
    /// The base of a link after a write whose twin, the write to its record of the other side, was not made: the fields of the twin
    /// do not move, nor does the source of what follows from them. Of one that both were to set, the other side is owed what this one
    /// is given.
    ///
    /// - Parameter old: the base before both.
    /// - Returns: nil where the plan's base cannot be read.
    package func base(of operation: Operation, without twin: Operation, old: Base) -> Base? {
        guard var base = base(after: operation) else { return nil }
        let own = Set(mappedFields(of: operation))
        let fields = mappedFields(of: twin)
        let before =
            twin.archives
            ? fields.map { old.entries[$0]?.values[twin.side] ?? .null } : values(before: twin, count: fields.count)
        for (field, before) in zip(fields, before) {
            guard own.contains(field), var entry = base.entries[field] else {
                base.entries[field] = old.entries[field]
                continue
            }
            entry.values[twin.side] = before
            entry.owed = twin.side
            base.entries[field] = entry
        }
        // What follows from fields of the twin was worked out from what its record was to be, and is not.
        for field in own.subtracting(fields) where rules[field].isOneWay && rules[field].flows(to: operation.side) {
            if let before = old.entries[field]?.values[twin.side] { base.entries[field]?.values[twin.side] = before }
        }
        return base
    }
}

/// A builder for one task at a time.
private final class KeptBuilder: @unchecked Sendable {
    private var builder = JSONBuilder()
    private let lock = Mutex(())

    func values(
        _ numbers: [Int], of side: Side, in bytes: UnsafeRawBufferPointer
    ) throws(Base.Failure) -> [Value?] {
        let result = lock.withLock { _ in
            Result { () throws(Base.Failure) in try Base.values(numbers, of: side, in: bytes, &builder) }
        }
        return try result.get()
    }
}

/// A field that an operation writes.
package struct WrittenField: Sendable {
    package var path: FieldPath
    package var before: Value
    package var after: Value
}
