import CEL
import Values

/// The values that make a difference to comparisons with constants.
struct TrialValues {
    private var texts: Set<String> = []
    private var numbers: Set<Double> = []
    private var hasBools = false

    init(_ constants: [Literal]) {
        for constant in constants {
            switch constant {
            case .text(let text): texts.insert(text)
            case .int(let number): numbers.insert(Double(number))
            case .uint(let number): numbers.insert(Double(number))
            case .double(let number): numbers.insert(number)
            case .bool: hasBools = true
            case .null, .bytes: break
            }
        }
    }

    /// nil for no such field.
    var all: [Value?] {
        var values: [Value?] = [nil, .null]
        if hasBools { values += [.bool(true), .bool(false)] }
        values += between(texts.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }).map { .text($0) }
        values += between(numbers.filter(\.isFinite).sorted()).map { .double($0) }
        // Files without types hold numbers as text.
        values += numbers.filter { $0 == $0.rounded() && abs($0) < 1e15 }.sorted().map { .text(String(Int64($0))) }
        return values
    }

    /// Each text, one right behind it, and the least and the greatest.
    private func between(_ sorted: [String]) -> [String] {
        var all = sorted.flatMap { [$0, $0 + "\u{1}"] } + ["\u{10FFFF}"]
        if !sorted.contains("") { all.append("") }
        return all
    }

    /// Each number, one between it and the next, and one below and above all.
    private func between(_ sorted: [Double]) -> [Double] {
        guard let first = sorted.first, let last = sorted.last else { return [] }
        let gaps = zip(sorted, sorted.dropFirst()).map { $0 + ($1 - $0) / 2 }
        return sorted + gaps + [first - max(1, abs(first)), last + max(1, abs(last))]
    }
}
