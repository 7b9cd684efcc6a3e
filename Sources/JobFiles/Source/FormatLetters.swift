/// A format in the letters that spreadsheets and other languages have: `DD.MM.YYYY`.
struct FormatLetters {
    private let text: String

    init(_ text: String) { self.text = text }

    /// The format as it is written here; nil for a text that is none of those.
    var hint: String? {
        var written = ""
        var rest = Substring(text)
        var hasYear = false
        var isTime = false
        while let first = rest.unicodeScalars.first {
            guard first.properties.isAlphabetic else {
                written.unicodeScalars.append(first)
                rest.unicodeScalars.removeFirst()
                continue
            }
            let run = String(rest.prefix { $0.unicodeScalars.first == first })
            rest = rest.dropFirst(run.count)
            if run == "T" {
                written += run
                continue
            }
            guard let part = part(run, isTime: isTime) else { return nil }
            if part == "%Y" { hasYear = true }
            isTime = part == "%H" || isTime
            written += part
        }
        return hasYear ? "write '\(written)'" : nil
    }

    /// Capitals differ from one language to the next: `mm` is the month in a date, and the minute behind the hour.
    private func part(_ run: String, isTime: Bool) -> String? {
        switch run {
        case "YYYY", "yyyy": "%Y"
        case "MM" where !isTime, "mm" where !isTime: "%m"
        case "DD", "dd": "%d"
        case "HH", "hh": "%H"
        case "MM", "mm": "%M"
        case "SS", "ss": "%S"
        default: nil
        }
    }
}
