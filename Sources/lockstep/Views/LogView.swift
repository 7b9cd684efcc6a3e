import Diagnostics
import Model
import Runner
import Values

/// What runs did, for people.
struct LogView {
    let style: Style
    let now: Timestamp

    /// A line a run, with what went wrong below it.
    func text(_ runs: [PastRun], of sync: SyncName) -> String {
        let name = style.paint("\(sync)", .bold)
        if runs.isEmpty { return "\(name): no run has written, held or failed anything\n" }
        var table = Table(
            style: style,
            columns: [
                ("run", .right), ("started", .left), ("took", .right), ("outcome", .left), ("to settle", .right),
                ("written", .left),
            ])
        for run in runs { table.rows.append(cells(run)) }
        return "\(name)\n" + table.text
    }

    private func cells(_ run: PastRun) -> [Table.Cell] {
        let written = run.written.map { CountWords.written($0) } ?? ""
        return [
            .init(run.number.map(String.init) ?? "-"), .init(Self.time(run.started)), .init(Self.length(run)),
            .init(run.outcome, paint(run.outcome)), .init(run.held == 0 ? "" : CountWords.grouped(run.held)),
            .init(run.problem.isEmpty ? written : run.problem),
        ]
    }

    private func paint(_ outcome: String) -> Style.Paint? {
        switch outcome {
        case "in step": .green
        case "needs someone", "stopped": .yellow
        case "brake", "failed": .red
        default: nil
        }
    }

    /// `2026-11-22 10:15:47Z`.
    static func time(_ time: Timestamp) -> String {
        let text = time.description
        return text.prefix(10) + " " + text.dropFirst(11).prefix(8) + "Z"
    }

    private static func length(_ run: PastRun) -> String {
        let (seconds, rest) = run.finished.since(run.started).components
        if seconds >= 100 { return AgeWords.length(Int(clamping: seconds)) }
        let tenths = rest / 100_000_000_000_000_000
        return "\(seconds).\(max(0, tenths)) s"
    }

    /// The writes of a run, field by field.
    func text(_ writes: [PlannedWrite], of sync: SyncName, run: String) -> String {
        let head = style.paint("\(sync)", .bold) + " run \(Self.name(run))\n"
        if writes.isEmpty { return head + "  it wrote to neither side\n" }
        let view = WriteView(style: style)
        return head + writes.map { view.text($0, head: line($0), indent: "  ") }.joined()
    }

    /// What runs wrote to one record, the oldest first.
    func text(_ writes: [(run: String, write: PlannedWrite)], of sync: SyncName, record: String) -> String {
        let head = style.paint("\(sync)", .bold) + ": \(record.escapedForDisplay)\n"
        if writes.isEmpty { return head + "  no run whose log is kept has written it\n" }
        let view = WriteView(style: style)
        return head
            + writes.map { entry in
                "  \(style.paint("run \(Self.name(entry.run))", .dim))\n"
                    + view.text(entry.write, head: line(entry.write), indent: "  ")
            }.joined()
    }

    /// One write of a run, without its fields.
    func line(_ entry: (run: String, write: PlannedWrite)) -> String {
        "ok    \(line(entry.write))   \(style.paint("run \(Self.name(entry.run))", .dim))\n"
    }

    private func line(_ write: PlannedWrite) -> String {
        let id = "\(write.side) \(ItemsView.id(write.id.key))"
        let partner = write.partner.key.isEmpty ? "" : ", from \(write.side.other) \(ItemsView.id(write.partner.key))"
        switch write.verb {
        case .create: return style.paint("+", .green) + " created \(id)\(partner)"
        case .update: return style.paint("~", .yellow) + " updated \(id)\(partner)"
        case .delete: return style.paint("-", .red) + " deleted \(id)"
        }
    }

    /// `12 of 2026-11-22 10:15:47Z`.
    private static func name(_ run: String) -> String {
        guard let number = PastRun.number(of: run) else { return run.escapedForDisplay }
        let time = run.drop { $0 != "-" }.dropFirst()
        guard time.count == 15 else { return "\(number)" }
        let digits = Array(time)
        let date = [digits[0..<4], digits[4..<6], digits[6..<8]].map { String($0) }.joined(separator: "-")
        let clock = [digits[9..<11], digits[11..<13], digits[13..<15]].map { String($0) }.joined(separator: ":")
        return "\(number) of \(date) \(clock)Z"
    }
}
