import CEL
import Values

/// The values that make a difference to comparisons with constants.
struct TrialValues {
    private var texts: Set<String> = []
    private var numbers: Set<Double> = []
    private var hasBools = false
    /// So many fields are compared with each other: each may need a value of its own between the same two constants.
    private let fields: Int

    init(_ constants: [Literal], ofFields fields: Int) {
        self.fields = fields
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

    /// Each text, those right behind it, and the least and the greatest.
    private func between(_ sorted: [String]) -> [String] {
        let least = sorted.first == "" ? sorted : [""] + sorted
        let greatest = "\u{10FFFF}"
        return least.flatMap { [$0] + behind($0, fields) } + [greatest] + behind(greatest, fields - 1)
    }

    private func behind(_ text: String, _ count: Int) -> [String] {
        (0..<count).map { text + String(repeating: "\u{1}", count: $0 + 1) }
    }

    /// Each number, those between it and the next, and those below and above all.
    private func between(_ sorted: [Double]) -> [Double] {
        guard let first = sorted.first, let last = sorted.last else { return [] }
        let steps = (1...fields).map { Double($0) }
        let parts = Double(fields + 1)
        let gaps = zip(sorted, sorted.dropFirst()).flatMap { low, high in steps.map { low + (high - low) * $0 / parts }
        }
        let below = steps.map { first - max(1, abs(first)) * $0 }
        let above = steps.map { last + max(1, abs(last)) * $0 }
        return sorted + gaps + below + above
    }
}
