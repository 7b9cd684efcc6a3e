import Diagnostics

/// Diagnostics as commands that GitHub Actions makes annotations of: `::error file=jobs/a.yaml,line=3::what is wrong`. It shows ten a
/// level and step, and drops the others without a word: the last of ours counts them.
enum GitHubAnnotations {
    static let most = 10

    static func text(_ diagnostics: [Diagnostic]) -> String {
        [Severity.error, .warning, .note].map { level in
            let found = diagnostics.filter { $0.severity == level }
            let shown = found.count > most ? Array(found.prefix(most - 1)) : found
            let rest = found.count - shown.count
            let name = level == .note ? "notice" : level.rawValue
            return shown.map { annotation($0, name) }.joined()
                + (rest > 0 ? "::\(name)::and \(rest) more; lockstep check shows all\n" : "")
        }.joined()
    }

    private static func annotation(_ diagnostic: Diagnostic, _ level: String) -> String {
        var properties: [String] = []
        if let place = diagnostic.place {
            properties = [
                "file=\(place.file.escapedAsProperty)", "line=\(place.start.line)", "endLine=\(place.end.line)",
            ]
            if place.start.line == place.end.line {
                properties += [
                    "col=\(place.start.column)", "endColumn=\(max(place.start.column, place.end.column - 1))",
                ]
            }
        }
        if !diagnostic.code.isEmpty { properties.append("title=\(diagnostic.code.escapedAsProperty)") }
        let lines = [diagnostic.message, diagnostic.hint].compactMap(\.self) + diagnostic.notes.map(line)
        let message = lines.map { $0.escapedForDisplay.escapedAsData }.joined(separator: "%0A")
        return "::\(level) \(properties.joined(separator: ","))::\(message)\n"
    }

    private static func line(_ note: Diagnostic.Note) -> String {
        (note.place.map { "\($0.fileAndLine): " } ?? "") + note.message
    }
}

extension String {
    /// As the runner of GitHub's Actions reads data.
    fileprivate var escapedAsData: String {
        replacing("%", with: "%25").replacing("\r", with: "%0D").replacing("\n", with: "%0A")
    }

    fileprivate var escapedAsProperty: String {
        escapedForDisplay.escapedAsData.replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}
