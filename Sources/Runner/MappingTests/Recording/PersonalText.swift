import Values

/// A text taken apart into what may be personal: addresses, telephone numbers, words.
struct PersonalText {
    enum Piece: Equatable {
        case address(Range<Int>)
        case number(Range<Int>)
        case word(Range<Int>)
        case other(Range<Int>)
    }

    let scalars: [Unicode.Scalar]
    private(set) var pieces: [Piece] = []

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        let addresses = self.addresses
        var at = 0
        var next = addresses.makeIterator()
        var address = next.next()
        while at < scalars.count {
            if let found = address, found.lowerBound == at {
                pieces.append(.address(found))
                at = found.upperBound
                address = next.next()
            } else if let number = number(from: at, upTo: address?.lowerBound ?? scalars.count) {
                pieces.append(.number(number))
                at = number.upperBound
            } else {
                let isWord = Self.isPart(scalars[at])
                let most = address?.lowerBound ?? scalars.count
                let end = scalars[at..<most].firstIndex { Self.isPart($0) != isWord } ?? most
                // A telephone number begins before its first digit, with '+' or '('.
                let stop = isWord ? end : at + 1
                pieces.append(isWord ? .word(at..<stop) : .other(at..<stop))
                at = stop
            }
        }
    }

    func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars[range])
        return String(view)
    }

    static func digits(_ scalars: some Sequence<Unicode.Scalar>) -> [Unicode.Scalar] { scalars.filter(isDigit) }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    /// A letter, a digit, or a mark that belongs to a letter.
    static func isPart(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return isDigit(scalar) || isASCIILetter(scalar) }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark: return true
        default: return scalar.properties.isAlphabetic
        }
    }

    private static func isASCIILetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }

    /// A scalar in lower case, where that is one scalar again.
    static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars
        return lower.count == 1 ? lower[lower.startIndex] : scalar
    }

    /// What stands around each `@`, with a dot behind it.
    private var addresses: [Range<Int>] {
        var found: [Range<Int>] = []
        for at in scalars.indices where scalars[at] == "@" {
            let least = found.last?.upperBound ?? 0
            var start = at
            while start > least, Self.isPart(scalars[start - 1]) || "._%+-".unicodeScalars.contains(scalars[start - 1])
            {
                start -= 1
            }
            var end = at + 1
            while end < scalars.count, Self.isPart(scalars[end]) || ".-".unicodeScalars.contains(scalars[end]) {
                end += 1
            }
            while end > at + 1, !Self.isPart(scalars[end - 1]) { end -= 1 }
            if start < at, scalars[(at + 1)..<end].contains(".") { found.append(start..<end) }
        }
        return found
    }

    /// A telephone number that begins here: seven to fifteen digits, grouped, or behind '+' or a zero.
    private func number(from start: Int, upTo most: Int) -> Range<Int>? {
        let first = scalars[start]
        guard Self.isDigit(first) || first == "+" || first == "(", start == 0 || !isGlued(start - 1) else { return nil }
        var end = start
        var at = start
        var count = 0
        var gaps = 0
        // Longer than any number is written, so that a text of dashes is not gone through again and again.
        let last = min(most, start + 32)
        while at < last, Self.isDigit(scalars[at]) || "+()-/. ".unicodeScalars.contains(scalars[at]) {
            if scalars[at] == "+", at != start { break }
            if Self.isDigit(scalars[at]) {
                if end > start, end < at { gaps += 1 }
                count += 1
                end = at + 1
            } else if at > end, end > start, scalars[at] == " ", scalars[at - 1] == " " {
                break
            }
            at += 1
        }
        guard (7...15).contains(count), at < last || last == most, end == scalars.count || !Self.isPart(scalars[end]),
            !isDate(start, end)
        else {
            return nil
        }
        if first == "+" || first == "(" { return start..<end }
        let hasDots = scalars[start..<end].contains(".")
        if hasDots { return nil }
        return gaps > 0 || (first == "0" && count >= 9) ? start..<end : nil
    }

    /// Whether what stands there makes what follows a part of something else.
    private func isGlued(_ at: Int) -> Bool {
        Self.isPart(scalars[at])
            || ("-_./:#".unicodeScalars.contains(scalars[at]) && at > 0 && Self.isPart(scalars[at - 1]))
    }

    private func isDate(_ start: Int, _ end: Int) -> Bool {
        end - start >= 10 && Self.isDate(scalars[start..<(start + 10)])
    }

    /// Whether this is a day as ISO 8601 has it: `2026-11-21`.
    static func isDate(_ scalars: some Collection<Unicode.Scalar>) -> Bool {
        scalars.count == 10
            && scalars.enumerated().allSatisfy { at, scalar in at == 4 || at == 7 ? scalar == "-" : isDigit(scalar) }
    }
}
