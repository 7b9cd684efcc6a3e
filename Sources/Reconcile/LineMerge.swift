import Values

/// Merges two edits of one text line by line against what it was, as diff3 does.
struct LineMerge {
    /// Beyond so many differing lines between two texts it is no longer an edit of the old text, and finding the smallest difference
    /// would take time out of proportion.
    static let mostEdits = 1000

    private let base: [Int]
    private let left: [Int]
    private let right: [Int]

    /// The merged text; nil where both edits touch the same lines, or put lines in at the same place, in different ways.
    static func merge(base: String, left: String, right: String) -> String? {
        var lines = LineTable()
        let merge = LineMerge(
            base: lines.numbers(of: base), left: lines.numbers(of: left), right: lines.numbers(of: right))
        return merge.merged().map { $0.map { lines.lines[$0] }.joined() }
    }

    private func merged() -> [Int]? {
        guard let toLeft = LineMatches(base, left), let toRight = LineMatches(base, right) else { return nil }
        var ours = Hunk.all(toLeft, base, left)[...]
        var theirs = Hunk.all(toRight, base, right)[...]
        var result: [Int] = []
        var place = 0
        while let first = Hunk.first(ours.first, theirs.first) {
            result += base[place..<first.old.lowerBound]
            var region = first.old
            var own: [Hunk] = []
            var other: [Hunk] = []
            // All edits that touch the same lines, one through the other.
            while true {
                if let next = ours.first, next.overlaps(region, other) {
                    own.append(ours.removeFirst())
                    region = region.lowerBound..<max(region.upperBound, next.old.upperBound)
                } else if let next = theirs.first, next.overlaps(region, own) {
                    other.append(theirs.removeFirst())
                    region = region.lowerBound..<max(region.upperBound, next.old.upperBound)
                } else {
                    break
                }
            }
            let (left, right) = (text(of: region, own, left), text(of: region, other, right))
            guard own.isEmpty || other.isEmpty || left == right else { return nil }
            result += own.isEmpty ? right : left
            place = region.upperBound
        }
        return result + base[place...]
    }

    /// What one side made of some lines of the old text.
    private func text(of region: Range<Int>, _ hunks: [Hunk], _ new: [Int]) -> [Int] {
        var text: [Int] = []
        var place = region.lowerBound
        for hunk in hunks {
            text += base[place..<hunk.old.lowerBound]
            text += new[hunk.new]
            place = hunk.old.upperBound
        }
        return text + base[place..<region.upperBound]
    }
}

/// Lines of the old text, perhaps none, and those that stand in their place.
private struct Hunk {
    var old: Range<Int>
    var new: Range<Int>

    static func all(_ matches: LineMatches, _ old: [Int], _ new: [Int]) -> [Hunk] {
        var hunks: [Hunk] = []
        var place = (old: 0, new: 0)
        for line in 0...old.count where line == old.count || matches.partner[line] >= 0 {
            let end = (old: line, new: line == old.count ? new.count : matches.partner[line])
            if place != end { hunks.append(Hunk(old: place.old..<end.old, new: place.new..<end.new)) }
            place = (end.old + 1, end.new + 1)
        }
        return hunks
    }

    /// The one that stands first: at one place, that which only puts lines in.
    static func first(_ a: Hunk?, _ b: Hunk?) -> Hunk? {
        guard let a, let b else { return a ?? b }
        return (a.old.lowerBound, a.old.upperBound) <= (b.old.lowerBound, b.old.upperBound) ? a : b
    }

    /// Whether it belongs to a region of edits: it touches a line of it, or puts lines in where the other side does.
    ///
    /// - Parameter others: the edits of the other side in the region.
    func overlaps(_ region: Range<Int>, _ others: [Hunk]) -> Bool {
        if old.isEmpty, others.contains(where: { $0.old == old }) { return true }
        // The first of a region.
        if others.isEmpty, old == region { return true }
        let (low, high) = (max(old.lowerBound, region.lowerBound), min(old.upperBound, region.upperBound))
        if low < high { return true }
        return old.isEmpty && region.lowerBound < old.lowerBound && old.lowerBound < region.upperBound
    }
}

/// Numbers for lines: equal lines have equal numbers.
private struct LineTable {
    private(set) var lines: [String] = []
    private var known: [TextKey: Int] = [:]

    /// The lines of a text, each with its line feed.
    mutating func numbers(of text: String) -> [Int] {
        var numbers: [Int] = []
        var start = text.utf8.startIndex
        while start < text.utf8.endIndex {
            let feed = text.utf8[start...].firstIndex(of: 0x0A)
            let end = feed.map { text.utf8.index(after: $0) } ?? text.utf8.endIndex
            numbers.append(number(of: String(text[start..<end])))
            start = end
        }
        return numbers
    }

    private mutating func number(of line: String) -> Int {
        let key = TextKey(line)
        if let number = known[key] { return number }
        known[key] = lines.count
        lines.append(line)
        return lines.count - 1
    }
}

/// Which line of a new text each line of the old one is: a longest common subsequence, by Myers' algorithm.
private struct LineMatches {
    /// The new place of each old line; -1 for a line that is gone.
    private(set) var partner: [Int]

    /// nil where the texts differ in more than ``LineMerge/mostEdits`` lines.
    init?(_ old: [Int], _ new: [Int]) {
        partner = [Int](repeating: -1, count: old.count)
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] {
            partner[start] = start
            start += 1
        }
        var end = (old: old.count, new: new.count)
        while end.old > start, end.new > start, old[end.old - 1] == new[end.new - 1] {
            end = (end.old - 1, end.new - 1)
            partner[end.old] = end.new
        }
        guard let pairs = Self.pairs(old[start..<end.old], new[start..<end.new]) else { return nil }
        for pair in pairs { partner[pair.old] = pair.new }
    }

    private static func pairs(_ old: ArraySlice<Int>, _ new: ArraySlice<Int>) -> [(old: Int, new: Int)]? {
        let (n, m) = (old.count, new.count)
        if n == 0 || m == 0 { return [] }
        let most = min(n + m, LineMerge.mostEdits)
        // The farthest old line reached on each diagonal, for each number of edits.
        var rounds: [[Int]] = []
        var reach = [Int](repeating: 0, count: 2 * most + 2)
        for edits in 0...most {
            for diagonal in stride(from: -edits, through: edits, by: 2) {
                let isDown =
                    diagonal == -edits || (diagonal != edits && reach[most + diagonal - 1] < reach[most + diagonal + 1])
                var x = isDown ? reach[most + diagonal + 1] : reach[most + diagonal - 1] + 1
                var y = x - diagonal
                while x < n, y < m, x >= 0, y >= 0, old[old.startIndex + x] == new[new.startIndex + y] {
                    x += 1
                    y += 1
                }
                reach[most + diagonal] = x
                if x >= n, y >= m { return walkBack(rounds, edits, diagonal, x, old, new) }
            }
            rounds.append(Array(reach[(most - edits)...(most + edits)]))
        }
        return nil
    }

    /// The matches on the way that was found, from its end.
    private static func walkBack(
        _ rounds: [[Int]], _ edits: Int, _ diagonal: Int, _ end: Int, _ old: ArraySlice<Int>, _ new: ArraySlice<Int>
    ) -> [(old: Int, new: Int)] {
        var pairs: [(old: Int, new: Int)] = []
        var (x, diagonal) = (end, diagonal)
        for edits in stride(from: edits, to: 0, by: -1) {
            let reach = rounds[edits - 1]
            func reached(_ diagonal: Int) -> Int {
                let at = diagonal + edits - 1
                return reach.indices.contains(at) ? reach[at] : -1
            }
            let isDown =
                diagonal == -edits || (diagonal != edits && reached(diagonal - 1) < reached(diagonal + 1))
            let before = isDown ? diagonal + 1 : diagonal - 1
            let start = isDown ? reached(before) : reached(before) + 1
            while x > start {
                x -= 1
                pairs.append((old.startIndex + x, new.startIndex + x - diagonal))
            }
            (x, diagonal) = (reached(before), before)
        }
        while x > 0 {
            x -= 1
            pairs.append((old.startIndex + x, new.startIndex + x))
        }
        return pairs
    }
}
