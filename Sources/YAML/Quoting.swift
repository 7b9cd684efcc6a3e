/// How a text that YAML reads otherwise is written.
package enum Quoting {
    /// The longest text that a hint repeats.
    private static let longest = 80

    /// The text in quotes: double ones where nothing needs an escape, else single ones.
    package static func quoted(_ text: String) -> String {
        let scalars = text.unicodeScalars
        if !scalars.contains("\"") && !scalars.contains("\\") { return "\"\(text)\"" }
        return "'" + scalars.flatMap { $0 == "'" ? [$0, $0] : [$0] }.text + "'"
    }

    /// The advice, and after a colon the quoted text where it is clear how far the text goes: to the line's end, or to
    /// the colon there.
    static func advice(_ sentence: String, _ line: [Unicode.Scalar], from start: Int) -> String {
        let end = (line.lastIndex { !$0.isBlank } ?? -1) + 1
        guard start < end, end - start <= longest, !mayBeInBrackets(line, start, end) else { return sentence }
        let isKey = line[end - 1] == ":"
        let text = line[start..<(isKey ? end - 1 : end)]
        guard !text.isEmpty, !holdsComment(text), isKey || !holdsColon(text) else { return sentence }
        return "\(sentence): \(quoted(text.text))\(isKey ? ":" : "")"
    }

    /// Whether the text may end before the line does. libyaml reads ahead: at an error, a bracket on its line may not
    /// be known yet.
    private static func mayBeInBrackets(_ line: [Unicode.Scalar], _ start: Int, _ end: Int) -> Bool {
        line[end - 1] == "," || line[..<start].contains { $0 == "[" || $0 == "{" }
    }

    private static func holdsColon(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        zip(text, text.dropFirst()).contains { $0 == ":" && $1.isBlank }
    }

    private static func holdsComment(_ text: ArraySlice<Unicode.Scalar>) -> Bool {
        zip(text, text.dropFirst()).contains { $0.isBlank && $1 == "#" }
    }
}
