import Diagnostics
import Model
import Runner
import Values

/// How connections stand, and what came of asking them.
struct ConnectionsView {
    let style: Style
    let now: Timestamp

    /// A table, then what is wrong; lines with their line feeds.
    func text(_ statuses: [ConnectionStatus]) -> String {
        if statuses.isEmpty { return "there are no connections\n" }
        var table = Table(
            style: style,
            columns: [
                ("connection", .left), ("type", .left), ("state", .left), ("since", .left), ("asked again", .left),
                ("syncs", .right),
            ])
        table.rows = statuses.map(row)
        let problems = statuses.map(problem).joined()
        return table.text + (problems.isEmpty ? "" : "\n" + problems)
    }

    private func row(_ status: ConnectionStatus) -> [Table.Cell] {
        let words = AgeWords(now: now)
        let state = status.trouble?.state
        let next = status.trouble.map { $0.nextProbe.map(words.due) ?? "each run" } ?? ""
        return [
            Table.Cell(status.name, .bold), Table.Cell(status.type),
            Table.Cell(state?.rawValue ?? "in order", state == nil ? .green : state == .busy ? .yellow : .red),
            Table.Cell(status.since.map(words.words) ?? ""), Table.Cell(next),
            Table.Cell(CountWords.grouped(status.syncs.count)),
        ]
    }

    private func problem(_ status: ConnectionStatus) -> String {
        guard let trouble = status.trouble else { return "" }
        var text = "\(trouble.sentence.escapedForDisplay)   \(style.paint(status.place.escapedForDisplay, .dim))\n"
        if !status.syncs.isEmpty {
            text += "  stops \(status.syncs.map(\.description).joined(separator: ", "))\n"
        }
        return text
    }

    /// A line for each, and what mends those that failed.
    func text(_ results: [ConnectionCheck.Result]) -> String {
        if results.isEmpty { return "there are no connections\n" }
        return results.map(line).joined()
    }

    private func line(_ result: ConnectionCheck.Result) -> String {
        let name = style.paint(result.connection, .bold)
        guard let part = result.failed else {
            return "\(style.paint("ok  ", .green))  \(name): \(result.text.escapedForDisplay)\n"
        }
        let mark = result.isBroken ? style.paint("FAIL", .red) : style.paint("WAIT", .dim)
        let place = style.paint(result.place.escapedForDisplay, .dim)
        var text = "\(mark)  \(name): \(part.rawValue): \(result.text.escapedForDisplay)   \(place)\n"
        if let remedy = result.remedy { text += "        do:  \(remedy.escapedForDisplay)\n" }
        return text
    }
}
