import Diagnostics

/// What can be wrong with a YAML text: the facts. The sentences are made in `MistakeSentences` and `SyntaxSentences`.
enum Mistake: Error {
    case syntax(SyntaxProblem)
    case utf16(at: Place)
    case notUTF8(byte: UInt8, at: Place)
    case forbidden(Unicode.Scalar, at: Place)
    case severalDocuments(at: Place)
    case duplicateKey(String, at: Place, first: Place)
    case complexKey(at: Place)
    case mergeKey(at: Place)
    case unknownAnchor(String, at: Place, nearest: String?)
    case anchorInsideItself(String, at: Place)
    case tooManyAliased(at: Place)
    case tooDeep(at: Place)
    case unknownTag(String, at: Place, inBrackets: Bool)
    case wrongTag(Tag, String, at: Place)

    /// Whether the tree that was read nevertheless says all that the text says, each key once.
    var leavesTreeWhole: Bool {
        if case .duplicateKey = self { true } else { false }
    }
}

/// Where libyaml gave up, in its words, and what was open at that point.
struct SyntaxProblem: Error {
    /// What libyaml says, such as `did not find expected key`.
    var problem: String
    var at: Position
    /// What it was doing, such as `while parsing a block mapping`; empty if it does not say.
    var context: String
    var contextAt: Position?
    /// The quoted text or flow collection that was closed last.
    var closed: Closed?
    /// The innermost bracket that is open.
    var openBracket: Bracket?

    struct Closed {
        var start: Position
        var end: Position
        var isQuoted: Bool
    }
}
