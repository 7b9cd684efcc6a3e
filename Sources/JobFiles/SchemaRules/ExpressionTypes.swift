import CEL
import Diagnostics
import Model
import Values

extension SchemaRule {
    /// Expressions do with fields what their types allow.
    static let expressionTypes = SchemaRule { sync, findings in
        for side in Side.allCases {
            guard let known = sync.sides[side] else { continue }
            for (text, options) in expressions(sync, side) {
                findings.add(mistakes(text, options, known, sync))
            }
        }
    }

    /// The expressions over records of a side, with what they are compiled for.
    private static func expressions(_ sync: KnownSync, _ side: Side) -> [(PlacedText, CompileOptions)] {
        var all: [(PlacedText, CompileOptions)] = []
        if let filter = sync.sync.collections[side]?.filter { all.append((filter, .filter)) }
        for match in sync.sync.match { all.append((match.arrow.ends[side], CompileOptions())) }
        for field in sync.sync.fields {
            all.append((field.arrow.ends[side], CompileOptions()))
            guard case .expression(let text) = field.conversions[side.other], field.values == nil else { continue }
            var options = CompileOptions.conversion
            options.types.variables = [("value", valueType(field, sync, side))]
            all.append((text, options))
        }
        return all.filter { sync.texts.path($0.0) == nil }
    }

    /// What `value` is in a conversion of what a side holds.
    private static func valueType(_ field: FieldDraft, _ sync: KnownSync, _ side: Side) -> CELType {
        if let type = field.type?.content { return FieldType(type).expressionType(in: .any) }
        guard let known = sync.sides[side], let path = sync.texts.path(field.arrow.ends[side]),
            let found = known.schema.field(at: path)
        else { return .dyn }
        return found.expressionType(in: known.schema.values)
    }

    /// What is wrong with an expression only because of the types of fields: without them it was found right.
    private static func mistakes(
        _ text: PlacedText, _ options: CompileOptions, _ known: KnownSide, _ sync: KnownSync
    ) -> [Diagnostic] {
        guard sync.texts.program(text, options.untyped) != nil else {
            return []
        }
        var options = options
        options.types.record = ObjectType(known.schema)
        var found = Findings()
        _ = ExpressionText.compile(text, options, sync.subject.surroundings, &found)
        return found.diagnostics.map { diagnostic in
            var told = diagnostic
            let isCertain = known.isCertain || known.schema.values == .text
            if !isCertain {
                told.severity = .warning
                told.notes += known.notes
            }
            return told
        }
    }
}

extension CompileOptions {
    fileprivate var untyped: CompileOptions {
        var options = self
        options.types = TypeEnvironment()
        return options
    }
}

extension ObjectType {
    /// The record of a collection. Names that are not there are told elsewhere, so that it is open.
    convenience init(_ schema: CollectionSchema) {
        self.init(schema.fields.list.map { ($0.name, $0.expressionType(in: schema.values)) }, isClosed: false)
    }
}

extension SchemaField {
    /// What an expression meets in this field.
    func expressionType(in form: ValueForm) -> CELType { type.expressionType(in: form) }
}

extension FieldType {
    init(_ type: ValueType) {
        switch type {
        case .text: self = .text
        case .int: self = .int
        case .decimal: self = .decimal
        case .bool: self = .bool
        case .date: self = .date
        case .timestamp: self = .timestamp
        }
    }

    /// What an expression meets: of a collection of text always text; elsewhere it may also be null.
    func expressionType(in form: ValueForm) -> CELType {
        if form == .text { return .text }
        return switch self {
        case .text: .nullable(.text)
        case .int: .nullable(.int)
        // Whole numbers are met as int, and others as an exact decimal or a double.
        case .decimal: .dyn
        case .bool: .nullable(.bool)
        case .date where form == .json, .timestamp where form == .json: .nullable(.text)
        // The language has no null for these, nor for lists and objects.
        case .date, .timestamp, .list, .object, .any: .dyn
        }
    }
}
