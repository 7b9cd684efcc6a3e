import CEL
import Diagnostics
import Model
import Values

extension SchemaRule {
    /// What an end of an arrow holds can become what the other end takes.
    static let typeClashes = SchemaRule { sync, findings in
        for field in sync.sync.fields {
            // What a table or a link gives is looked at by its values.
            guard field.values == nil, field.keys["values"] == nil, field.link == nil else { continue }
            let before = findings.diagnostics.count
            for side in Side.allCases where sync.flows(field, to: side) || sync.flows(field, to: side.other) {
                conversion(field, sync, side, &findings)
            }
            // What cannot even be converted need not be told twice.
            for target in Side.allCases where sync.flows(field, to: target) && findings.diagnostics.count == before {
                if arrival(field, sync, target, &findings) { break }
            }
        }
    }

    /// A field with a `type` is converted to it, as ``ValueType/convert(_:format:)`` does, wherever it is read.
    private static func conversion(_ field: FieldDraft, _ sync: KnownSync, _ side: Side, _ findings: inout Findings) {
        guard let wanted = field.type?.content, let end = KnownEnd(field, sync, side) else { return }
        guard let reason = end.whyNever(wanted, hasFormat: field.format != nil) else { return }
        findings.add(
            .typeClash, isCertain: end.isCertain, "'\(end.field.name)' of \(end.known.name.content) \(reason)",
            at: end.place, notes: end.notes)
    }

    /// Whether what arrives at an end that is written is of no kind that it takes; that is reported.
    private static func arrival(
        _ field: FieldDraft, _ sync: KnownSync, _ target: Side, _ findings: inout Findings
    ) -> Bool {
        guard let end = KnownEnd(field, sync, target), end.known.schema.values != .text,
            let arriving = Arriving(field, sync, from: target.other), !arriving.type.fits(end.field.type)
        else { return false }
        let takes = "'\(end.field.name)' of \(end.known.name.content) takes \(end.field.type.phrase)"
        findings.add(
            .typeClash, isCertain: end.isCertain && arriving.isCertain, "\(arriving.words), and \(takes)",
            at: end.place,
            hint: hint(field, arriving, end), notes: end.notes + arriving.notes)
        return true
    }

    private static func hint(_ field: FieldDraft, _ arriving: Arriving, _ end: KnownEnd) -> String? {
        guard field.type == nil, arriving.isField else { return nil }
        switch end.field.type {
        case .text, .int, .decimal, .bool: break
        default: return nil
        }
        if arriving.type == .list || arriving.type == .object || field.conversions.left != nil { return nil }
        if end.field.type == .text {
            return "use 'to_\(end.known.side.rawValue): string(value)'"
        }
        return arriving.type == .text ? "add 'type: \(end.field.type.rawValue)'" : nil
    }
}

/// An end of an arrow that is a field of a known type.
private struct KnownEnd {
    let known: KnownSide
    let field: SchemaField
    let place: Place

    init?(_ field: FieldDraft, _ sync: KnownSync, _ side: Side) {
        let text = field.arrow.ends[side]
        guard let known = sync.sides[side], let path = sync.texts.path(text),
            let found = known.schema.field(at: path), found.type != .any
        else { return nil }
        self.known = known
        self.field = found
        place = text.place
    }

    var isCertain: Bool { known.isCertain }
    var notes: [Diagnostic.Note] { known.notes }

    /// Why no value of this field, or not every value that was met, converts to a type; nil where nothing speaks against it.
    func whyNever(_ wanted: ValueType, hasFormat: Bool) -> String? {
        let never = "is \(field.type.phrase), which cannot become \(FieldType(wanted).phrase)"
        switch (field.type, wanted) {
        case (.any, _), (.text, .text), (.bool, .text), (.int, .text), (.decimal, .text), (.date, .text),
            (.timestamp, .text):
            return nil
        case (.int, .int), (.int, .decimal), (.decimal, .decimal), (.decimal, .int), (.bool, .bool), (.int, .bool),
            (.date, .date), (.date, .timestamp), (.timestamp, .timestamp), (.timestamp, .date):
            return nil
        // By a format anything may spell a date.
        case (.int, .date), (.int, .timestamp), (.text, .date), (.text, .timestamp):
            if hasFormat { return nil }
        case (.decimal, .date), (.decimal, .timestamp):
            if hasFormat, known.schema.values == .text { return nil }
        default: break
        }
        guard field.type == .text else { return never }
        // A system that declares text may still hold nothing but numbers in it.
        if known.schema.isDeclared { return nil }
        return "has text in it that spells no plain \(wanted.rawValue)"
    }
}

/// What arrives at an end that is written, in the kind in which it does.
private struct Arriving {
    var type: FieldType
    var words: String
    var isCertain: Bool
    /// Whether it is a field's own value.
    var isField: Bool
    var notes: [Diagnostic.Note] = []

    /// nil where nothing is known.
    init?(_ field: FieldDraft, _ sync: KnownSync, from source: Side) {
        let end = field.arrow.ends[source]
        if let type = field.type?.content {
            self.init(
                type: FieldType(type), words: "this arrives as \(FieldType(type).phrase)", isCertain: true,
                isField: false)
        } else if case .expression(let text) = field.conversions[source.other] {
            self.init(text, .conversion, sync)
        } else if sync.texts.path(end) == nil {
            self.init(end, CompileOptions(), sync)
        } else {
            guard let known = KnownEnd(field, sync, source) else { return nil }
            let isText = known.known.schema.values == .text
            let type = isText ? .text : known.field.type
            self.init(
                type: type, words: "'\(known.field.name)' of \(known.known.name.content) is \(type.phrase)",
                isCertain: isText || known.isCertain, isField: true, notes: isText ? [] : known.notes)
            // Text that spells a date is one, to whoever takes dates as text.
            if isText, known.field.type == .date || known.field.type == .timestamp { self.type = known.field.type }
        }
    }

    private init(
        type: FieldType, words: String, isCertain: Bool, isField: Bool, notes: [Diagnostic.Note] = []
    ) {
        self.type = type
        self.words = words
        self.isCertain = isCertain
        self.isField = isField
        self.notes = notes
    }

    private init?(_ text: PlacedText, _ options: CompileOptions, _ sync: KnownSync) {
        guard let program = sync.texts.program(text, options),
            let type = FieldType(program.type)
        else { return nil }
        self.init(type: type, words: "this expression gives \(type.phrase)", isCertain: true, isField: false)
    }
}

extension FieldType {
    /// nil for what is not known, and for what no record holds.
    fileprivate init?(_ type: CELType) {
        switch type {
        case .bool: self = .bool
        case .int, .uint: self = .int
        case .double, .decimal: self = .decimal
        case .text: self = .text
        case .timestamp: self = .timestamp
        case .date: self = .date
        case .list: self = .list
        default: return nil
        }
    }

    /// Whether a value of this type can be what a field of another takes: a fraction may be whole, and a text may be a date.
    fileprivate func fits(_ wanted: FieldType) -> Bool {
        switch (self, wanted) {
        case (.any, _), (_, .any), (.int, .decimal), (.decimal, .int): true
        case (.text, .date), (.text, .timestamp), (.date, .text), (.timestamp, .text): true
        default: self == wanted
        }
    }

    /// With its article, where it has one.
    fileprivate var phrase: String {
        switch self {
        case .text: "text"
        case .any: "anything"
        case .int, .object: "an \(rawValue)"
        default: "a \(rawValue)"
        }
    }
}
