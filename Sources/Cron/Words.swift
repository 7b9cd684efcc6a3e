/// A part of a text that a person wrote. Its indices are places in the whole text, counted in scalars.
typealias Word = ArraySlice<Unicode.Scalar>

extension Word {
    init(_ text: String) { self = Array<Unicode.Scalar>(text.unicodeScalars)[...] }

    var text: String {
        var text = ""
        text.unicodeScalars.append(contentsOf: self)
        return text
    }

    var range: Range<Int> { startIndex..<endIndex }

    var trimmed: Word {
        guard let first = firstIndex(where: { !$0.isBlank }), let last = lastIndex(where: { !$0.isBlank }) else {
            return self[endIndex...]
        }
        return self[first...last]
    }

    /// The words between blanks.
    var words: [Word] { split(whereSeparator: \.isBlank) }

    /// The parts between the marks, empty ones too.
    func parts(at mark: Unicode.Scalar) -> [Word] { split(separator: mark, omittingEmptySubsequences: false) }

    /// What stands before the first such mark, and after it.
    func cut(at mark: Unicode.Scalar) -> (before: Word, after: Word)? {
        firstIndex(of: mark).map { (self[..<$0], self[($0 + 1)...]) }
    }

    /// The number, if this is nothing but digits; one that does not fit is as large as can be.
    var number: Int? {
        guard !isEmpty, allSatisfy(\.isDigit) else { return nil }
        var number = 0
        for digit in self {
            let (tenfold, overflow) = number.multipliedReportingOverflow(by: 10)
            let (sum, overflowToo) = tenfold.addingReportingOverflow(Int(digit.value) - 0x30)
            if overflow || overflowToo { return Int.max }
            number = sum
        }
        return number
    }
}

extension Unicode.Scalar {
    var isBlank: Bool { self == " " || self == "\t" || self == "\n" || self == "\r" }
    var isDigit: Bool { ("0"..."9").contains(self) }
}
