import CEL
import Diagnostics

/// The steps of an evaluation as a tree: each part of the expression and what it gave.
struct TraceView {
    let style: Style

    private struct Row {
        var source: String
        var outcome: String
    }

    /// Lines with their line feeds.
    func text(_ root: TraceNode) -> String {
        var rows: [Row] = []
        add(root, 0, &rows)
        let width = min(60, rows.map(\.source.unicodeScalars.count).max() ?? 0)
        return rows.map { row in
            let gap = String(repeating: " ", count: max(0, width - row.source.unicodeScalars.count))
            return "\(row.source)\(gap)  \(row.outcome)\n"
        }.joined()
    }

    private func add(_ node: TraceNode, _ depth: Int, _ rows: inout [Row]) {
        if node.isLiteral, depth > 0 { return }
        let source = String(repeating: "  ", count: depth) + node.source.escapedForDisplay
        rows.append(Row(source: source, outcome: outcome(node)))
        for child in node.children { add(child, depth + 1, &rows) }
    }

    private func outcome(_ node: TraceNode) -> String {
        switch node.outcome {
        case .value(let value): "= " + value.description.escapedForDisplay
        case .failed(let failure): style.paint("failed: \(failure.message.escapedForDisplay)", .red)
        case .skipped: style.paint("not evaluated", .dim)
        }
    }
}
