/// The stable names of what can be wrong with a YAML text.
package enum MistakeCode: String, CaseIterable, Sendable {
    case syntax = "yaml-syntax"
    case indentation
    case tab = "tab-in-indentation"
    case needsQuotes = "needs-quotes"
    case notClosed = "not-closed"
    case unknownEscape = "unknown-escape"
    case encoding = "wrong-encoding"
    case forbiddenCharacter = "forbidden-character"
    case severalDocuments = "several-documents"
    case duplicateKey = "duplicate-key"
    case complexKey = "complex-key"
    case mergeKey = "merge-key"
    case unknownAnchor = "unknown-anchor"
    case recursiveAnchor = "recursive-anchor"
    case tooManyAliases = "too-many-aliases"
    case tooDeep = "too-deep"
    case unknownTag = "unknown-tag"
    case wrongTag = "wrong-tag"
}
