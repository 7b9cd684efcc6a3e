import CEL
import Model
import Values

/// The texts that the mapping itself names: they are no person's.
struct MappingConstants {
    private var texts: Set<TextKey> = ["yes", "no", "true", "false", "on", "off", "null"].reduce(into: []) {
        $0.insert(TextKey($1))
    }

    init(_ sync: Sync) {
        for side in Side.allCases {
            if let filter = sync.collections[side].filter { add(filter.expression) }
            for field in sync.archive[side] { add(field.value) }
        }
        for rule in sync.match {
            for side in Side.allCases { add(rule.keys[side]) }
        }
        for field in sync.fields { add(field) }
    }

    func contains(_ text: String) -> Bool { texts.contains(TextKey(text)) }

    private mutating func add(_ field: FieldMapping) {
        for side in Side.allCases {
            add(field.ends[side])
            if let conversion = field.conversions[side] { add(conversion.expression) }
            for (key, value) in field.values?.lookups[side] ?? [:] {
                texts.insert(key)
                add(value)
            }
        }
        if case .use(let value) = field.unmapped { add(value) }
        if case .use(let value) = field.linkMissing { add(value) }
    }

    private mutating func add(_ end: FieldMapping.End) {
        if case .expression(let program) = end { add(program.expression) }
    }

    private mutating func add(_ value: Value) {
        if let text = ValueTable.spelling(of: value) { texts.insert(TextKey(text)) }
    }

    private mutating func add(_ expression: Expr) {
        var left = [expression]
        while let next = left.popLast() {
            if case .literal(.text(let text)) = next.kind { texts.insert(TextKey(text)) }
            left += next.kind.children
        }
    }
}
