import Diagnostics

// Keys, entries and values that stand where YAML does not look for them.
extension SyntaxSentences {
    /// A second `: ` on a line, or a line that stands deeper than the value above it.
    var colon: Diagnostic {
        tab ?? deeperLine
            ?? Diagnostic(
                .needsQuotes, "this line holds ': ' twice, and so two keys", at: rest(entryStart),
                hint: optionsAdvice ?? quotingAdvice(from: entryStart))
    }

    /// `match: a <-> b: {type: int}`: an entry with options, on the line of its key.
    private var optionsAdvice: String? {
        let rest = line[(problem.at.column - 1)...].drop { $0 == ":" || $0.isBlank }
        guard !isItem, rest.first == "{", line.last(where: { !$0.isBlank }) == "}" else { return nil }
        return "begin a list below: - \(line[(entryStart.column - 1)...].text)"
    }

    private var deeperLine: Diagnostic? {
        let before = line.prefix(problem.at.column - 1)
        let hasColon = before.indices.contains { before[$0] == ":" && $0 + 1 < line.count && line[$0 + 1].isBlank }
        guard !hasColon, let above = lineAbove(), let column = line.firstIndex(where: { !$0.isBlank }) else {
            return nil
        }
        let start = Position(line: problem.at.line, column: column + 1)
        let key = place(start, length: max(1, problem.at.column - start.column))
        if let colon = unspacedColon(above.text) {
            return Diagnostic(
                .syntax, "a blank is missing after ':'",
                at: place(Position(line: above.number, column: colon + 1)))
        }
        let first = (above.text.firstIndex { !$0.isBlank } ?? 0) + 1
        return Diagnostic(
            .indentation, "this line cannot stand here: line \(above.number) holds a value already", at: key,
            hint: "check the indentation",
            notes: [.init("the value stands here", at: rest(Position(line: above.number, column: first)))])
    }

    /// The colon of a line such as `a:b`, which YAML reads as one text.
    private func unspacedColon(_ text: [Unicode.Scalar]) -> Int? {
        let colons = text.indices.filter { text[$0] == ":" }
        let isPlain = colons.allSatisfy { $0 + 1 < text.count && !text[$0 + 1].isBlank }
        return isPlain ? colons.first : nil
    }

    /// Where the entry of the line begins: behind its dashes, or else behind its first `: `.
    private var entryStart: Position {
        var column = line.firstIndex { !$0.isBlank } ?? 0
        while column + 1 < line.count, line[column] == "-", line[column + 1].isBlank {
            column = line[(column + 1)...].firstIndex { !$0.isBlank } ?? line.count
        }
        if !isItem {
            let colon = line.indices.first { line[$0] == ":" && $0 + 1 < line.count && line[$0 + 1].isBlank }
            if let colon, colon + 1 < problem.at.column {
                column = line[(colon + 1)...].firstIndex { !$0.isBlank } ?? column
            }
        }
        return Position(line: problem.at.line, column: column + 1)
    }

    var missingColon: Diagnostic {
        let start = problem.contextAt ?? problem.at
        return Diagnostic(.syntax, "':' is missing after this key", at: rest(start))
    }

    var misplacedKey: Diagnostic {
        guard let start = problem.contextAt else { return stray }
        if scalar(problem.at) == "-" {
            return Diagnostic(
                .indentation, "a list entry cannot stand among the keys of a mapping", at: rest(problem.at),
                notes: [.init("the mapping begins here", at: word(start))])
        }
        if problem.at.column == start.column || !isFirst { return stray }
        return Diagnostic(
            .indentation, "the indentation of this line fits no line above", at: rest(problem.at),
            notes: [.init("the keys of this mapping begin in column \(start.column)", at: word(start))])
    }

    var misplacedItem: Diagnostic {
        guard let start = problem.contextAt, isFirst else { return stray }
        let note = Diagnostic.Note("the list begins here, in column \(start.column)", at: rest(start))
        if problem.at.column == start.column, scalar(problem.at) != "-" {
            return Diagnostic(
                .syntax, "'- ' is missing before this entry of a list", at: rest(problem.at), notes: [note])
        }
        return Diagnostic(
            .indentation, "the indentation of this line fits no line above", at: rest(problem.at), notes: [note])
    }

    var misplacedDash: Diagnostic {
        if let bracket = problem.openBracket {
            let close = bracket.character == "[" ? "]" : "}"
            return Diagnostic(
                .syntax, "'- ' cannot stand inside \(bracket.character) \(close)", at: rest(problem.at),
                hint: "leave it out, or put the text in quotes")
        }
        return Diagnostic(
            .syntax, "a list cannot begin on the line of its key", at: rest(problem.at),
            hint: "begin it on the next line, or put the text in quotes")
    }

    var strayText: Diagnostic { tab ?? stray }

    private var stray: Diagnostic {
        Diagnostic(.syntax, "this does not belong to what stands above", at: rest(problem.at))
    }

    /// Whether nothing but blanks stands before the problem on its line.
    private var isFirst: Bool {
        line.prefix(problem.at.column - 1).allSatisfy(\.isBlank)
    }
}
