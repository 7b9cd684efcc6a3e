/// Reads a pattern. Groups only group: nothing is captured, since `matches` only answers yes or no.
struct PatternParser {
    struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotTakesLineFeed = false
    }

    let scalars: [Unicode.Scalar]
    var at = 0
    var flags = Flags()
    private var depth = 0
    private static let deepest = 100
    private static let mostRepeats = 1000

    init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

    struct Failure: Error {
        var reason: String
    }

    static func parse(_ pattern: String) throws(Failure) -> PatternTree {
        var parser = PatternParser(pattern)
        let tree = try parser.choice()
        guard parser.at == parser.scalars.count else { throw Failure(reason: "a ')' that closes nothing") }
        return tree
    }

    var next: Unicode.Scalar? { at < scalars.count ? scalars[at] : nil }

    mutating func accept(_ text: String) -> Bool {
        let wanted = text.unicodeScalars
        guard scalars[at...].starts(with: wanted) else { return false }
        at += wanted.count
        return true
    }

    private mutating func choice() throws(Failure) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= PatternParser.deepest else { throw Failure(reason: "groups nest too deep") }
        // Flags that are set inside a group end with it.
        let outer = flags
        defer { flags = outer }
        var branches = [try sequence()]
        while accept("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(Failure) -> PatternTree {
        var parts: [PatternTree] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if accept("\\Q") {
                quoted(into: &parts)
                continue
            }
            guard let atom = try atom() else { continue }
            parts.append(try repeated(atom))
        }
        return parts.count == 1 ? parts[0] : parts.isEmpty ? .empty : .sequence(parts)
    }

    /// `\Q…\E`: everything between stands for itself.
    private mutating func quoted(into parts: inout [PatternTree]) {
        while at < scalars.count, !accept("\\E") {
            parts.append(.scalars(literal(scalars[at])))
            at += 1
        }
    }

    func literal(_ scalar: Unicode.Scalar) -> ScalarClass {
        var one = ScalarClass(scalar)
        one.ignoresCase = flags.ignoresCase && (scalar.properties.isCased || !scalar.isASCII)
        return one
    }

    /// nil for what only sets flags.
    private mutating func atom() throws(Failure) -> PatternTree? {
        let scalar = scalars[at]
        switch scalar {
        case "(": return try group()
        case "[":
            at += 1
            return .scalars(try bracketed())
        case ".":
            at += 1
            var any = ScalarClass(flags.dotTakesLineFeed ? [] : [.range(0x0A...0x0A)])
            any.isNegated = true
            return .scalars(any)
        case "^":
            at += 1
            return .assertion(flags.isMultiline ? .lineStart : .textStart)
        case "$":
            at += 1
            return .assertion(flags.isMultiline ? .lineEnd : .textEnd)
        case "*", "+", "?": throw Failure(reason: "'\(scalar)' repeats nothing")
        case "\\":
            at += 1
            return try escaped()
        default:
            at += 1
            return .scalars(literal(scalar))
        }
    }

    private mutating func group() throws(Failure) -> PatternTree? {
        at += 1
        let outer = flags
        if accept("?") {
            if accept("P<") || (next == "<" && !isLookBehind && accept("<")) {
                try groupName()
            } else if !accept(":") {
                let isOpen = try setFlags()
                if !isOpen { return nil }
            }
        }
        let inner = try choice()
        guard accept(")") else { throw Failure(reason: "a '(' that is not closed") }
        flags = outer
        return inner
    }

    private var isLookBehind: Bool {
        at + 1 < scalars.count && (scalars[at + 1] == "=" || scalars[at + 1] == "!")
    }

    private mutating func groupName() throws(Failure) {
        let start = at
        while let scalar = next, scalar.isWord { at += 1 }
        guard at > start, accept(">") else { throw Failure(reason: "a group without a proper name") }
    }

    /// `(?i)` sets flags up to the end of the group; `(?i:` opens a group with them, which the result tells.
    private mutating func setFlags() throws(Failure) -> Bool {
        var sets = true
        while let scalar = next {
            at += 1
            switch scalar {
            case "i": flags.ignoresCase = sets
            case "m": flags.isMultiline = sets
            case "s": flags.dotTakesLineFeed = sets
            // Greed does not change whether something is found.
            case "U": break
            case "-": sets = false
            case ":": return true
            case ")": return false
            default: throw Failure(reason: "look-around and back references are not taken")
            }
        }
        throw Failure(reason: "a '(' that is not closed")
    }

    private mutating func repeated(_ atom: PatternTree) throws(Failure) -> PatternTree {
        var result = atom
        var count = 0
        while let (least, most) = try repetition() {
            count += 1
            // `a**` means `a*`, and is an error in RE2; so is a repetition of a repetition without a group.
            guard count == 1 else { throw Failure(reason: "a repetition of a repetition") }
            _ = accept("?")
            result = .repetition(result, least: least, most: most)
        }
        return result
    }

    private mutating func repetition() throws(Failure) -> (least: Int, most: Int?)? {
        if accept("*") { return (0, nil) }
        if accept("+") { return (1, nil) }
        if accept("?") { return (0, 1) }
        return try counted()
    }

    /// `{2}`, `{2,}`, `{2,5}`; any other brace stands for itself.
    private mutating func counted() throws(Failure) -> (least: Int, most: Int?)? {
        guard next == "{" else { return nil }
        let start = at
        at += 1
        let least = number()
        var most = least
        if accept(",") { most = number() ?? (next == "}" ? -1 : nil) }
        guard let least, let most, accept("}") else {
            at = start
            return nil
        }
        guard least <= PatternParser.mostRepeats, most <= PatternParser.mostRepeats, most < 0 || least <= most else {
            throw Failure(reason: "a repetition past \(PatternParser.mostRepeats) or out of order")
        }
        return (least, most < 0 ? nil : most)
    }

    private mutating func number() -> Int? {
        var number: Int?
        while let scalar = next, scalar.isASCII, UInt8(scalar.value).isDigit {
            number = min((number ?? 0) * 10 + Int(scalar.value - 0x30), 1_000_000)
            at += 1
        }
        return number
    }
}
