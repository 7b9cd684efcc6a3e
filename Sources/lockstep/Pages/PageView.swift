import Diagnostics
import Values

/// A page for a person: what the code means, and both examples.
struct PageView {
    private let page: Page
    private let findings: String
    private let style: Style
    private let columns: Int

    /// How many lines of a file are shown at most.
    private static let mostLines = 24
    private static let indent = "  "

    /// Paragraphs are broken in a file too: they are written in one line.
    static func columns(_ screen: Screen) -> Int { min(screen.columns ?? 80, 100) }

    /// - Parameter findings: what is said of the wrong example, rendered.
    init(_ page: Page, _ findings: String, _ screen: Screen) {
        self.page = page
        self.findings = findings
        style = screen.style
        columns = Self.columns(screen)
    }

    /// Lines with their line feeds.
    var text: String {
        let severity = style.paint("\(page.severity.rawValue)", page.severity == .error ? .red : .yellow)
        let head = style.paint(page.code, .bold) + " (\(severity))\n" + flowing(page.meaning)
        return [
            head, flowing(page.text), example("wrong:", page.wrong), findings.isEmpty ? nil : flowing(findings, 2),
            example("right:", page.right),
        ].compactMap { $0 }.joined(separator: "\n")
    }

    private func flowing(_ text: String, _ margin: Int = 0) -> String {
        let blanks = String(repeating: " ", count: margin)
        let lines = Wrapping(columns: columns - margin, hang: margin == 0 ? 0 : nil).text(text)
        return lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast(text.hasSuffix("\n") ? 1 : 0)
            .map { $0.isEmpty ? "\n" : blanks + $0 + "\n" }.joined()
    }

    private func example(_ title: String, _ example: Example) -> String {
        let files = example.shown.map { file in
            Self.indent + file.path + "\n" + lines(of: file)
        }
        return style.paint(title, .bold) + "\n" + files.joined()
            + Self.indent + "$ " + example.line.shortenedForDisplay(columns: columns - 4) + "\n"
    }

    private func lines(of file: Example.File) -> String {
        let lines = String(decoding: file.bytes, as: UTF8.self).split(
            separator: "\n", omittingEmptySubsequences: false
        ).dropLast()
        let margin = Self.indent + Self.indent
        let shown = lines.prefix(Self.mostLines).map { line in
            line.isEmpty ? "\n" : margin + String(line).shortenedForDisplay(columns: columns - margin.utf8.count) + "\n"
        }
        let more = lines.count - shown.count
        return shown.joined() + (more > 0 ? margin + "… \(CountWords.count(more, "more line"))\n" : "")
    }

    /// All codes, by subject.
    static func list(_ style: Style) -> String {
        let width = Pages.all.map(\.code.utf8.count).max() ?? 0
        let subjects = Pages.subjects.map { subject in
            let rows = subject.pages.map { page in
                let blanks = String(repeating: " ", count: width - page.code.utf8.count)
                let severity = page.severity == .error ? "error  " : "warning"
                return indent + page.code + blanks + "  " + severity + "  " + page.meaning + "\n"
            }
            return style.paint(subject.title, .bold) + "\n" + rows.joined()
        }
        return subjects.joined(separator: "\n") + "\n'lockstep explain CODE' tells more of one\n"
    }
}

extension Example {
    /// What a person would type to see it.
    var line: String {
        let variables = environment.sorted { $0.key.precedesByBytes($1.key) }.map { "\($0)=\($1) " }.joined()
        switch command {
        case .check: return variables + "lockstep check"
        case .test: return variables + "lockstep test"
        case .schedule: return variables + "lockstep schedule"
        case .plan: return variables + "lockstep plan"
        case .online: return variables + "lockstep check --online"
        case .eval(let expression):
            let quote = expression.contains("'") ? "\"" : "'"
            return "lockstep eval \(quote)\(expression)\(quote) --record record.json"
        }
    }
}
