import Diagnostics

/// The kinds of mistakes that an expression can have: those that its text shows, and those that only a record does.
package enum ExpressionCode: String, DiagnosticCode {
    case syntax = "expression-syntax"
    case tooLong = "expression-too-long"
    case tooDeep = "expression-too-deep"
    case filterNotBool = "filter-not-bool"
    case typeMismatch = "type-mismatch"
    case wrongArgumentCount = "wrong-argument-count"
    case unknownFunction = "unknown-function"
    case unknownTimeZone = "unknown-time-zone"
    case notAField = "not-a-field"
    case notBuilt = "not-built"

    case noSuchField = "no-such-field"
    case wrongKind = "wrong-kind"
    case outOfRange = "out-of-range"
    case divisionByZero = "division-by-zero"
    case cannotConvert = "cannot-convert"
    case repeatedKey = "repeated-key"
    case badPattern = "bad-pattern"
    case badPlaceholder = "bad-placeholder"
    case noValue = "no-value"
    case tooCostly = "too-costly"

    package var meaning: String {
        switch self {
        case .syntax: "a text that must be an expression is none"
        case .tooLong: "an expression is longer than any that a person would write"
        case .tooDeep: "the brackets and operators of an expression nest too deep"
        case .filterNotBool: "a filter answers with something else than true or false"
        case .typeMismatch: "an operator or a function is given a kind of value that it never takes"
        case .wrongArgumentCount: "a function is given too many values, or too few"
        case .unknownFunction: "no function has that name, or it is called in the wrong way"
        case .unknownTimeZone: "no time zone has that name"
        case .notAField: "an expression stands at an end of an arrow that is written"
        case .notBuilt: "a part of the format that this version does not have yet"
        case .noSuchField: "a field is read that the record does not have"
        case .wrongKind: "a value of the record is of a kind that an operator or a function does not take"
        case .outOfRange: "a number is too large, or an index points past the end"
        case .divisionByZero: "a number is divided by zero"
        case .cannotConvert: "a value cannot be made into the wanted kind"
        case .repeatedKey: "an object is made with the same key twice"
        case .badPattern: "a regular expression cannot be read"
        case .badPlaceholder: "a placeholder of 'format' cannot be filled"
        case .noValue: "the value of an empty optional is asked for"
        case .tooCostly: "an expression takes more steps or memory than any record is worth"
        }
    }
}
