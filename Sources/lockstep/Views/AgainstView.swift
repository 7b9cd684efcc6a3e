import Diagnostics
import Model
import Runner
import Values

/// What a change of the job files does to the data as it is, for people: counts first, and some records of each kind.
struct AgainstView {
    let session: Session
    let before: Workspace
    let after: Workspace
    let mistakes: AgainstMistakes
    let put: (String) -> Void

    private var style: Style { session.style(.output) }

    init(
        session: Session, before: Workspace, after: Workspace, mistakes: AgainstMistakes,
        put: @escaping (String) -> Void
    ) {
        self.session = session
        self.before = before
        self.after = after
        self.mistakes = mistakes
        self.put = put
    }

    func show(_ differences: [SyncDifference]) {
        for difference in differences where !difference.isEmpty || !difference.troubles.isEmpty { show(difference) }
        put(AgainstWords.summary(differences, mistakes).escapedForDisplay + "\n")
    }

    private func show(_ difference: SyncDifference) {
        let standing = AgainstWords.standing(difference).map { " \($0)" } ?? ""
        put(style.paint("\(difference.sync)", .bold) + ":" + standing + "\n")
        for trouble in difference.troubles {
            put("  \(trouble.isBefore ? "before" : "now"): " + words(trouble.report, trouble.isBefore))
        }
        for side in Side.allCases { show(difference.scope[side], side) }
        for writes in difference.writes { show(writes) }
        for side in Side.allCases {
            let (new, lost) = (difference.newFields[side], difference.lostFields[side])
            if !new.isEmpty { put("  \(AgainstWords.newFields(new.map(\.escapedForDisplay), side))\n") }
            if !lost.isEmpty { put("  \(AgainstWords.lostFields(lost.map(\.escapedForDisplay), side))\n") }
        }
        show(difference.newHolds, AgainstWords.newHolds)
        show(difference.goneHolds, AgainstWords.goneHolds)
        for refusal in difference.newBrakes {
            let words = BrakeWords(difference.sync, refusal).sentence.escapedForDisplay
            put("  \(style.paint("a brake would stop it", .red)): \(words)\n")
        }
        for refusal in difference.goneBrakes {
            let words = BrakeWords(difference.sync, refusal).sentence.escapedForDisplay
            put("  no brake any more: \(words)\n")
        }
        if !difference.readTwice.isEmpty { put("  \(AgainstWords.readTwice(difference.readTwice))\n") }
    }

    /// What kept a plan from being made.
    private func words(_ report: SyncReport, _ isBefore: Bool) -> String {
        let view = RunView(session: session, workspace: isBefore ? before : after, names: [report.sync.job])
        let text = view.text(report, isPlan: true)
        let name = style.paint("\(report.sync)", .bold) + ": "
        return text.hasPrefix(name) ? String(text.dropFirst(name.count)) : text
    }

    private func show(_ scope: SyncDifference.Scope, _ side: Side) {
        for (records, words) in [
            (scope.leaving, AgainstWords.leaving(scope, side)), (scope.entering, AgainstWords.entering(scope, side)),
        ] where !records.isEmpty {
            put("  \(words): \(list(records.sample.map { ItemsView.id($0.key) }, of: records.count))\n")
        }
    }

    /// Texts in a row, and how many there are more.
    private func list(_ texts: [String], of count: Int) -> String {
        let rest = count - texts.count
        return texts.joined(separator: ", ") + (rest > 0 ? " and \(CountWords.grouped(rest)) more" : "")
    }

    private func show(_ writes: SyncDifference.Writes) {
        put("  \(AgainstWords.writes(writes))\n")
        let view = WriteView(style: style)
        for write in writes.writes.sample { put(view.text(write, indent: "    ")) }
        let rest = writes.writes.count - writes.writes.sample.count
        if rest > 0 { put("    and \(CountWords.grouped(rest)) more\n") }
    }

    private func show(_ items: Sampled<HeldRecord>, _ words: (Int) -> String) {
        if items.isEmpty { return }
        put("  \(words(items.count))\n")
        put(ItemsView(style: style, limit: nil).text(items.sample, indent: "    "))
        let rest = items.count - items.sample.count
        if rest > 0 { put("    and \(CountWords.grouped(rest)) more\n") }
    }
}
