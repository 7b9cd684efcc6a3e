internal import CEL
internal import Values

/// The values that the expressions of a definition see.
struct Names: Sendable {
    private(set) var extras: [(String, CELValue)] = []

    init(_ values: [(String, Value)] = []) { extras = values.map { ($0, CELValue($1)) } }

    mutating func set(_ name: String, _ value: Value) { set(name, CELValue(value)) }

    private mutating func set(_ name: String, _ value: CELValue) {
        if let at = extras.firstIndex(where: { $0.0 == name }) {
            extras[at].1 = value
        } else {
            extras.append((name, value))
        }
    }

    func with(_ values: [(String, Value)]) -> Names {
        var names = self
        for (name, value) in values { names.set(name, value) }
        return names
    }

    func with(_ others: Names) -> Names {
        var names = self
        for (name, value) in others.extras { names.set(name, value) }
        return names
    }

    func scope(_ record: Object = Object()) -> Scope { Scope(record: record, celExtras: extras) }
}

extension Program {
    /// What an expression of a definition gives. What is missing on the way to a value is null: answers leave out what is empty.
    func find(_ names: Names, _ record: Object = Object()) throws(AskFailure) -> Value {
        try findIfThere(names, record) ?? .null
    }

    /// What an expression of a definition gives; nil where something is missing on the way to it.
    func findIfThere(_ names: Names, _ record: Object) throws(AskFailure) -> Value? {
        do throws(EvaluationFailure) {
            return try evaluate(names.scope(record))
        } catch {
            if error.fault.isAbsence { return nil }
            throw .broken("the expression '\(source)' of the connector fails: \(error.message)")
        }
    }

    /// Whether a condition holds; one that asks for what is missing does not.
    func holds(_ names: Names, _ record: Object = Object()) throws(AskFailure) -> Bool {
        do throws(EvaluationFailure) {
            return try evaluateBool(names.scope(record))
        } catch {
            if error.fault.isAbsence { return false }
            throw .broken("the expression '\(source)' of the connector fails: \(error.message)")
        }
    }
}

extension Fault {
    /// Whether something was asked for that is not there.
    fileprivate var isAbsence: Bool {
        switch self {
        case .noField, .noKey, .fieldOf, .outOfBounds, .emptyOptional, .noValue: true
        // APIs send null for false.
        case .notBool(let kind): kind == "null"
        // Comparing what is missing with a number.
        case .noOverload(_, let kinds): kinds.contains("null")
        default: false
        }
    }
}

extension Value {
    /// As a word of a request: a parameter, a header, a part of a path. nil for null, which leaves it out.
    var word: String? {
        if case .null = self { return nil }
        return ValueType.text.spell(self)
    }
}
