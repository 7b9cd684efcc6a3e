/// Finds a run of elements within another in linear time, whatever the two are (Knuth, Morris and Pratt).
enum TextSearch {
    /// Where the first occurrence begins that starts at `from` or later, counted in elements.
    static func first<C: Collection>(_ part: C, in whole: C, from: Int) -> Int? where C.Element: Equatable {
        var search = Search(Array(part))
        return search.first(in: whole.dropFirst(from)).map { $0 + from }
    }

    /// All occurrences that do not overlap, from the left.
    static func all<C: Collection>(_ part: C, in whole: C, most: Int) -> [Int] where C.Element: Equatable {
        var search = Search(Array(part))
        var found: [Int] = []
        var start = 0
        var rest = whole[...]
        while found.count < most, let at = search.first(in: rest) {
            found.append(start + at)
            start += at + part.count
            rest = rest.dropFirst(at + part.count)
        }
        return found
    }

    private struct Search<Element: Equatable> {
        let part: [Element]
        /// For each length of a prefix that matched, how much of it also matches as a shorter prefix.
        private var shorter: [Int] = []

        init(_ part: [Element]) { self.part = part }

        mutating func first(in whole: some Sequence<Element>) -> Int? {
            if part.isEmpty { return 0 }
            if shorter.isEmpty { prepare() }
            var matched = 0
            for (position, element) in whole.enumerated() {
                while matched > 0, part[matched] != element { matched = shorter[matched - 1] }
                if part[matched] == element { matched += 1 }
                if matched == part.count { return position + 1 - part.count }
            }
            return nil
        }

        private mutating func prepare() {
            shorter = Array(repeating: 0, count: part.count)
            var matched = 0
            for position in part.indices.dropFirst() {
                while matched > 0, part[matched] != part[position] { matched = shorter[matched - 1] }
                if part[matched] == part[position] { matched += 1 }
                shorter[position] = matched
            }
        }
    }
}
