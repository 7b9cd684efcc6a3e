import Values

/// JSON with `{{title}}` and the like in it: what a webhook is sent in place of the usual body.
package enum MessageTemplate {
    /// What can stand between the braces. `events` is a list of JSON; all others are texts, and stand inside quotes.
    package static let names = ["title", "text", "run", "time", "host", "events"]

    package static let hint = "there are " + names.map { "{{\($0)}}" }.joined(separator: ", ")

    /// Why it cannot be used; nil where it can.
    package static func problem(_ template: Template) -> String? {
        let sample = template.parts.map { part in if case .text(let text) = part { text } else { "x" } }.joined()
        var unknown: String?
        let filled = fill(sample) { name in
            if names.contains(name) { return name == "events" ? "[]" : "x" }
            unknown = unknown ?? name
            return "x"
        }
        guard let filled else { return "a '{{' of the template is not closed" }
        if let unknown { return "there is no '{{\(unknown)}}' for a template" }
        return (try? JSON.parse(Array(filled.utf8))) == nil ? "the template is no JSON once it is filled in" : nil
    }

    /// The text with what stands between double braces replaced; nil where one is not closed.
    package static func fill(_ text: String, _ value: (String) -> String) -> String? {
        var filled = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "{{") {
            guard let end = rest[start.upperBound...].firstRange(of: "}}") else { return nil }
            let name = rest[start.upperBound..<end.lowerBound].split(separator: " ").joined(separator: " ")
            filled += rest[..<start.lowerBound] + value(name)
            rest = rest[end.upperBound...]
        }
        return filled + rest
    }
}
