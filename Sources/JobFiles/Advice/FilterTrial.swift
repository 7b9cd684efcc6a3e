import CEL
import Values

/// Whether filters that must all pass can pass at all: tried on records in which each field takes every value that
/// could make a difference.
///
/// Of comparisons with constants those are the constants, what lies between, below and above them, nothing, and no such
/// field. A condition of another kind (`title.startsWith('x')`) may come to true or false in any record: the same text
/// to the same. So 'never' and 'always' are certain, and 'depends' is not.
struct FilterTrial {
    enum Verdict { case never, always, depends }

    private let filters: [Program]
    /// So many records are tried; where there would be more, nothing is said.
    private static let most = 20_000

    init(_ filters: [Program]) { self.filters = filters }

    var verdict: Verdict {
        var conditions = FilterConditions()
        let terms = filters.map { conditions.simplified($0.expression) }
        let whole = terms.count == 1 ? terms[0] : Expr(.logic(.and, terms), terms[0].span)
        guard let fields = conditions.fields, let program = program(whole, conditions.unknowns) else { return .depends }
        let unknowns = conditions.unknowns.count
        let choices = fields.map(\.values.count) + Array(repeating: 2, count: unknowns)
        guard choices.reduce(1, { min($0 * $1, Self.most + 1) }) <= Self.most else { return .depends }
        return tried(program, fields, conditions.unknowns, choices)
    }

    private func program(_ expression: Expr, _ unknowns: [String]) -> Program? {
        var options = CompileOptions.filter
        options.names = unknowns
        options.isChecked = false
        return try? Expression.compile(expression.source, options)
    }

    private func tried(
        _ program: Program, _ fields: [FilterConditions.Field], _ unknowns: [String], _ choices: [Int]
    ) -> Verdict {
        var (sawTrue, sawOther) = (false, false)
        var digits = Array(repeating: 0, count: choices.count)
        repeat {
            var record = Object()
            for (at, field) in fields.enumerated() {
                if let value = field.values[digits[at]] { _ = record.set(value, at: field.path) }
            }
            let extras = unknowns.enumerated().map { ($1, Value.bool(digits[fields.count + $0] == 1)) }
            // A filter that fails lets nothing pass; what it would come to is not known.
            if let isTrue = try? program.evaluateBool(Scope(record: record, extras: extras)) {
                if isTrue { sawTrue = true } else { sawOther = true }
            }
            if sawTrue, sawOther { return .depends }
        } while next(&digits, choices)
        return sawTrue ? .always : .never
    }

    /// The next of all combinations; false past the last.
    private func next(_ digits: inout [Int], _ choices: [Int]) -> Bool {
        for at in digits.indices {
            digits[at] += 1
            if digits[at] < choices[at] { return true }
            digits[at] = 0
        }
        return false
    }
}
