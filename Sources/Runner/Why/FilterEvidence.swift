import CEL
import Diagnostics
import Model
import Values

/// Which part of a filter leaves a record out, with the values that it saw.
struct FilterEvidence {
    private let parts: [FalsePart]

    init(_ filter: Program, _ record: Object) {
        parts = filter.falseParts(Scope(record: record))
    }

    /// The line of the first part that said no.
    var place: String? { parts.first?.trace.place.fileAndLine }

    /// The parts that said no, as they are written.
    var text: String { parts.map { $0.trace.source.oneLine }.joined(separator: "; ") }

    /// `queue = "Network"`: what the fields held that these parts ask for.
    var values: [String] {
        var seen: Set<String> = []
        return parts.flatMap { Self.fields($0.trace) }.filter { seen.insert($0).inserted }
    }

    /// `queue = "Network"`: what the fields hold that a filter reads.
    static func values(_ filter: Program, _ record: Object) -> [String] {
        filter.uses.paths.prefix(mostValues).map { path in
            "\(path.text.escapedForDisplay) = \((record.value(at: path) ?? .null).shown)"
        }
    }

    /// So many fields of a filter are shown.
    private static let mostValues = 10

    private static func fields(_ node: TraceNode) -> [String] {
        if node.isLiteral { return [] }
        let inner = node.children.flatMap { fields($0) }
        if !inner.isEmpty { return inner }
        guard case .value(let value) = node.outcome else { return [] }
        return ["\(node.source.oneLine) = \(value.text(most: 80).escapedForDisplay)"]
    }

    /// The edits of the record that make all parts say yes, where that can be told from how they are written.
    func remedy(_ side: Side, id: String) -> Remedy? {
        let wishes = parts.compactMap(\.wish)
        guard !wishes.isEmpty, wishes.count == parts.count else { return nil }
        return Remedy(wishes.map { .edit(side, id: id, field: $0.field.text, to: $0.value) })
    }
}

extension String {
    fileprivate var oneLine: String {
        split(whereSeparator: \.isNewline).joined(separator: " ").escapedForDisplay
    }
}
