import Diagnostics

extension Mistake {
    /// The sentence for a person, with what to do about it.
    func diagnostic(in source: SourceText, _ lines: inout LastLine) -> Diagnostic {
        switch self {
        case .syntax(let problem): SyntaxSentences(problem, in: source).diagnostic
        case .utf16, .notUTF8, .forbidden: characters
        case .severalDocuments, .duplicateKey, .complexKey, .mergeKey: structure
        case .unknownAnchor, .anchorInsideItself, .tooManyAliased, .tooDeep: aliases
        case .unknownTag(let tag, let place, let inBrackets):
            Diagnostic(
                .unknownTag, "unknown tag '\(short(tag))'", at: place,
                hint: Quoting.advice(
                    "a text that begins with '!' needs quotes",
                    inBrackets ? [] : lines.scalars(ofLine: place.start.line, in: source) ?? [],
                    from: place.start.column - 1))
        case .wrongTag(let tag, let text, let place): Mistake.wrongTag(tag, text, place)
        }
    }

    private var characters: Diagnostic {
        switch self {
        case .utf16(let place): Diagnostic(.encoding, "the file is UTF-16", at: place, hint: "save it as UTF-8")
        case .notUTF8(let byte, let place):
            Diagnostic(
                .encoding, "the byte 0x\(hex(UInt32(byte))) is not UTF-8", at: place, hint: Mistake.advice(on: byte))
        case .forbidden(let scalar, let place):
            Diagnostic(
                .forbiddenCharacter, "the character U+\(hex(scalar.value, digits: 4)) cannot stand in YAML", at: place,
                hint: Mistake.advice(on: scalar))
        default: other
        }
    }

    private static func advice(on byte: UInt8) -> String {
        guard byte >= 0xA0 else { return "save the file as UTF-8" }
        return "save the file as UTF-8; in Latin-1 this is '\(Character(Unicode.Scalar(byte)))'"
    }

    private static func advice(on scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0: "if the file is UTF-16, save it as UTF-8"
        case 0x0D: "end lines with LF or CR LF"
        case 0xFEFF: "remove the byte-order mark"
        case 0x80...: "remove it, or write it as \\u\(hex(scalar.value, digits: 4)) in double quotes"
        default: "remove it, or write it as \\x\(hex(scalar.value)) in double quotes"
        }
    }

    private var structure: Diagnostic {
        switch self {
        case .severalDocuments(let place):
            Diagnostic(
                .severalDocuments, "a second document begins here", at: place,
                hint: "a file holds one; put the second into a file of its own")
        case .duplicateKey(let key, let place, let first):
            Diagnostic(
                .duplicateKey, "the key '\(short(key))' stands twice in the same mapping", at: place,
                notes: [.init("'\(short(key))' stands here first", at: first)])
        case .complexKey(let place):
            Diagnostic(
                .complexKey, "a key must be a single value, not a list or a mapping", at: place,
                hint: "if it is text, put it in quotes")
        case .mergeKey(let place):
            Diagnostic(.mergeKey, "merge keys ('<<') are not supported", at: place, hint: "write the keys out")
        default: other
        }
    }

    private var aliases: Diagnostic {
        switch self {
        case .unknownAnchor(let name, let place, let nearest):
            Diagnostic(
                .unknownAnchor, "no anchor '&\(short(name))' stands above this alias", at: place,
                hint: nearest.map { "did you mean '*\($0)'?" } ?? "if it is text, put it in quotes")
        case .anchorInsideItself(let name, let place):
            Diagnostic(
                .recursiveAnchor, "the alias '*\(short(name))' stands inside the value that it repeats", at: place)
        case .tooManyAliased(let place):
            Diagnostic(
                .tooManyAliases, "the aliases up to here repeat more than \(YAMLDocument.mostAliased) values", at: place
            )
        case .tooDeep(let place):
            Diagnostic(.tooDeep, "values nest more than \(YAMLDocument.deepest) deep here", at: place)
        default: other
        }
    }

    private static func wrongTag(_ tag: Tag, _ text: String, _ place: Place) -> Diagnostic {
        let wanted =
            switch tag {
            case .str: "text"
            case .int: "an integer"
            case .float: "a number"
            case .bool: "true or false"
            case .null: "null"
            case .seq: "a list"
            case .map: "a mapping"
            }
        let found = text.isEmpty ? "this value" : "'\(short(text))'"
        return Diagnostic(.wrongTag, "\(found) is not \(wanted), as its tag '!!\(tag.rawValue)' says", at: place)
    }

    /// Not reached: each case has its sentence in one of the groups.
    private var other: Diagnostic { Diagnostic(.syntax, "this is not valid YAML") }
}

extension Diagnostic {
    init(
        _ code: MistakeCode, _ message: String, at place: Place? = nil, hint: String? = nil, notes: [Note] = []
    ) {
        self.init(.error, code.rawValue, message, at: place, hint: hint, notes: notes)
    }
}

/// The beginning of a long text, for a sentence that names it.
private func short(_ text: String) -> String {
    let most = 60
    let start = text.unicodeScalars.prefix(most + 1)
    return start.count > most ? start.dropLast().text + "…" : text
}

private func hex(_ value: UInt32, digits: Int = 2) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.count)) + text
}
