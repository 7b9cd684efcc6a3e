import CEL
import Diagnostics
import Model
import Values

extension Advice {
    /// A variable of a macro that is called as a field which the sync knows, or as another variable around it; and a
    /// field called `value` in a conversion, where that name stands for the value.
    static let shadowedNames = Advice { meant, findings in
        for (_, sync) in meant.syncs {
            let known = Sides(left: knownFields(.left, of: sync), right: knownFields(.right, of: sync))
            for (program, side, isConversion) in programs(of: sync) {
                var hidden = HiddenNames(program, known[side])
                for name in hidden.all() {
                    findings.add(
                        .shadowedName,
                        "'\(name.name)' stands for an element here, and hides the \(name.what) "
                            + "'\(name.name)'", at: program.located.place(of: name.span),
                        hint: "call one of them otherwise")
                }
                guard isConversion, known[side].contains("value"), hidden.reads("value") else { continue }
                findings.add(
                    .shadowedName, "'value' stands for the value to convert here, and hides the field 'value'",
                    at: program.located.place(of: program.expression.span), hint: "the field is 'record.value'")
            }
        }
    }

    /// The names at the top of a record that the arrows, keys and filter of a side speak of.
    private static func knownFields(_ side: Side, of sync: Sync) -> Set<String> {
        var paths = sync.fields.compactMap { $0.path(on: side) }
        paths += sync.match.compactMap { if case .field(let path) = $0.keys[side] { path } else { nil } }
        return Set(paths.compactMap { $0.steps.first?.text })
    }

    /// Each expression, with the side whose record it reads.
    private static func programs(of sync: Sync) -> [(Program, Side, isConversion: Bool)] {
        var all: [(Program, Side, isConversion: Bool)] = []
        for side in Side.allCases {
            if let filter = sync.collections[side].filter { all.append((filter, side, false)) }
            for end in sync.fields.map(\.ends) + sync.match.map(\.keys) {
                if case .expression(let program) = end[side] { all.append((program, side, false)) }
            }
            // `to_right` reads the record of the left.
            for field in sync.fields {
                if let program = field.conversions[side.other] { all.append((program, side, true)) }
            }
        }
        return all
    }
}

/// The variables of an expression that hide something.
private struct HiddenNames {
    struct Name {
        var name: String
        var what: String
        var span: Span
    }

    private let program: Program
    private let fields: Set<String>
    private var found: [Name] = []

    init(_ program: Program, _ fields: Set<String>) {
        self.program = program
        self.fields = fields
    }

    mutating func all() -> [Name] {
        walk(program.expression, [])
        return found
    }

    func reads(_ name: String) -> Bool { Self.reads(name, program.expression) }

    private static func reads(_ name: String, _ expression: Expr) -> Bool {
        if case .name(name, _) = expression.kind { return true }
        return expression.kind.children.contains { reads(name, $0) }
    }

    private mutating func walk(_ expression: Expr, _ variables: Set<String>) {
        var inner = variables
        switch expression.kind {
        case .comprehension(let it):
            walk(it.target, variables)
            for variable in [it.variable, it.second].compactMap({ $0 }) { note(variable, expression.span, &inner) }
            for part in [it.predicate, it.transform].compactMap({ $0 }) { walk(part, inner) }
        case .bind(let variable, let value, let body):
            walk(value, variables)
            note(variable, expression.span, &inner)
            walk(body, inner)
        default: for child in expression.kind.children { walk(child, variables) }
        }
    }

    private mutating func note(_ variable: String, _ span: Span, _ variables: inout Set<String>) {
        if variables.contains(variable) {
            found.append(Name(name: variable, what: "variable", span: span))
        } else if fields.contains(variable) {
            found.append(Name(name: variable, what: "field", span: span))
        }
        variables.insert(variable)
    }
}
