/// What a document shows of a command's output. `…` stands for some characters, and alone on a line for some lines.
struct ExpectedOutput {
    private let lines: [String]

    init(_ text: String) {
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    func fits(_ output: String) -> Bool {
        let found = output.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        return Self.fits(lines[...], found[...])
    }

    private static func fits(_ expected: ArraySlice<String>, _ found: ArraySlice<String>) -> Bool {
        guard let first = expected.first else { return found.isEmpty }
        let rest = expected.dropFirst()
        if first == "…" {
            return (found.startIndex...found.endIndex).contains { fits(rest, found[$0...]) }
        }
        guard let line = found.first, fits(line: first, line) else { return false }
        return fits(rest, found.dropFirst())
    }

    private static func fits(line expected: String, _ found: String) -> Bool {
        let parts = expected.split(separator: "…", omittingEmptySubsequences: false).map(String.init)
        guard parts.count > 1, let start = parts.first, let end = parts.last else { return expected == found }
        guard found.hasPrefix(start), found.hasSuffix(end), found.count >= start.count + end.count else {
            return false
        }
        var middle = found.dropFirst(start.count).dropLast(end.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = middle.firstRange(of: part) else { return false }
            middle = middle[range.upperBound...]
        }
        return true
    }
}
