import Diagnostics
import Model
import Runner
import Values

/// What runs did, for people.
struct LogView {
    let screen: Screen
    let now: Timestamp

    private var style: Style { screen.style }

    /// A line a run, with what went wrong below it.
    func text(_ runs: [PastRun], of sync: SyncName) -> String {
        let name = style.paint("\(sync)", .bold)
        if runs.isEmpty { return "\(name): no run has written, held or failed anything\n" }
        var table = Table(
            screen: screen,
            columns: [
                .init("run", .right), .init("started"), .init("took", .right), .init("outcome"),
                .init("to settle", .right, isOptional: true), .init("written", isOptional: true),
            ])
        for run in runs { table.rows.append(cells(run)) }
        return "\(name)\n" + table.text
    }

    private func cells(_ run: PastRun) -> [Table.Cell] {
        let written = run.written.map { CountWords.written($0) } ?? ""
        return [
            .init(run.number.map(String.init) ?? "-"), .init(Self.time(run.started)), .init(Self.length(run)),
            .init(run.outcome.rawValue, paint(run.outcome)), .init(run.held == 0 ? "" : CountWords.grouped(run.held)),
            .init(run.problem.isEmpty ? written : run.problem),
        ]
    }

    private func paint(_ outcome: RunOutcome) -> Style.Paint? {
        switch outcome {
        case .inStep: .green
        case .needsSomeone, .stopped: .yellow
        case .brake, .failed: .red
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

    /// What runs wrote to one record, the oldest first, and who set each field last.
    func text(_ writes: [PastWrite], of sync: SyncName, record: String) -> String {
        let name = style.paint("\(sync)", .bold)
        guard let last = writes.last?.write else {
            return "\(name): \(record.escapedForDisplay)\n  no run whose log is kept has written it\n"
        }
        let ids = [last.side: last.id.key, last.side.other: last.partner.key]
        let record = ItemsView.record(
            Sides(left: ids[.left], right: ids[.right]).map { $0?.isEmpty == true ? nil : $0 })
        return "\(name): \(record)\n" + writes.map(text).joined() + "\n" + lastSet(writes)
    }

    private func text(_ past: PastWrite) -> String {
        let time = past.time.map(Self.time) ?? ""
        let number = PastRun.number(of: past.run).map(String.init) ?? past.run.escapedForDisplay
        let head = "\(time)  run \(number)  \(line(past))"
        return WriteView(style: style).text(past.write, head: head, indent: "  ")
    }

    /// Who set each field: the side where that was done, when a run wrote it or found it so, and which.
    private func lastSet(_ writes: [PastWrite]) -> String {
        let fields = LastSet.all(writes)
        if fields.isEmpty { return "" }
        var table = Table(
            screen: screen, indent: "  ",
            columns: [
                .init("side"), .init("field", isFlexible: true), .init("set by"), .init("at"), .init("run", .right),
                .init("value"),
            ])
        table.rows = fields.map { field in
            [
                .init("\(field.side)"), .init(field.path), .init(field.setBy),
                .init(field.past.time.map(Self.time) ?? ""),
                .init(PastRun.number(of: field.past.run).map(String.init) ?? field.past.run), .init(field.value.shown),
            ]
        }
        return table.text
    }

    /// One write of a run, without its fields.
    func line(_ entry: (run: String, write: PlannedWrite)) -> String {
        "ok    \(line(entry.write))   \(style.paint("run \(Self.name(entry.run))", .dim))\n"
    }

    private func line(_ past: PastWrite) -> String {
        switch past.origin {
        case .side: line(past.write)
        case .undo: line(past.write, hasSource: false) + ", by an undo"
        case .archive: line(past.write, hasSource: false) + ", to archive it"
        }
    }

    /// - Parameter hasSource: whether the values came from the partner.
    private func line(_ write: PlannedWrite, hasSource: Bool = true) -> String {
        let id = "\(write.side) \(ItemsView.id(write.id.key))"
        let isFrom = hasSource && !write.partner.key.isEmpty
        let partner = isFrom ? ", from \(write.side.other) \(ItemsView.id(write.partner.key))" : ""
        switch write.verb {
        case .create: return style.paint("+", .green) + " created \(id)\(partner)"
        case .update: return style.paint("~", .yellow) + " updated \(id)\(partner)"
        case .delete: return style.paint("-", .red) + " deleted \(id)"
        }
    }

    /// `12 of 2026-11-22 10:15:47Z`.
    private static func name(_ run: String) -> String {
        guard let number = PastRun.number(of: run) else { return run.escapedForDisplay }
        return "\(number)" + (PastRun.time(of: run).map { " of \(time($0))" } ?? "")
    }
}
