package import Diagnostics

/// Where an expression stands in a file that a person wrote.
package enum SourceOrigin: Sendable, Hashable {
    /// The expression stands in the file as it is, character by character, and `at` is the position of its first.
    case copied(file: String, at: Position)
    /// The expression went through escapes or folding on its way: every message points to this place, and says in a
    /// note where in the expression the mistake is.
    case reworked(Place)

    /// An expression that comes from no file, such as an argument of a command.
    package static let standalone = SourceOrigin.copied(file: "expression", at: Position(line: 1, column: 1))
}

/// The text of an expression together with where it came from: makes places and diagnostics of spans.
package struct ExpressionSource: Sendable {
    package let text: String
    package let origin: SourceOrigin

    package init(_ text: String, at origin: SourceOrigin) {
        self.text = text
        self.origin = origin
    }

    /// The text that a span covers.
    package func excerpt(_ span: Span) -> String {
        let bytes = text.utf8
        let start =
            bytes.index(bytes.startIndex, offsetBy: Int(span.start), limitedBy: bytes.endIndex) ?? bytes.endIndex
        let end = bytes.index(bytes.startIndex, offsetBy: Int(span.end), limitedBy: bytes.endIndex) ?? bytes.endIndex
        return start <= end ? String(decoding: bytes[start..<end], as: UTF8.self) : ""
    }

    package func place(of span: Span) -> Place {
        switch origin {
        case .reworked(let place): place
        case .copied(let file, let first):
            Place(
                file: file, start: position(at: span.start, from: first),
                end: position(at: max(span.end, span.start), from: first))
        }
    }

    /// A mistake in the expression, with its place in the file.
    package func diagnostic(
        _ code: ExpressionCode, _ message: String, at span: Span, hint: String? = nil
    ) -> Diagnostic {
        var notes: [Diagnostic.Note] = []
        if case .reworked = origin {
            let column = position(at: span.start, from: Position(line: 1, column: 1))
            let line = column.line == 1 ? "" : "line \(column.line), "
            notes.append(.init("at \(line)column \(column.column) of the expression: \(excerpt(shown(span)))"))
        }
        return Diagnostic(code.severity, code.rawValue, message, at: place(of: span), hint: hint, notes: notes)
    }

    /// What a note quotes: the span, or where that is empty the text from there on.
    private func shown(_ span: Span) -> Span {
        span.end > span.start ? span : Span(Int(span.start), Int(span.start) + 20)
    }

    private func position(at offset: Int32, from first: Position) -> Position {
        var position = first
        for byte in text.utf8.prefix(Int(offset)) {
            if byte == UInt8(ascii: "\n") {
                position.line += 1
                position.column = 1
            } else if byte & 0xC0 != 0x80 {
                position.column += 1
            }
        }
        return position
    }
}
