import Diagnostics
import Model

/// Text with `${NAME}` and `${file:PATH}` in it, as settings have it; `$${` stands for a literal `${`.
struct TemplateText {
    var template: Template
    /// The variables that it names, and where.
    var variables: [Placed<String>]

    /// nil where a `${` names nothing; that is reported.
    init?(_ text: PlacedText, _ findings: inout Findings) {
        var scan = Scan(text)
        guard scan.run(&findings) else { return nil }
        template = Template(parts: scan.parts)
        variables = scan.variables
    }

    private struct Scan {
        let text: PlacedText
        var parts: [Template.Part] = []
        var variables: [Placed<String>] = []
        private var pending = ""
        private var at: Int

        init(_ text: PlacedText) {
            self.text = text
            at = text.scalars.startIndex
        }

        private func starts(with opening: String) -> Bool {
            text.scalars[at...].starts(with: opening.unicodeScalars)
        }

        mutating func run(_ findings: inout Findings) -> Bool {
            var isRight = true
            while at < text.scalars.endIndex {
                if starts(with: "$${") {
                    pending += "${"
                    at += 3
                } else if starts(with: "${") {
                    if !reference(&findings) { isRight = false }
                } else {
                    pending.unicodeScalars.append(text.scalars[at])
                    at += 1
                }
            }
            flush()
            return isRight
        }

        private mutating func flush() {
            if !pending.isEmpty { parts.append(.text(pending)) }
            pending = ""
        }

        private mutating func reference(_ findings: inout Findings) -> Bool {
            let start = at
            guard let end = text.scalars[start...].firstIndex(of: "}") else {
                findings.add(
                    .badReference, "this '${' is not closed", at: text.place(of: start..<start + 2),
                    hint: "such as ${NAME}; a literal '${' is written '$${'")
                at = text.scalars.endIndex
                return false
            }
            let inner = text.part(start + 2..<end)
            let place = text.place(of: start..<end + 1)
            at = end + 1
            guard let part = TemplateText.part(inner.text) else {
                TemplateText.report(inner.text, at: place, &findings)
                return false
            }
            flush()
            parts.append(part)
            if case .variable(let name) = part { variables.append(Placed(name, at: place)) }
            return true
        }
    }

    private static func part(_ inner: String) -> Template.Part? {
        if inner.hasPrefix("file:") {
            let path = String(inner.dropFirst(5))
            return path.isEmpty ? nil : .file(path)
        }
        return isVariableName(inner) ? .variable(inner) : nil
    }

    private static func report(_ inner: String, at place: Place, _ findings: inout Findings) {
        if inner.isEmpty || inner == "file:" {
            let what = inner.isEmpty ? "variable" : "file"
            findings.add(
                .badReference, "'${\(inner)}' names no \(what)", at: place, hint: "such as ${NAME} or ${file:PATH}")
            return
        }
        if let colon = inner.firstIndex(of: ":") {
            findings.add(
                .badReference, "'\(inner[...colon])' is no kind of reference", at: place,
                hint: inner.hasPrefix("env:")
                    ? "write ${\(inner.dropFirst(4))}" : "there are ${NAME} and ${file:PATH}")
            return
        }
        findings.add(
            .badReference, "'\(shortened(inner))' is no name of an environment variable", at: place,
            hint: "letters, digits and '_'; a literal '${' is written '$${'")
    }

    private static func isVariableName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
        return text.utf8.allSatisfy {
            (0x61...0x7A).contains($0 | 0x20) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "_")
        }
    }
}
