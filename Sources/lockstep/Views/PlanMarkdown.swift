import Diagnostics
import Model
import Runner
import Values

/// Plans for a comment in a pull request: what needs a person first and open, the writes in tables that can be opened.
///
/// A comment may have 65,536 characters. What is too long is cut by whole records, and says how many there are more.
struct PlanMarkdown {
    /// By which CI finds its comment, to put a new one in its place.
    static let marker = "<!-- lockstep plan -->"

    /// The characters of a comment, as UTF-16 counts them at most, with room for what closes it.
    static let limit = 65_536
    private static let reserve = 1_200

    let session: Session
    let workspace: Workspace
    var limit = Self.limit

    func text(_ reports: [SyncReport], _ mistakes: [Diagnostic]) -> String {
        var page = CommentText(room: limit - Self.reserve)
        _ = page.add(Self.marker + "\n## Lockstep plan\n\n")
        _ = page.add(summary(reports) + "\n\n")
        if !mistakes.isEmpty {
            page.add(mistakes.map(Self.mistake), after: "### Mistakes in job files\n\n", noun: "mistake")
        }
        for report in reports { show(report, on: &page) }
        if page.leftSyncs > 0 {
            page.close("\n\(CountWords.count(page.leftSyncs, "more sync")) with writes not shown here\n")
        }
        return page.text
    }

    private func summary(_ reports: [SyncReport]) -> String {
        let writes = reports.compactMap(\.plan).reduce(0) { $0 + $1.operations.count }
        let held = ItemsView.summary(reports.flatMap(\.heldRecords))
        let braked = reports.count { if case .refused = $0.outcome { true } else { false } }
        var parts = [writes == 0 ? "nothing to write" : CountWords.count(writes, "write")]
        parts[0] += " in \(CountWords.count(reports.count, "sync"))"
        if !held.isEmpty { parts.append(held) }
        if braked > 0 { parts.append("\(CountWords.count(braked, "sync")) stopped by a brake") }
        return "**" + parts.joined(separator: "; ") + "**"
    }

    static func mistake(_ diagnostic: Diagnostic) -> String {
        let place = diagnostic.place.map { MarkdownText.escaped($0.fileAndLine) + " " } ?? ""
        return "- \(place)\(MarkdownText.escaped(diagnostic.message))\n"
    }

    private func show(_ report: SyncReport, on page: inout CommentText) {
        guard page.add("### \(MarkdownText.escaped("\(report.sync)")): \(heading(report))\n\n") else {
            if !(report.plan?.isEmpty ?? true) { page.leftSyncs += 1 }
            return
        }
        if case .refused(let refusals) = report.outcome {
            let lines = refusals.map { "- **brake:** \(MarkdownText.escaped(BrakeWords(report.sync, $0).sentence))\n" }
            page.add(lines, after: "", noun: "brake")
            if let digest = report.plan?.digest {
                _ = page.add("\nIf these writes are right: `--accept \(digest)`\n\n")
            }
        }
        page.add(report.heldRecords.map(Self.held), after: "", noun: "held record")
        guard let plan = report.plan, !plan.isEmpty else { return }
        for verb in WriteRequest.Verb.allCases {
            for side in Side.allCases { show(verb, side, report, plan, on: &page) }
        }
        let skips = PlanView.skips(plan)
        if !skips.isEmpty { _ = page.add("left alone: \(skips)\n\n") }
        for sentence in ChangeWords.sentences(plan) { _ = page.add("\(MarkdownText.escaped(sentence))\n\n") }
    }

    private func heading(_ report: SyncReport) -> String {
        switch report.outcome {
        case .planned, .stopped(.writeLimit, _), .refused: return PlanView.summary(report)
        case .untouched: return "nothing to do"
        case .disabled: return "not enabled"
        default:
            let text = RunView(session: session, workspace: workspace, names: [report.sync.job]).text(
                report, isPlan: true)
            let name = "\(report.sync): "
            let line = text.split(separator: "\n").first.map(String.init) ?? ""
            return MarkdownText.escaped(line.hasPrefix(name) ? String(line.dropFirst(name.count)) : line)
        }
    }

    static func held(_ item: HeldRecord) -> String {
        let place = item.place.map { " (\(MarkdownText.escaped($0)))" } ?? ""
        return
            "- **\(item.state.rawValue):** \(MarkdownText.escaped(ItemsView.record(item.ids)))\(place): \(MarkdownText.escaped(item.reason.shortenedForDisplay(columns: 400)))\n"
    }

    /// The writes of a kind: a row a field, folded.
    private func show(
        _ verb: WriteRequest.Verb, _ side: Side, _ report: SyncReport, _ plan: Plan, on page: inout CommentText
    ) {
        let count = plan.counts[side][verb]
        guard count > 0 else { return }
        let head =
            "\n<details>\n<summary>\(CountWords.count(count, verb.rawValue)) on the \(side)</summary>\n\n| record | field | before | after |\n|---|---|---|---|\n"
        var rest = count
        let end = "\n</details>\n\n"
        guard page.open(head, end) else {
            _ = page.closing("\(CountWords.count(count, verb.rawValue)) on the \(side), not shown here\n\n")
            return
        }
        for number in plan.operations.indices {
            let operation = plan.operations[number]
            guard operation.verb == verb, operation.side == side, let write = report.write(number) else { continue }
            guard page.add(Self.rows(write)) else { break }
            rest -= 1
        }
        if rest > 0 { _ = page.closing("\nand \(CountWords.grouped(rest)) more\n") }
        _ = page.closing(end)
    }

    static func rows(_ write: PlannedWrite) -> String {
        let id = write.id.isAssigned ? write.id.key : "new, from \(write.partner.key)"
        var name = MarkdownText.cell(id)
        if write.fields.isEmpty { return "| \(name) | | | |\n" }
        return write.fields.map { field in
            defer { name = "" }
            let before = write.verb == .create ? "" : MarkdownText.cell(field.before.shown)
            let after = write.verb == .delete ? "" : MarkdownText.cell(field.after.shown)
            return "| \(name) | \(MarkdownText.cell(field.path)) | \(before) | \(after) |\n"
        }.joined()
    }
}
