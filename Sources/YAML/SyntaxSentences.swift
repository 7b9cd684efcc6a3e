import Diagnostics

/// Turns libyaml's terse words into a sentence that a person can act on, by looking at the line where it gave up.
struct SyntaxSentences {
    let problem: SyntaxProblem
    let source: SourceText
    let line: [Unicode.Scalar]

    init(_ problem: SyntaxProblem, in source: SourceText) {
        self.problem = problem
        self.source = source
        line = source.scalars(ofLine: problem.at.line)
    }

    var diagnostic: Diagnostic {
        afterClosed ?? sentence ?? fallback
    }

    private var sentence: Diagnostic? {
        switch problem.problem {
        case "mapping values are not allowed in this context": colon
        case "could not find expected ':'": missingColon
        case "did not find expected key": tab ?? misplacedKey
        case "did not find expected '-' indicator": tab ?? misplacedItem
        case "did not find expected ',' or ']'", "did not find expected ',' or '}'": missingComma
        case "did not find expected node content": missingValue
        case "found unexpected end of stream", "found unexpected document indicator": openQuote
        case "found character that cannot start any token": badStart
        case "did not find expected alphabetic or numeric character": badAnchor
        case "block sequence entries are not allowed in this context": misplacedDash
        case "mapping keys are not allowed in this context": needsQuotes("?", from: problem.at)
        case "did not find expected comment or line break": blockHeader
        case "found unknown escape character", "did not find expected hexdecimal number",
            "found invalid Unicode character escape code":
            escape
        case "did not find expected <document start>": strayText
        case let words where words.contains("tab character"): tabHere(problem.at)
        case "found undefined tag handle": needsQuotes("!", from: problem.at)
        case _ where problem.context.hasSuffix(" a tag"): needsQuotes("!", from: problem.contextAt ?? problem.at)
        default: nil
        }
    }

    /// libyaml's own words, for what nobody writes by accident.
    private var fallback: Diagnostic {
        var notes: [Diagnostic.Note] = []
        if let start = problem.contextAt, start != problem.at {
            notes.append(.init("it went wrong \(problem.context)", at: place(start)))
        }
        return Diagnostic(.syntax, "this is not valid YAML: \(problem.problem)", at: word(problem.at), notes: notes)
    }

    /// Text that goes on after a closing quote or bracket, such as `'a' + b -> c`.
    private var afterClosed: Diagnostic? {
        guard problem.context.hasPrefix("while parsing") || problem.context.isEmpty,
            problem.problem.hasPrefix("did not find expected"), let closed = problem.closed,
            closed.end.line == problem.at.line, closed.end <= problem.at, let next = scalar(problem.at), next != "#",
            between(closed.end, problem.at).allSatisfy(\.isBlank)
        else { return nil }
        let what = closed.isQuoted ? "quote" : "bracket"
        let message = "text follows the closing \(what) of a value"
        guard closed.start.line == closed.end.line else {
            return Diagnostic(
                .needsQuotes, message, at: rest(problem.at),
                notes: [.init("the value begins here; is a closing \(what) missing?", at: place(closed.start))])
        }
        let isQuoteInside = scalar(closed.start) == "'" && closed.end == problem.at && next.properties.isAlphabetic
        let advice =
            if isQuoteInside {
                "write '' for a quote inside single quotes"
            } else if problem.openBracket != nil {
                "put the whole entry in quotes, or ',' between two"
            } else {
                quotingAdvice(from: closed.start)
            }
        return Diagnostic(.needsQuotes, message, at: rest(closed.start), hint: advice)
    }

    /// A text that YAML takes for something else because of how it begins.
    func needsQuotes(_ mark: Unicode.Scalar, from start: Position) -> Diagnostic {
        let advice = problem.openBracket == nil ? quotingAdvice(from: start) : "put the whole entry in quotes"
        return Diagnostic(.needsQuotes, "a text cannot begin with '\(mark)'", at: rest(start), hint: advice)
    }

    /// What to do about a text that begins at a position and needs quotes.
    func quotingAdvice(from start: Position) -> String {
        Quoting.advice("put the whole \(isItem ? "entry" : "value") in quotes", line, from: start.column - 1)
    }

    /// Whether the line begins with a dash.
    var isItem: Bool {
        let text = line.drop(while: \.isBlank)
        return text.first == "-" && text.dropFirst().first?.isBlank ?? true
    }

    /// The tab that stands in the indentation of the line, if one does.
    var tab: Diagnostic? {
        let column = line.prefix(while: \.isBlank).firstIndex(of: "\t")
        return column.map { tabHere(Position(line: problem.at.line, column: $0 + 1)) }
    }

    func tabHere(_ start: Position) -> Diagnostic {
        Diagnostic(.tab, "a tab cannot indent a line", at: place(start), hint: "use spaces")
    }
}

// Looking at the source.
extension SyntaxSentences {
    func scalar(_ position: Position) -> Unicode.Scalar? {
        let line = source.scalars(ofLine: position.line)
        return line.indices.contains(position.column - 1) ? line[position.column - 1] : nil
    }

    private func between(_ start: Position, _ end: Position) -> ArraySlice<Unicode.Scalar> {
        line[min(start.column - 1, line.count)..<min(end.column - 1, line.count)]
    }

    func place(_ start: Position, length: Int = 1) -> Place {
        Place(file: source.name, line: start.line, column: start.column, length: length)
    }

    /// From a position to the next blank, at least one column.
    func word(_ start: Position) -> Place {
        let text = source.scalars(ofLine: start.line).dropFirst(start.column - 1)
        return place(start, length: max(1, text.prefix { !$0.isBlank }.count))
    }

    /// From a position to the end of what is visible of its line, at least one column.
    func rest(_ start: Position) -> Place {
        let line = source.scalars(ofLine: start.line)
        let end = (line.lastIndex { !$0.isBlank } ?? 0) + 1
        return place(start, length: max(1, end - start.column + 1))
    }

    /// The last line above with anything but blanks and a comment on it.
    func lineAbove() -> (number: Int, text: [Unicode.Scalar])? {
        var number = problem.at.line - 1
        while number >= 1 {
            let text = source.scalars(ofLine: number)
            if let first = text.first(where: { !$0.isBlank }), first != "#" { return (number, text) }
            number -= 1
        }
        return nil
    }

    /// Whether the text ends at the problem, or goes on at the left margin of what encloses it.
    func isOutside(_ start: Position) -> Bool {
        guard problem.at.line > start.line, let column = line.firstIndex(where: { !$0.isBlank }) else {
            return scalar(problem.at) == nil
        }
        let margin = source.scalars(ofLine: start.line).prefix { $0.isBlank }.count
        let closes = line[column] == "]" || line[column] == "}"
        return column <= margin && !closes
    }
}
