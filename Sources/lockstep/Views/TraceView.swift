import CEL
import Diagnostics

/// The steps of an evaluation as a tree: each part of the expression and what it gave.
struct TraceView {
    let style: Style

    private struct Row {
        var source: String
        var outcome: String
    }

    private static let widestSource = 60
    private static let widestValue = 72

    /// Lines with their line feeds.
    func text(_ root: TraceNode) -> String {
        var rows: [Row] = []
        add(root, 0, &rows)
        let width = rows.filter { !$0.outcome.isEmpty }.map(\.source.unicodeScalars.count).max() ?? 0
        return rows.map { row in
            if row.outcome.isEmpty { return row.source + "\n" }
            let gap = String(repeating: " ", count: max(0, width - row.source.unicodeScalars.count))
            return "\(row.source)\(gap)  \(row.outcome)\n"
        }.joined()
    }

    private func add(_ node: TraceNode, _ depth: Int, _ rows: inout [Row]) {
        if node.isLiteral, depth > 0 { return }
        let indent = String(repeating: "  ", count: depth)
        if node.omitted > 0 {
            rows.append(Row(source: indent + style.paint("… \(node.omitted) more of these", .dim), outcome: ""))
        }
        let source = TraceView.cut(TraceView.oneLine(node.source), TraceView.widestSource)
        rows.append(Row(source: indent + source, outcome: outcome(node)))
        for child in node.children { add(child, depth + 1, &rows) }
    }

    /// A failure is told where it began; what stands around it has failed with it.
    private func outcome(_ node: TraceNode) -> String {
        switch node.outcome {
        case .value(let value): "= " + TraceView.shown(value)
        case .failed where node.isFailedWithin: style.paint("failed", .red)
        case .failed(let failure): style.paint("failed: \(failure.message.escapedForDisplay)", .red)
        case .skipped: style.paint("not evaluated", .dim)
        }
    }

    private static func shown(_ value: CELValue) -> String {
        let text = value.text(most: 4 * widestValue).escapedForDisplay
        guard text.unicodeScalars.count > widestValue else { return text }
        return cut(text, widestValue) + (value.partCount.map { " (\($0) in all)" } ?? "")
    }

    /// An expression that was written on several lines, on one.
    private static func oneLine(_ source: String) -> String {
        let lines = source.split(whereSeparator: \.isNewline)
        return lines.map { $0.trimming { $0 == " " || $0 == "\t" } }.joined(separator: " ").escapedForDisplay
    }

    private static func cut(_ text: String, _ most: Int) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > most else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(most - 1))) + "…"
    }
}

extension Substring {
    fileprivate func trimming(_ isBlank: (Character) -> Bool) -> Substring {
        var rest = drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest.removeLast() }
        return rest
    }
}
