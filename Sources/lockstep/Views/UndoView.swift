import Diagnostics
import Model
import Runner
import Values

/// What an undo would write, or wrote.
struct UndoView {
    let session: Session

    private var style: Style { session.style(.output) }

    func text(_ undo: UndoReport) -> String {
        let plan = undo.report.plan
        let counts = plan.map { CountWords.planned($0.counts) } ?? ""
        var text = style.paint("\(undo.report.sync)", .bold) + ": undo of \(undo.run.escapedForDisplay): "
        text += counts.isEmpty ? "nothing to write" : counts
        text += undo.leftOut.isEmpty ? "\n" : "; \(CountWords.grouped(undo.leftOut.count)) left out\n"
        let limit = session.options.verbose ? Int.max : PlanView.usualLimit
        let numbers = plan?.operations.indices.prefix(limit) ?? 0..<0
        for number in numbers {
            if let write = undo.report.write(number) { text += self.text(write) }
        }
        let rest = (plan?.operations.count ?? 0) - numbers.count
        if rest > 0 { text += "  and \(CountWords.count(rest, "more write")); -v shows all\n" }
        for left in undo.leftOut { text += "  " + style.paint("LEFT", .yellow) + "  " + sentence(left) + "\n" }
        return text
    }

    private func sentence(_ left: LeftOut) -> String {
        let field = left.field.map { "\($0): " } ?? ""
        return "\(left.side) \(ItemsView.id(left.id))   \((field + left.reason).escapedForDisplay)"
    }

    private func text(_ write: PlannedWrite) -> String {
        let id = "\(write.side) \(ItemsView.id(write.id.key))"
        let head =
            switch write.verb {
            case .create where !write.id.isAssigned:
                style.paint("+", .green)
                    + " create \(write.side) \(ItemsView.id(write.formerID?.key ?? "")) again, under an id that the \(write.side) gives it"
            case .create: style.paint("+", .green) + " create \(id) again"
            case .update: style.paint("~", .yellow) + " update \(id)"
            case .delete: style.paint("-", .red) + " delete \(id), which the run made"
            }
        return WriteView(style: style).text(write, head: head, indent: "  ")
    }

    /// What was written.
    func ending(_ undo: UndoReport) -> String {
        guard undo.isDone else { return "" }
        let written = CountWords.written(undo.report.written)
        var text = ""
        for record in undo.renamed {
            text += "  \(record.side) \(ItemsView.id(record.was)) is \(record.side) \(ItemsView.id(record.now)) now\n"
        }
        text += "\(undo.report.sync): \(written.isEmpty ? "nothing written" : written)"
        if case .stopped(let stop, let left) = undo.report.outcome {
            text += "; \(stop.words): \(CountWords.count(left ?? 0, "write")) left. Undo it again to go on"
        }
        return text + (undo.undoneBy.map { "; to take it back: lockstep undo \(undo.report.sync) \($0)" } ?? "") + "\n"
    }

    func object(_ undo: UndoReport) -> Object {
        let plan = undo.report.plan
        return [
            "version": .int(1), "sync": .text("\(undo.report.sync)"), "undoes": .text(undo.run),
            "run": .text(orNull: undo.undoneBy), "outcome": .text(undo.isDone ? "done" : "planned"),
            "planned": ReportJSON.counts(plan?.counts ?? undo.report.written),
            "written": ReportJSON.counts(undo.report.written),
            "writes": .list(
                (plan?.operations.indices ?? 0..<0).compactMap(undo.report.write).map { .object(PlanJSON.object($0)) }),
            "renamed": .list(
                undo.renamed.map { record in
                    .object([
                        "side": .text(record.side.rawValue), "was": .text(record.was), "now": .text(record.now),
                    ])
                }),
            "leftOut": .list(undo.leftOut.map { .object(object($0)) }),
        ]
    }

    private func object(_ left: LeftOut) -> Object {
        [
            "side": .text(left.side.rawValue), "id": .text(left.id), "field": .text(orNull: left.field),
            "reason": .text(left.reason),
        ]
    }
}
