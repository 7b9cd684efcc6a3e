import Model
import Runner
import Values

/// What a change of the job files does to the data as it is, for a comment in a pull request: the counts open, the records folded.
struct AgainstMarkdown {
    /// By which CI finds its comment, to put a new one in its place.
    static let marker = "<!-- lockstep plan against -->"

    let session: Session
    let before: Workspace
    let after: Workspace
    let mistakes: AgainstMistakes
    var limit = PlanMarkdown.limit

    /// Room for what closes a comment.
    private static let reserve = 1_200

    func text(_ differences: [SyncDifference]) -> String {
        var page = CommentText(room: limit - Self.reserve)
        page.add(Self.marker + "\n## Lockstep plan against \(MarkdownText.cell(mistakes.earlier))\n\n")
        page.add("**\(MarkdownText.escaped(AgainstWords.summary(differences, mistakes)))**\n\n")
        page.add(mistakes.all.map(PlanMarkdown.mistake), after: "### Mistakes in job files\n\n", noun: "mistake")
        var left = 0
        for difference in differences where !difference.isEmpty || !difference.troubles.isEmpty {
            if !show(difference, on: &page) { left += 1 }
        }
        if left > 0 { page.close("\n\(CountWords.count(left, "more sync")) not shown here\n") }
        return page.text
    }

    private func show(_ difference: SyncDifference, on page: inout CommentText) -> Bool {
        let standing = AgainstWords.standing(difference).map { ": \($0)" } ?? ""
        guard page.add("### \(MarkdownText.escaped("\(difference.sync)"))\(standing)\n\n") else { return false }
        page.add(facts(difference).map { "- \(MarkdownText.escaped($0))\n" }, after: "", noun: "fact")
        for side in Side.allCases {
            let scope = difference.scope[side]
            fold("leaving the scope on the \(side)", scope.leaving, on: &page)
            fold("entering the scope on the \(side)", scope.entering, on: &page)
        }
        for writes in difference.writes { fold(writes, on: &page) }
        for (items, words) in [
            (difference.newHolds, AgainstWords.newHolds(difference.newHolds.count)),
            (difference.goneHolds, AgainstWords.goneHolds(difference.goneHolds.count)),
        ] where !items.isEmpty {
            fold(words, items.sample.map(PlanMarkdown.held), items.count, on: &page)
        }
        return true
    }

    /// What is said open.
    private func facts(_ difference: SyncDifference) -> [String] {
        var facts = difference.troubles.map { trouble in
            "\(trouble.isBefore ? "before" : "now"): \(words(trouble.report, trouble.isBefore))"
        }
        facts += difference.newBrakes.map {
            "a brake would stop it: \(BrakeWords(difference.sync, $0).sentence)"
        }
        facts += difference.goneBrakes.map { "no brake any more: \(BrakeWords(difference.sync, $0).sentence)" }
        for side in Side.allCases {
            let scope = difference.scope[side]
            if !scope.leaving.isEmpty { facts.append(AgainstWords.leaving(scope, side)) }
            if !scope.entering.isEmpty { facts.append(AgainstWords.entering(scope, side)) }
        }
        facts += difference.writes.map(AgainstWords.writes)
        for side in Side.allCases {
            let (new, lost) = (difference.newFields[side], difference.lostFields[side])
            if !new.isEmpty { facts.append(AgainstWords.newFields(new, side)) }
            if !lost.isEmpty { facts.append(AgainstWords.lostFields(lost, side)) }
        }
        if !difference.newHolds.isEmpty { facts.append(AgainstWords.newHolds(difference.newHolds.count)) }
        if !difference.goneHolds.isEmpty { facts.append(AgainstWords.goneHolds(difference.goneHolds.count)) }
        if !difference.readTwice.isEmpty { facts.append(AgainstWords.readTwice(difference.readTwice)) }
        return facts
    }

    private func words(_ report: SyncReport, _ isBefore: Bool) -> String {
        let view = RunView(session: session, workspace: isBefore ? before : after, names: [report.sync.job])
        let name = "\(report.sync): "
        let line = view.text(report, isPlan: true).split(separator: "\n").first.map(String.init) ?? ""
        return line.hasPrefix(name) ? String(line.dropFirst(name.count)) : line
    }

    private func fold(_ words: String, _ records: Sampled<RecordID>, on page: inout CommentText) {
        if records.isEmpty { return }
        let lines = records.sample.map { "- \(MarkdownText.cell($0.key))\n" }
        fold("\(CountWords.count(records.count, "record")) \(words)", lines, records.count, on: &page)
    }

    private func fold(_ writes: SyncDifference.Writes, on page: inout CommentText) {
        let head = "| record | field | before | after |\n|---|---|---|---|\n"
        let rows = writes.writes.sample.map(PlanMarkdown.rows)
        fold(AgainstWords.writes(writes), rows, writes.writes.count, head: head, on: &page)
    }

    /// Some of what there is, which can be opened.
    private func fold(
        _ summary: String, _ lines: [String], _ count: Int, head: String = "", on page: inout CommentText
    ) {
        let end = "\n</details>\n\n"
        guard page.open("\n<details>\n<summary>\(summary)</summary>\n\n\(head)", end) else { return }
        var shown = 0
        for line in lines {
            guard page.add(line) else { break }
            shown += 1
        }
        if shown < count { page.closing("\nand \(CountWords.grouped(count - shown)) more\n") }
        page.closing(end)
    }
}
