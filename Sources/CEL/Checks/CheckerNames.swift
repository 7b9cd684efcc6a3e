import Diagnostics

// Names, fields and elements.
extension Checker {
    /// The type of what a name, or a name with dots, stands for; nil for every other expression.
    mutating func named(_ expression: Expr) -> CELType? {
        switch expression.kind {
        case .name, .select(_, _, false): break
        default: return nil
        }
        switch names.reference(expression) {
        case .variable(let slot): return type(ofVariable: slot)
        case .given(let name, _): return environment.type(ofVariable: name)
        case .type(let name): return .type(CELType(name))
        case .field(let type):
            guard case .name(let name, _) = expression.kind else { return nil }
            return field(name, orType: type, expression.span)
        case nil: return nil
        }
    }

    private mutating func field(_ name: String, orType type: TypeName?, _ span: Span) -> CELType {
        guard let record = environment.record else {
            if let type { return .type(CELType(type)) }
            let near = nearestName(to: name, in: environment.variables.map(\.name)).map { "did you mean '\($0)'?" }
            report(.noSuchField, "nothing is named '\(name)'", span, hint: near)
            return .dyn
        }
        if let known = record[name] { return known }
        if name == "record", record.isClosed || !record.names.isEmpty { return .object(record) }
        guard record.isClosed else { return .dyn }
        if let type { return .type(CELType(type)) }
        unknown(name, in: record, span)
        return .dyn
    }

    private mutating func unknown(_ field: String, in object: ObjectType, _ span: Span) {
        let near = nearestName(to: field, in: object.names).map { "did you mean '\($0)'?" }
        report(.noSuchField, "no field '\(field)'", span, hint: near)
    }

    /// An optional is looked into as what it holds, and gives optionals again.
    mutating func looked(
        into holder: CELType, _ isOptional: Bool, _ look: (inout Checker, CELType) -> CELType
    ) -> CELType {
        let content = inference.head(holder).optionalContent
        let found = look(&self, content ?? holder)
        return isOptional || content != nil ? .optional(found) : found
    }

    mutating func member(_ field: String, of type: CELType, _ span: Span) -> CELType {
        switch inference.head(type) {
        case .dyn: return .dyn
        case .map(_, let value): return value
        case .object(let object):
            if let known = object[field] { return known }
            // The name stands last in its span.
            let name = Span(max(Int(span.start), Int(span.end) - field.utf8.count), Int(span.end))
            if object.isClosed { unknown(field, in: object, name) }
            return .dyn
        case .nullable(let inner): return member(field, of: inner, span)
        case .variable:
            _ = inference.isAssignable(.dyn, to: type)
            return .dyn
        case let other:
            report(.typeMismatch, "'\(field)' is asked of \(other.word), which has no fields", span)
            return .dyn
        }
    }

    mutating func element(of holder: CELType, at position: CELType, _ index: Expr, _ span: Span) -> CELType {
        switch inference.head(holder) {
        case .dyn: return .dyn
        case .object(let object):
            guard case .literal(.text(let name)) = index.kind else { break }
            if object[name] == nil, object.isClosed { unknown(name, in: object, index.span) }
            return object[name] ?? .dyn
        default: break
        }
        let table = isStrict ? SignatureTable.indexing : SignatureTable.looseIndexing
        if let type = resolve(table, [holder, position]) { return type }
        mismatch("[]", [holder, position], table, span)
        return .dyn
    }

    /// `has(a.b)`; of ours also `has(a)`.
    mutating func has(_ operand: Expr) -> CELType {
        if case .select(let holder, let field, _) = operand.kind {
            guard names.reference(operand) == nil else { return .bool }
            let holder = type(holder)
            _ = looked(into: holder, false) { checker, holder in checker.member(field, of: holder, operand.span) }
        } else {
            _ = type(operand)
            if isStrict { report(.syntax, "has() takes a field, such as has(user.email)", operand.span) }
        }
        return .bool
    }
}
