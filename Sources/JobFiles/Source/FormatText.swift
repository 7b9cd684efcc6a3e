import Diagnostics
import Values

/// Formats of dates and timestamps.
enum FormatText {
    /// nil for a format that cannot be read; that is reported.
    static func read(_ text: PlacedText, _ findings: inout Findings) -> DateFormat? {
        do throws(DateFormat.Failure) {
            return try DateFormat(text.text)
        } catch {
            let start = text.scalarOffset(ofByte: error.offset)
            let range = start..<start + error.part.unicodeScalars.count
            findings.add(
                .badFormat, error.reason, at: error.problem == .missing ? text.place : text.place(ofOffsets: range),
                hint: error.problem == .missing
                    ? FormatLetters(text.text).hint ?? advice(.missing) : advice(error.problem))
            return nil
        }
    }

    private static func advice(_ problem: DateFormat.Failure.Problem) -> String? {
        switch problem {
        case .unknown, .missing: "such as '%d/%m/%Y' or '%Y-%m-%dT%H:%M:%S%z'"
        case .twice: "take one away"
        case .ambiguous: "put something between them"
        case .notAlone: "take the rest away"
        }
    }
}

extension PlacedText {
    /// How many scalars stand before a byte of the text.
    fileprivate func scalarOffset(ofByte offset: Int) -> Int {
        var bytes = 0
        for (index, scalar) in scalars.enumerated() {
            if bytes >= offset { return index }
            bytes += UTF8.width(scalar)
        }
        return scalars.count
    }
}
