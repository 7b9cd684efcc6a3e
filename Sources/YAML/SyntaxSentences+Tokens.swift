import Diagnostics

// Brackets, quotes, and characters with a meaning of their own.
extension SyntaxSentences {
    var missingComma: Diagnostic {
        guard let bracket = problem.openBracket else { return stray(expected: "',' or a closing bracket") }
        let close = bracket.character == "[" ? "]" : "}"
        if let variable { return variable }
        if isOutside(bracket.start) { return notClosed(bracket) }
        let note = Diagnostic.Note("'\(bracket.character)' stands here", at: place(bracket.start))
        if scalar(problem.at) == ":" {
            return Diagnostic(
                .needsQuotes, "this entry holds ': ' twice", at: place(problem.at),
                hint: "put the text that holds ': ' in quotes", notes: [note])
        }
        if let found = scalar(problem.at), found == "]" || found == "}" {
            return Diagnostic(
                .syntax, "'\(found)' cannot close '\(bracket.character)'", at: place(problem.at), notes: [note])
        }
        return Diagnostic(
            .syntax, "expected ',' or '\(close)' before this", at: word(problem.at),
            hint: "a text that holds one of ,[]{} needs quotes here", notes: [note])
    }

    /// `${NAME}` inside brackets, where YAML ends the text at the brace.
    private var variable: Diagnostic? {
        let brace = problem.at.column - 1
        guard brace >= 1, brace < line.count, line[brace] == "{", line[brace - 1] == "$" else { return nil }
        let start = Position(line: problem.at.line, column: brace)
        guard let end = line[brace...].firstIndex(of: "}") else {
            return Diagnostic(.needsQuotes, "'${…}' needs quotes inside brackets", at: rest(start))
        }
        let text = line[(brace - 1)...end].text
        return Diagnostic(
            .needsQuotes, "'\(text)' needs quotes inside brackets", at: place(start, length: end - brace + 2),
            hint: "write \(Quoting.quoted(text))")
    }

    private func notClosed(_ bracket: Bracket) -> Diagnostic {
        Diagnostic(
            .notClosed, "'\(bracket.character)' is not closed", at: place(bracket.start),
            notes: scalar(problem.at) == nil ? [] : [.init("this does not belong inside it", at: word(problem.at))])
    }

    private func stray(expected: String) -> Diagnostic {
        Diagnostic(.syntax, "expected \(expected) before this", at: word(problem.at))
    }

    var missingValue: Diagnostic {
        if let bracket = problem.openBracket, isOutside(bracket.start) { return notClosed(bracket) }
        guard let found = scalar(problem.at) else {
            return Diagnostic(.syntax, "the text ends where a value is expected", at: place(problem.at))
        }
        if problem.openBracket != nil {
            if found == "-" { return misplacedDash }
            return Diagnostic(.syntax, "a value is missing before '\(found)'", at: place(problem.at))
        }
        return needsQuotes(found, from: problem.at)
    }

    var openQuote: Diagnostic {
        let start = problem.contextAt ?? problem.at
        return Diagnostic(.notClosed, "this quote is not closed", at: place(start))
    }

    var badStart: Diagnostic? {
        guard let found = scalar(problem.at) else { return nil }
        return found == "\t" ? tabHere(problem.at) : needsQuotes(found, from: problem.at)
    }

    var badAnchor: Diagnostic? {
        let start = problem.contextAt ?? problem.at
        return scalar(start).map { needsQuotes($0, from: start) }
    }

    /// Text behind the `|` or `>` of a block: of an expression that holds `||`, or one that should begin on the next
    /// line.
    var blockHeader: Diagnostic {
        let start = problem.contextAt ?? problem.at
        if let tagStart { return needsQuotes("!", from: tagStart) }
        let mark = scalar(start).map(String.init) ?? "|"
        return Diagnostic(
            .syntax, "text cannot follow '\(mark)' on its line", at: rest(start),
            hint: "begin it on the next line, or put the whole entry in quotes")
    }

    /// The exclamation mark that a value of the line begins with.
    private var tagStart: Position? {
        let mark = line.indices.first { index in
            line[index] == "!" && line.prefix(index).last?.isBlank ?? true
        }
        guard let mark, mark < problem.at.column else { return nil }
        return Position(line: problem.at.line, column: mark + 1)
    }

    /// A backslash in double quotes with a letter that is no escape, or with wrong digits.
    var escape: Diagnostic {
        let start = line.prefix(problem.at.column).lastIndex(of: "\\") ?? problem.at.column - 1
        let letter = start + 1 < line.count ? String(line[start + 1]) : ""
        let here = place(Position(line: problem.at.line, column: start + 1), length: 2)
        let hint = "write '\\\\' for a backslash, or use single quotes, where it stands for itself"
        if problem.problem == "found unknown escape character" {
            return Diagnostic(.unknownEscape, "unknown escape '\\\(letter)' in double quotes", at: here, hint: hint)
        }
        let needed = ["x": 2, "u": 4, "U": 8][letter] ?? 4
        return Diagnostic(
            .unknownEscape, "'\\\(letter)' must be followed by \(needed) hexadecimal digits that name a character",
            at: here, hint: hint)
    }
}
