import CEL
import Model
import Values

/// The fields of a side's records that make a difference to what a run does with them.
struct UsedFields {
    /// Each once.
    private(set) var paths: [FieldPath] = []
    /// Whether an expression reads the record as a whole.
    private(set) var areAll = false
    private var seen: Set<FieldPath> = []

    /// - Parameter isLinked: whether the record has a link, so that it is not paired by what it holds.
    init(of side: Side, _ sync: Sync, _ capabilities: Capabilities, isLinked: Bool) {
        capabilities.idFields.forEach { add($0) }
        if let filter = sync.collections[side].filter { add(filter) }
        for field in sync.fields {
            add(field.ends[side])
            for conversion in [field.conversions[side.other]].compactMap({ $0 }) { add(conversion) }
        }
        if !isLinked {
            for rule in sync.match { add(rule.keys[side]) }
        }
        if sync.asksForNewest, let updated = capabilities.updatedField { add(updated) }
        for field in sync.archive[side] { add(field.path) }
    }

    private mutating func add(_ end: FieldMapping.End) {
        switch end {
        case .field(let path): add(path)
        case .expression(let program): add(program)
        }
    }

    private mutating func add(_ program: Program) {
        if program.uses.readsWholeRecord { areAll = true }
        program.uses.paths.forEach { add($0) }
    }

    private mutating func add(_ path: FieldPath) {
        if seen.insert(path).inserted { paths.append(path) }
    }

    /// The record with these fields alone, in its own order.
    func part(of record: Object) -> Object {
        if areAll { return record.told }
        var part = Object()
        let ordered = paths.enumerated().map { number, path in
            (record.position(of: path.steps[0].text) ?? Int.max, number, path)
        }
        for (_, _, path) in ordered.sorted(by: { ($0.0, $0.1) < ($1.0, $1.1) }) {
            if let value = record.value(at: path) { part.set(value.told, at: path) }
        }
        return part
    }
}

extension Sync {
    /// Whether times of change decide between values.
    fileprivate var asksForNewest: Bool {
        conflicts == .newest || firstValues == .newest || fields.contains { $0.conflicts == .newest }
    }
}

extension Object {
    /// The record as a job file can tell it.
    var told: Object { Object(map { ($0.0, $0.1.told) }) }
}

extension Value {
    /// The value as a job file can tell it: what YAML has no word for is text, and a fraction has digits.
    var told: Value {
        switch self {
        case .null, .bool, .int, .decimal, .text: self
        case .list(let values): .list(values.map(\.told))
        case .object(let object): .object(object.told)
        case .uint(let number): Decimal(String(number)).map(Value.decimal) ?? .text(String(number))
        case .double(let number):
            Decimal(ValueType.text.spell(.double(number))).map(Value.decimal) ?? .text(ValueType.text.spell(self))
        case .bytes, .timestamp, .date, .duration: .text(ValueType.text.spell(self))
        }
    }
}
