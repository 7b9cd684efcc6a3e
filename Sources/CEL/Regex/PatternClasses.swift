// Escapes and bracketed classes.
extension PatternParser {
    /// What follows a backslash outside brackets.
    mutating func escaped() throws(Failure) -> PatternTree {
        guard let letter = next else { throw Failure(reason: "a backslash at the end") }
        switch letter {
        case "A": return assertion(.textStart)
        case "z": return assertion(.textEnd)
        case "b": return assertion(.wordBoundary)
        case "B": return assertion(.noWordBoundary)
        default: break
        }
        if let named = try namedClass() { return .scalars(named) }
        return .scalars(literal(try escapedScalar()))
    }

    private mutating func assertion(_ assertion: PatternTree.Assertion) -> PatternTree {
        at += 1
        return .assertion(assertion)
    }

    /// `\d`, `\W`, `\pL`, `\p{Lu}`; nil for an escape that is none. `at` stands on the letter.
    private mutating func namedClass() throws(Failure) -> ScalarClass? {
        guard let letter = next else { return nil }
        if let ranges = PatternParser.perlClasses[Unicode.Scalar(letter.value | 0x20) ?? letter] {
            at += 1
            var named = ScalarClass(ranges)
            named.isNegated = letter.value & 0x20 == 0
            return named
        }
        guard letter == "p" || letter == "P" else { return nil }
        at += 1
        var name = ""
        if accept("{") {
            while let scalar = next, scalar != "}" {
                name.unicodeScalars.append(scalar)
                at += 1
            }
            guard accept("}") else { throw Failure(reason: "\\p{ without its }") }
        } else if let scalar = next {
            name = String(scalar)
            at += 1
        }
        let isCaret = name.utf8.first == UInt8(ascii: "^")
        if isCaret { name.removeFirst() }
        guard let categories = PatternParser.categories[name] else {
            throw Failure(reason: "no Unicode category is named '\(name)'")
        }
        return ScalarClass([.category(categories, isNegated: (letter == "P") != isCaret)])
    }

    private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
        let letter = scalars[at]
        at += 1
        switch letter {
        case "a": return "\u{07}"
        case "f": return "\u{0C}"
        case "n": return "\n"
        case "r": return "\r"
        case "t": return "\t"
        case "v": return "\u{0B}"
        case "x": return try hexadecimal()
        case "0"..."7": return try octal(letter)
        default:
            guard letter.isASCII, !letter.isWord else { throw Failure(reason: "no escape '\\\(letter)'") }
            return letter
        }
    }

    private mutating func hexadecimal() throws(Failure) -> Unicode.Scalar {
        let isBraced = accept("{")
        var number: UInt32 = 0
        var count = 0
        while count < (isBraced ? 6 : 2), let scalar = next, scalar.isASCII, let digit = UInt8(scalar.value).hexDigit {
            number = number * 16 + digit
            count += 1
            at += 1
        }
        guard count == 2 || (isBraced && count > 0), !isBraced || accept("}"), let scalar = Unicode.Scalar(number)
        else {
            throw Failure(reason: "\\x names no code point")
        }
        return scalar
    }

    /// `\0`, and three digits as in `\123`; a digit alone would be a back reference.
    private mutating func octal(_ first: Unicode.Scalar) throws(Failure) -> Unicode.Scalar {
        var number = first.value - 0x30
        var count = 1
        while count < 3, let scalar = next, (0x30...0x37).contains(scalar.value) {
            number = number * 8 + scalar.value - 0x30
            count += 1
            at += 1
        }
        guard first == "0" || count == 3, let scalar = Unicode.Scalar(number) else {
            throw Failure(reason: "look-around and back references are not taken")
        }
        return scalar
    }

    /// A class in brackets; the opening one is taken.
    mutating func bracketed() throws(Failure) -> ScalarClass {
        var result = ScalarClass()
        result.ignoresCase = flags.ignoresCase
        result.isNegated = accept("^")
        var isFirst = true
        while let scalar = next, scalar != "]" || isFirst {
            isFirst = false
            if scalar == "[", let posix = try posixClass() {
                result.items.append(.set(posix))
                continue
            }
            let start = at
            if accept("\\") {
                if let named = try namedClass() {
                    result.items.append(.set(named))
                    continue
                }
                at = start
            }
            result.items.append(.range(try range()))
        }
        guard accept("]") else { throw Failure(reason: "a '[' that is not closed") }
        return result
    }

    private mutating func range() throws(Failure) -> ClosedRange<UInt32> {
        let low = try member()
        guard next == "-", at + 1 < scalars.count, scalars[at + 1] != "]" else { return low.value...low.value }
        at += 1
        let high = try member()
        guard low.value <= high.value else { throw Failure(reason: "the range \(low)-\(high) is out of order") }
        return low.value...high.value
    }

    private mutating func member() throws(Failure) -> Unicode.Scalar {
        guard let scalar = next else { throw Failure(reason: "a '[' that is not closed") }
        at += 1
        guard scalar == "\\" else { return scalar }
        guard next != nil else { throw Failure(reason: "a backslash at the end") }
        return try escapedScalar()
    }

    /// `[:alpha:]` inside brackets.
    private mutating func posixClass() throws(Failure) -> ScalarClass? {
        let start = at
        guard accept("[:") else { return nil }
        let isNegated = accept("^")
        var name = ""
        while let scalar = next, scalar.isWord {
            name.unicodeScalars.append(scalar)
            at += 1
        }
        guard accept(":]") else {
            at = start
            return nil
        }
        guard let ranges = PatternParser.posixClasses[name] else { throw Failure(reason: "no class [:\(name):]") }
        var result = ScalarClass(ranges.map { .range($0) })
        result.isNegated = isNegated
        return result
    }

    private static let perlClasses: [Unicode.Scalar: [ScalarClass.Item]] = [
        "d": [.range(0x30...0x39)],
        "w": [.range(0x30...0x39), .range(0x41...0x5A), .range(0x5F...0x5F), .range(0x61...0x7A)],
        "s": [.range(0x09...0x0A), .range(0x0C...0x0D), .range(0x20...0x20)],
    ]

    private static let posixClasses: [String: [ClosedRange<UInt32>]] = [
        "alnum": [0x30...0x39, 0x41...0x5A, 0x61...0x7A], "alpha": [0x41...0x5A, 0x61...0x7A], "ascii": [0...0x7F],
        "blank": [0x09...0x09, 0x20...0x20], "cntrl": [0...0x1F, 0x7F...0x7F], "digit": [0x30...0x39],
        "graph": [0x21...0x7E], "lower": [0x61...0x7A], "print": [0x20...0x7E],
        "punct": [0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E], "space": [0x09...0x0D, 0x20...0x20],
        "upper": [0x41...0x5A], "word": [0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A],
        "xdigit": [0x30...0x39, 0x41...0x46, 0x61...0x66],
    ]

    private static let categories: [String: Set<Unicode.GeneralCategory>] = {
        var named: [String: Set<Unicode.GeneralCategory>] = [
            "Lu": [.uppercaseLetter], "Ll": [.lowercaseLetter], "Lt": [.titlecaseLetter], "Lm": [.modifierLetter],
            "Lo": [.otherLetter], "Mn": [.nonspacingMark], "Mc": [.spacingMark], "Me": [.enclosingMark],
            "Nd": [.decimalNumber], "Nl": [.letterNumber], "No": [.otherNumber], "Pc": [.connectorPunctuation],
            "Pd": [.dashPunctuation], "Ps": [.openPunctuation], "Pe": [.closePunctuation],
            "Pi": [.initialPunctuation], "Pf": [.finalPunctuation], "Po": [.otherPunctuation], "Sm": [.mathSymbol],
            "Sc": [.currencySymbol], "Sk": [.modifierSymbol], "So": [.otherSymbol], "Zs": [.spaceSeparator],
            "Zl": [.lineSeparator], "Zp": [.paragraphSeparator], "Cc": [.control], "Cf": [.format],
            "Co": [.privateUse], "Cs": [.surrogate],
        ]
        for (name, categories) in named { named[String(name.prefix(1)), default: []].formUnion(categories) }
        return named
    }()
}
