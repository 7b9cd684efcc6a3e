/// Shows diagnostics to a person: the place, the sentence, the line with a caret under it, and what to do.
///
///     jobs/helpdesk.yaml:23:9: error: no column 'priorty' in clients [unknown-field]
///        23 |       - priorty <-> urgency
///           |         ^~~~~~~ did you mean 'priority'?
///
/// Whatever the texts and messages hold is escaped for display.
package struct HumanRenderer: Sendable {
    /// Whether to use the colours of ANSI terminals. The renderer never decides by itself.
    private let color: Bool
    /// How many columns of a source line are shown at most.
    private let width: Int
    private let source: @Sendable (_ file: String) -> SourceText?

    /// - Parameter source: the text of a file that a place names; nil leaves its lines out.
    package init(
        color: Bool = false, width: Int = 100, source: @escaping @Sendable (_ file: String) -> SourceText?
    ) {
        self.color = color
        self.width = max(20, width)
        self.source = source
    }

    /// The lines for diagnostics in the order given, each line with its line feed.
    package func render(_ diagnostics: [Diagnostic]) -> String {
        var page = Page(renderer: self)
        for diagnostic in diagnostics { page.add(diagnostic) }
        return page.text
    }

    package func render(_ diagnostic: Diagnostic) -> String {
        render([diagnostic])
    }

    /// How many there are of each kind, such as `2 errors, 1 warning`; `no errors` where there are neither.
    package static func summary(of diagnostics: [Diagnostic]) -> String {
        let counts = [(Severity.error, "error"), (.warning, "warning")].compactMap { severity, word -> String? in
            let count = diagnostics.count { $0.severity == severity }
            return count == 0 ? nil : "\(count) \(word)\(count == 1 ? "" : "s")"
        }
        return counts.isEmpty ? "no errors" : counts.joined(separator: ", ")
    }

    /// The text so far.
    private struct Page {
        let renderer: HumanRenderer
        var text = ""
        private var lastLine = LastLine()

        init(renderer: HumanRenderer) {
            self.renderer = renderer
        }

        mutating func add(_ diagnostic: Diagnostic) {
            let code = diagnostic.code.isEmpty ? "" : " [\(diagnostic.code)]"
            let hint = diagnostic.hint?.escapedForDisplay
            head(diagnostic.place, diagnostic.severity, diagnostic.message.escapedForDisplay + code)
            snippet(diagnostic.place, diagnostic.severity, hint: hint)
            for note in diagnostic.notes {
                head(note.place, .note, note.message.escapedForDisplay)
                snippet(note.place, .note, hint: nil)
            }
        }

        private mutating func head(_ place: Place?, _ severity: Severity, _ message: String) {
            if let place {
                let start = "\(place.file.escapedForDisplay):\(place.start.line):\(place.start.column):"
                text += paint(start, .bold) + " "
            }
            text += paint("\(severity.rawValue):", .of(severity)) + " \(message)\n"
        }

        private mutating func snippet(_ place: Place?, _ severity: Severity, hint: String?) {
            guard let place, let line = line(of: place) else {
                if let hint { text += "        \(hint)\n" }
                return
            }
            let start = max(0, place.start.column - 1)
            let isOneLine = place.end.line == place.start.line
            let end = isOneLine ? max(start, place.end.column - 1) : max(start, line.count)
            let excerpt = Excerpt(line, marking: start..<end, limit: renderer.width)
            let number = String(place.start.line)
            let gutter = String(repeating: " ", count: max(0, 5 - number.utf8.count)) + number
            text += gutter + " |" + (excerpt.text.isEmpty ? "" : " \(excerpt.text)") + "\n"
            let caret = "^" + String(repeating: "~", count: excerpt.width - 1)
            text += String(repeating: " ", count: gutter.utf8.count) + " | "
            text += String(repeating: " ", count: excerpt.indent) + paint(caret, .of(severity))
            text += (hint.map { " \($0)" } ?? "") + "\n"
        }

        private mutating func line(of place: Place) -> [Unicode.Scalar]? {
            guard let source = renderer.source(place.file) else { return nil }
            return lastLine.scalars(ofLine: place.start.line, in: source)
        }

        private func paint(_ text: String, _ style: Style) -> String {
            renderer.color ? "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m" : text
        }
    }

    /// The parameters of ANSI's 'select graphic rendition'.
    private enum Style: String {
        case bold = "1"
        case red = "1;31"
        case yellow = "1;33"
        case cyan = "1;36"

        static func of(_ severity: Severity) -> Style {
            switch severity {
            case .error: .red
            case .warning: .yellow
            case .note: .cyan
            }
        }
    }
}
