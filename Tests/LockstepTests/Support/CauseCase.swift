import Testing

/// A set-up in which something is not in step, made by running Lockstep into it, with what `why` must say of it and how that is mended.
///
/// Steps are those of a ``Story``, whose commands may say what they like, and: `why: ARGUMENTS`; `cause: CODE [at PLACE]`, which the
/// last answer must give; `also: CODE, …`, what else it must say stands in the way; `says: TEXT`, which must stand in it, and `says not: TEXT`,
/// which must not; `exit: NUMBER`, with which the question was answered; `mend: [NUMBER]`,
/// which does what the remedy of that number says (steps behind it, up to an empty line, stand for what only a person can do), after
/// which the same question must be answered with `in-step`, also when all systems are asked, or with what `then: CODE` says;
/// `holds: FILE TEXT`, what a file or a server must hold.
struct CauseCase: CustomTestStringConvertible, Sendable {
    enum Step: Sendable {
        case file(name: String, text: String)
        case command(String)
        case ask(String)
        case expectCause(String)
        case expectAlso([String])
        case expectText(String)
        case expectNoText(String)
        case expectExit(String)
        case expectContent(name: String, text: String)
        case mend(number: Int, person: [Step])
        case then(String)
    }

    let name: String
    let steps: [Step]

    var testDescription: String { name }

    /// The cases of a text: what stands before the first `## NAME` is the beginning of each.
    static func all(_ text: String) -> [CauseCase] {
        let parts = ("\n" + text).components(separatedBy: "\n## ")
        let base = steps(parts[0])
        return parts.dropFirst().map { part in
            let lines = part.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
            return CauseCase(name: String(lines[0]), steps: base + steps(lines.count > 1 ? String(lines[1]) : ""))
        }
    }

    private static func steps(_ text: String) -> [Step] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)[...]
        var steps: [Step] = []
        while let line = lines.popFirst() {
            if let step = step(line, &lines) { steps.append(step) }
        }
        return steps
    }

    private static func step(_ line: String, _ lines: inout ArraySlice<String>) -> Step? {
        let colon = line.split(separator: ":", maxSplits: 1).map(String.init)
        let rest = colon.count > 1 ? String(colon[1].drop { $0 == " " }) : ""
        if line.hasPrefix("=== ") { return .file(name: String(line.dropFirst(4)), text: content(&lines)) }
        if line.hasPrefix("$ ") { return .command(String(line.dropFirst(2))) }
        switch colon.first {
        case "why": return .ask(rest)
        case "cause": return .expectCause(rest)
        case "also": return .expectAlso(rest.split(separator: ",").map { String($0.drop { $0 == " " }) })
        case "says": return .expectText(rest)
        case "says not": return .expectNoText(rest)
        case "exit": return .expectExit(rest)
        case "holds":
            let parts = rest.split(separator: " ", maxSplits: 1).map(String.init)
            return .expectContent(name: parts[0], text: parts.count > 1 ? parts[1] : "")
        case "then": return .then(rest)
        case "mend": return .mend(number: Int(rest) ?? 1, person: steps(upToEmptyLine: &lines))
        default:
            if !line.isEmpty, !line.hasPrefix("#") { Issue.record("no such step: \(line)") }
            return nil
        }
    }

    private static func steps(upToEmptyLine lines: inout ArraySlice<String>) -> [Step] {
        var steps: [Step] = []
        while let line = lines.first, !line.isEmpty, !line.hasPrefix("then") {
            lines.removeFirst()
            if let step = step(line, &lines) { steps.append(step) }
        }
        return steps
    }

    private static func content(_ lines: inout ArraySlice<String>) -> String {
        var content = ""
        while let line = lines.first, !line.isEmpty, !line.hasPrefix("$ "), !line.hasPrefix("=== ") {
            content += line + "\n"
            lines.removeFirst()
        }
        return content
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}
