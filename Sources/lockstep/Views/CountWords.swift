import Model

/// Numbers and what they count.
enum CountWords {
    /// `1 record`, `12,345 records`.
    static func count(_ number: Int, _ noun: String) -> String {
        "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
    }

    /// A number with a comma at each thousand.
    static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var text = ""
        for (at, digit) in digits.enumerated() {
            if at > 0, (digits.count - at) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return (number < 0 ? "-" : "") + text
    }

    /// What was written: `3 created, 1 updated on the right; 1 deleted on the left`. Empty for nothing.
    static func written(_ counts: Sides<WriteCounts>) -> String {
        sides(counts) { number, verb in "\(grouped(number)) \(verb.past)" }
    }

    /// What is to be written: `3 creates, 1 update on the right`. Empty for nothing.
    static func planned(_ counts: Sides<WriteCounts>) -> String {
        sides(counts) { number, verb in count(number, verb.rawValue) }
    }

    private static func sides(
        _ counts: Sides<WriteCounts>, _ words: (Int, WriteRequest.Verb) -> String
    ) -> String {
        Side.allCases.compactMap { side in
            let parts = WriteRequest.Verb.allCases.filter { counts[side][$0] > 0 }.map { words(counts[side][$0], $0) }
            return parts.isEmpty ? nil : parts.joined(separator: ", ") + " on the \(side)"
        }.joined(separator: "; ")
    }
}

extension WriteRequest.Verb {
    var past: String {
        switch self {
        case .create: "created"
        case .update: "updated"
        case .delete: "deleted"
        }
    }
}
