import Diagnostics

/// The stable names of what can be wrong with a YAML text.
package enum MistakeCode: String, DiagnosticCode {
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

    package var meaning: String {
        switch self {
        case .syntax: "a text is no YAML"
        case .indentation: "a line is indented so that it belongs to nothing above"
        case .tab: "a line is indented with a tab"
        case .needsQuotes: "a text means something else to YAML without quotes"
        case .notClosed: "a quote or a bracket is not closed"
        case .unknownEscape: "a backslash in double quotes begins no escape that there is"
        case .encoding: "a file is not UTF-8"
        case .forbiddenCharacter: "a character stands in a file that YAML does not allow"
        case .severalDocuments: "a file holds more than one document"
        case .duplicateKey: "a mapping has the same key twice"
        case .complexKey: "a list or a mapping is used as a key"
        case .mergeKey: "a mapping is merged into another with '<<'"
        case .unknownAnchor: "an alias names an anchor that does not stand above it"
        case .recursiveAnchor: "an alias stands inside the value that it repeats"
        case .tooManyAliases: "aliases of aliases repeat more than any file needs"
        case .tooDeep: "values nest deeper than any file needs"
        case .unknownTag: "a value has a tag that means nothing here"
        case .wrongTag: "a value is not what its tag says"
        }
    }
}
