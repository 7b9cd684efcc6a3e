import Diagnostics
import Model
import Runner
import Values

/// What was settled of a sync, and what the next run makes of it.
struct SettleView {
    let session: Session
    /// What was done, behind the number of records.
    let done: String
    /// What to say where there was nothing to settle.
    let none: String

    private var style: Style { session.style(.output) }

    func text(_ report: SettleReport) -> String {
        let name = style.paint("\(report.sync)", .bold)
        let count = report.settled.count
        var text = "\(name): " + (count == 0 ? none : "\(CountWords.count(count, "record")) \(done)") + "\n"
        let limit = session.options.verbose ? Int.max : PlanView.usualLimit
        for record in report.settled.prefix(limit) { text += "  " + line(record) + "\n" }
        text += rest(count - limit, "record")
        for record in report.leftAlone {
            text += "  " + style.paint("LEFT", .yellow) + "  " + line(record) + "\n"
        }
        if !report.next.isEmpty {
            text += "the next run writes:\n"
            let view = WriteView(style: style)
            for write in report.next.prefix(limit) { text += view.text(write, indent: "  ") }
            text += rest(report.next.count - limit, "write")
        }
        if !report.held.isEmpty {
            text += "the next run holds:\n" + ItemsView(style: style, limit: limit).text(report.held)
        }
        return text
    }

    private func rest(_ count: Int, _ noun: String) -> String {
        count > 0 ? "  and \(CountWords.count(count, "more \(noun)")); -v shows all\n" : ""
    }

    private func line(_ record: SettleReport.Record) -> String {
        let fields = record.fields.isEmpty ? "" : "   " + record.fields.joined(separator: ", ").escapedForDisplay
        let reason = record.reason.isEmpty ? "" : "   " + record.reason.escapedForDisplay
        return ItemsView.record(record.ids) + fields + reason
    }

    func object(_ report: SettleReport) -> Object {
        [
            "version": .int(1), "sync": .text("\(report.sync)"),
            "settled": .list(report.settled.map { .object(object($0)) }),
            "leftAlone": .list(report.leftAlone.map { .object(object($0)) }),
            "nextWrites": .list(report.next.map { .object(PlanJSON.object($0)) }),
            "nextHeld": .list(report.held.map(ReportJSON.held)),
        ]
    }

    private func object(_ record: SettleReport.Record) -> Object {
        [
            "left": .text(orNull: record.ids.left), "right": .text(orNull: record.ids.right),
            "fields": .list(record.fields.map(Value.text)),
            "reason": .text(orNull: record.reason.isEmpty ? nil : record.reason),
        ]
    }
}
