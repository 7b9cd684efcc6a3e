import CEL
import Model
import Values

/// Tells what a side held when both last agreed as a record of that side.
struct BaseTelling {
    private let sync: Sync
    private let side: Side
    private let form: ValueForm

    init(_ sync: Sync, _ side: Side, form: ValueForm) {
        self.sync = sync
        self.side = side
        self.form = form
    }

    /// - Parameter now: what the record holds now; what is not remembered, such as a field of the filter alone, is taken from it.
    func object(_ base: Base, _ id: RecordID, _ idFields: [FieldPath], now: Object?) -> Object {
        var object = Object()
        let parts: [Value] = if case .list(let parts) = id.value, idFields.count > 1 { parts } else { [id.value] }
        for (path, part) in zip(idFields, parts) { object.set(part, at: path) }
        for (field, entry) in zip(sync.fields, base.entries) {
            guard let entry, let path = field.path(on: side) else { continue }
            object.set(told(entry.values[side], field), at: path)
        }
        let now = now ?? Object()
        if let filter = sync.collections[side].filter { object.fill(filter, from: now) }
        for field in sync.fields {
            if let conversion = field.conversions[side.other] { object.fill(conversion, from: now) }
        }
        for (field, entry) in zip(sync.fields, base.entries) {
            guard let entry, case .expression(let program) = field.ends[side] else { continue }
            // What an expression gave then is told by its fields where they still give it.
            var trial = object
            trial.fill(program, from: now)
            let before = entry.values[side]
            if let value = value(of: program, trial, field), value.means(before) {
                object = trial
            } else if let changed = value(of: program, now, field), !changed.means(before) {
                // What they held is not known, but that they gave something else than now: so does nothing at all.
                trial = object
                trial.fill(program)
                if let value = value(of: program, trial, field), !value.means(changed) { object = trial }
            }
        }
        // In the order of the record, so that what changed is seen.
        let ordered = object.enumerated().sorted { a, b in
            let (first, second) = (now.position(of: a.element.0) ?? Int.max, now.position(of: b.element.0) ?? Int.max)
            return (first, a.offset) < (second, b.offset)
        }
        return Object(ordered.map(\.element))
    }

    private func value(of program: Program, _ record: Object, _ field: FieldMapping) -> Value? {
        guard let value = try? program.evaluate(Scope(record: record)) else { return nil }
        return field.type.flatMap { try? $0.convert(value, format: field.format) } ?? value
    }

    /// A value of a base as its side spells it.
    private func told(_ value: Value, _ field: FieldMapping) -> Value {
        switch form {
        case .text: .text((field.type ?? .text).spell(value, format: field.format))
        case .json, .any:
            field.format != nil && value != .null
                ? .text((field.type ?? .text).spell(value, format: field.format)) : value.told
        }
    }
}

extension Object {
    /// Takes what an expression reads, and this has not, from another record.
    fileprivate mutating func fill(_ program: Program, from other: Object) {
        let paths = program.uses.readsWholeRecord ? other.names.map { FieldPath($0) } : program.uses.paths
        for path in paths where value(at: path) == nil {
            if let value = other.value(at: path) { set(value, at: path) }
        }
    }
    /// Takes empty texts for what an expression reads, and this has not.
    fileprivate mutating func fill(_ program: Program) {
        for path in program.uses.paths where value(at: path) == nil { set(.text(""), at: path) }
    }
}
