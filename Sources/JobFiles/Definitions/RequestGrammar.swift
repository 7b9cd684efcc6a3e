import Diagnostics

extension Grammar {
    /// A method, a blank and an address with `{EXPRESSION}` in it.
    static let request = Grammar(
        expectation: "a request such as 'GET /issues/{id}.json'",
        pattern: #"^\s*(GET|HEAD|POST|PUT|PATCH|DELETE)\s+\S.*$"#
    ) { text, findings in
        _ = RequestText(text, &findings)
    }
}

/// The line of a request, taken apart.
struct RequestText {
    enum Part {
        case text(String)
        case hole(PlacedText, isQuery: Bool)
    }

    static let methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"]

    let method: String
    private(set) var parts: [Part] = []

    /// nil where it is none, which is reported.
    init?(_ text: PlacedText, _ findings: inout Findings) {
        let text = text.trimmed
        let scalars = text.scalars
        guard let blank = scalars.firstIndex(where: \.isBlank) else {
            RequestText.noRequest(text, &findings)
            return nil
        }
        let method = text.part(scalars.startIndex..<blank)
        self.method = method.text
        guard RequestText.methods.contains(method.text) else {
            findings.add(
                .badRequest, "'\(shortened(method.text))' is no method", at: method.place,
                hint: didYouMean(method.text.uppercased(), among: RequestText.methods)
                    ?? "there are \(listed(RequestText.methods, joinedBy: "and"))")
            return nil
        }
        guard readTarget(text.part(blank..<scalars.endIndex), &findings) else { return nil }
    }

    private mutating func readTarget(_ target: PlacedText, _ findings: inout Findings) -> Bool {
        let scalars = target.scalars
        if let first = scalars.first, first != "/", first != "{", !target.text.hasPrefix("https://"),
            !target.text.hasPrefix("http://")
        {
            findings.add(
                .badRequest, "an address begins with '/'", at: target.place,
                hint: "it goes on from the connector's 'base'")
            return false
        }
        var literal = String.UnicodeScalarView()
        var isQuery = false
        var at = scalars.startIndex
        while at < scalars.endIndex {
            let scalar = scalars[at]
            if scalar == "{" {
                guard let end = RequestText.holeEnd(scalars, from: at) else {
                    findings.add(
                        .badRequest, "the '{' is not closed", at: target.place(of: at..<at + 1),
                        hint: "write {EXPRESSION}, such as {id}")
                    return false
                }
                if !literal.isEmpty { parts.append(.text(String(literal))) }
                literal = String.UnicodeScalarView()
                parts.append(.hole(target.part(at + 1..<end), isQuery: isQuery))
                at = end + 1
                continue
            }
            if scalar.isBlank || scalar == "}" {
                findings.add(
                    .badRequest, scalar == "}" ? "there is no '{' before this '}'" : "an address has no blanks",
                    at: target.place(of: at..<at + 1), hint: scalar == "}" ? nil : "a blank is written '%20'")
                return false
            }
            if scalar == "?" { isQuery = true }
            literal.append(scalar)
            at += 1
        }
        if !literal.isEmpty { parts.append(.text(String(literal))) }
        return true
    }

    /// Where the hole that begins at an index ends, past quotes and braces within it.
    private static func holeEnd(_ scalars: ArraySlice<Unicode.Scalar>, from start: Int) -> Int? {
        var depth = 0
        var quote: Unicode.Scalar?
        for at in start..<scalars.endIndex {
            let scalar = scalars[at]
            if let open = quote {
                if scalar == open { quote = nil }
            } else if scalar == "'" || scalar == "\"" {
                quote = scalar
            } else if scalar == "{" {
                depth += 1
            } else if scalar == "}" {
                depth -= 1
                if depth == 0 { return at }
            }
        }
        return nil
    }

    private static func noRequest(_ text: PlacedText, _ findings: inout Findings) {
        findings.add(
            .badRequest, "'\(shortened(text.text))' is no request", at: text.place,
            hint: "such as 'GET /issues/{id}.json'")
    }
}
