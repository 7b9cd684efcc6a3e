/// Why an evaluation, or a part of it, has no result.
package enum Fault: Error, Sendable, Hashable {
    /// The record, or an object inside it, lacks a field; named with the way to it, as far as that is known.
    case noField(String)
    case noKey(String)
    /// A field was asked of what has none: `kind` is null, a number …
    case fieldOf(kind: String, field: String)
    /// An operator or a function was given kinds that it does not take.
    case noOverload(function: String, kinds: [String])
    case notBool(kind: String)
    case overflow(operation: String)
    case divisionByZero
    case outOfBounds(index: String, count: Int)
    case outOfRange(String)
    case cannotConvert(String, to: String)
    case unknownZone(String)
    case badKey(kind: String)
    case repeatedKey(String)
    case badPattern(String, reason: String)
    case badFormat(String)
    case unknownFunction(String)
    case notBuilt(String)
    case notForRecords(String)
    case noValue(of: String)
    /// The value of `optional.none()` was asked for.
    case emptyOptional
    case tooCostly(steps: Int)
    case tooLarge(bytes: Int)
}

extension Fault {
    /// The stable name of the kind of failure.
    package var code: ExpressionCode {
        switch self {
        case .noField, .noKey: .noSuchField
        case .fieldOf, .noOverload, .notBool, .badKey, .notForRecords: .wrongKind
        case .overflow, .outOfRange, .outOfBounds: .outOfRange
        case .divisionByZero: .divisionByZero
        case .cannotConvert: .cannotConvert
        case .repeatedKey: .repeatedKey
        case .unknownZone: .unknownTimeZone
        case .badPattern: .badPattern
        case .badFormat: .badPlaceholder
        case .unknownFunction: .unknownFunction
        case .notBuilt: .notBuilt
        case .noValue, .emptyOptional: .noValue
        case .tooCostly, .tooLarge: .tooCostly
        }
    }

    package var message: String {
        switch self {
        case .noField(let name): "no field '\(name)'"
        case .noKey(let key): "no key \(key)"
        case .fieldOf(let kind, let field): "'\(field)' is asked of \(kind), which has no fields"
        case .noOverload(let function, let kinds):
            "'\(function)' does not take \(kinds.isEmpty ? "no arguments" : kinds.joined(separator: ", "))"
        case .notBool(let kind): "expected bool, found \(kind)"
        case .overflow(let operation): "the result of '\(operation)' does not fit 64 bits"
        case .divisionByZero: "division by zero"
        case .outOfBounds(let index, let count): "no index \(index) among \(count)"
        case .outOfRange(let what): "\(what) is out of range"
        case .cannotConvert(let value, let type): "\(value) is no \(type)"
        case .unknownZone(let name): "no time zone \(name)"
        case .badKey(let kind): "\(kind) cannot be a key"
        case .repeatedKey(let key): "the key \(key) stands twice"
        case .badPattern(let pattern, let reason): "\(pattern) is no pattern: \(reason)"
        case .badFormat(let reason): reason
        case .unknownFunction(let name): "no function '\(name)'"
        case .notBuilt(let part): "\(part) not built yet"
        case .notForRecords(let what): "\(what) is no value that a record can hold"
        case .noValue(let name): "no value was given for '\(name)'"
        case .emptyOptional: "the optional holds no value"
        case .tooCostly(let steps): "the evaluation takes more than \(steps) steps"
        case .tooLarge(let bytes): "the evaluation makes more than \(Fault.size(bytes)) of values"
        }
    }

    private static func size(_ bytes: Int) -> String {
        bytes >= 1 << 20 ? "\(bytes >> 20) MiB" : "\(bytes >> 10) KiB"
    }

    /// What to write instead, where that can be told.
    package var hint: String? {
        switch self {
        case .noOverload(let function, let kinds)
        where ["+", "-", "*", "/"].contains(function) && kinds.contains("int")
            && (kinds.contains("double") || kinds.contains("decimal")):
            "convert one side: double(x) or int(x)"
        case .noOverload("+", let kinds) where kinds.contains("text"): "convert the other side: string(x)"
        case .fieldOf("null", _): "ask has(…) first"
        case .unknownZone: "such as 'Europe/Berlin', 'UTC' or '+05:30'"
        case .emptyOptional: "say what stands in its place: x.orValue(y)"
        case .notForRecords("an optional"): "take its value: x.orValue(null)"
        default: nil
        }
    }

    /// Whether `&&`, `||` and their like may go on past it.
    var isAbsorbable: Bool {
        switch self {
        case .tooCostly, .tooLarge: false
        default: true
        }
    }
}

/// Why an expression gave no value for a record, and which part of it is to blame.
package struct EvaluationFailure: Error, Sendable, Hashable {
    package let fault: Fault
    package let span: Span

    package init(_ fault: Fault, _ span: Span) {
        self.fault = fault
        self.span = span
    }

    package var message: String { fault.message }
}
