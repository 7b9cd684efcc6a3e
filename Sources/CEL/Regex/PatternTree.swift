/// A pattern as it was written: RE2's syntax (github.com/google/re2/wiki/Syntax), without what needs memory of the
/// text.
indirect enum PatternTree: Sendable {
    case empty
    case scalars(ScalarClass)
    case assertion(Assertion)
    case sequence([PatternTree])
    case choice([PatternTree])
    /// `most` is nil where there is no end.
    case repetition(PatternTree, least: Int, most: Int?)

    enum Assertion: Sendable {
        case textStart, textEnd, lineStart, lineEnd, wordBoundary, noWordBoundary
    }
}

/// A set of code points.
struct ScalarClass: Sendable {
    enum Item: Sendable {
        case range(ClosedRange<UInt32>)
        case category(Set<Unicode.GeneralCategory>, isNegated: Bool)
        case set(ScalarClass)
    }

    var items: [Item] = []
    var isNegated = false
    var ignoresCase = false

    init(_ items: [Item] = []) { self.items = items }
    init(_ scalar: Unicode.Scalar) { items = [.range(scalar.value...scalar.value)] }

    /// The one code point that it holds, where it holds just one, in just this case.
    var single: Unicode.Scalar? {
        guard items.count == 1, !isNegated, !ignoresCase, case .range(let range) = items[0], range.count == 1 else {
            return nil
        }
        return Unicode.Scalar(range.lowerBound)
    }

    func contains(_ scalar: Unicode.Scalar) -> Bool {
        var isIn = holds(scalar)
        if !isIn, ignoresCase { isIn = scalar.otherCases.contains(where: holds) }
        return isIn != isNegated
    }

    private func holds(_ scalar: Unicode.Scalar) -> Bool {
        for item in items {
            switch item {
            case .range(let range): if range.contains(scalar.value) { return true }
            case .category(let categories, let isNegated):
                if categories.contains(scalar.properties.generalCategory) != isNegated { return true }
            case .set(let inner): if inner.contains(scalar) { return true }
            }
        }
        return false
    }
}

extension Unicode.Scalar {
    /// The forms of the letter in the other case, where they are one code point.
    fileprivate var otherCases: [Unicode.Scalar] {
        let mapped = [properties.lowercaseMapping, properties.uppercaseMapping]
            .map(\.unicodeScalars).filter { $0.count == 1 }.compactMap(\.first)
        // Kelvin, Ångström and long s have capitals whose small letters are ASCII's or each other's.
        return mapped + mapped.flatMap { $0.properties.lowercaseMapping.unicodeScalars.prefix(1) }
    }

    /// As RE2 counts them: ASCII only.
    var isWord: Bool {
        isASCII && (UInt8(value).isNameStart || UInt8(value).isDigit)
    }
}
