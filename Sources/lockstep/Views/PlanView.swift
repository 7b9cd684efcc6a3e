import Model
import Runner

/// A plan for people: every write or, of a long plan, some of each kind; what is held and why; what is left alone.
struct PlanView {
    let style: Style
    /// How many writes of a verb and a side, and how many held records, are shown; nil for all.
    let limit: Int?
    /// Takes the text in pieces, so that a long plan is never in memory as a whole.
    let put: (String) -> Void

    static let usualLimit = 10

    func show(_ report: SyncReport) {
        guard let plan = report.plan else { return }
        put(style.paint("\(report.sync)", .bold) + ": " + Self.summary(report) + "\n")
        for verb in WriteRequest.Verb.allCases {
            for side in Side.allCases { show(verb, side, report, plan) }
        }
        if let rest = plan.rest?.count {
            put("  and \(CountWords.count(rest, "write")) past '--limit', left to the next run\n")
        }
        put(ItemsView(style: style, limit: limit).text(report.heldRecords))
        let skips = Self.skips(plan)
        if !skips.isEmpty { put("  left alone: \(skips)\n") }
        for sentence in ChangeWords.sentences(plan) { put("  \(sentence)\n") }
    }

    private func show(_ verb: WriteRequest.Verb, _ side: Side, _ report: SyncReport, _ plan: Plan) {
        let view = WriteView(style: style)
        let count = plan.counts[side][verb]
        guard count > 0 else { return }
        var shown = 0
        for number in plan.operations.indices {
            let operation = plan.operations[number]
            guard operation.verb == verb, operation.side == side, let write = report.write(number) else { continue }
            put(view.text(write, indent: "  "))
            shown += 1
            if shown == limit { break }
        }
        if shown < count {
            put("  and \(CountWords.count(count - shown, "more \(verb)")) on the \(side); -v shows all\n")
        }
    }

    /// `2 creates on the right; 1 held`, or `nothing to do`.
    static func summary(_ report: SyncReport) -> String {
        guard let plan = report.plan else { return "nothing to do" }
        let counts = plan.settled
        let settled = words([
            ("paired", counts.paired), ("agreed", counts.agreed), ("forgotten", counts.forgotten),
            ("unlinked", counts.unlinked),
        ])
        let parts = [
            CountWords.planned(plan.counts),
            words([("linked anew", counts.linkedAnew)]), settled + (settled.isEmpty ? "" : " without a write"),
            ItemsView.summary(report.heldRecords),
        ].filter { !$0.isEmpty }
        return parts.isEmpty ? "nothing to do" : parts.joined(separator: "; ")
    }

    private static func words(_ counts: [(word: String, count: Int)]) -> String {
        counts.filter { $0.count > 0 }.map { "\(CountWords.grouped($0.count)) \($0.word)" }.joined(separator: ", ")
    }

    static func skips(_ plan: Plan) -> String {
        [
            (plan.skips.outOfScope, "out of scope"), (plan.skips.frozen, "linked but no longer in scope"),
            (plan.skips.createsNotAllowed, "new where none may be made"),
            (plan.skips.deletesIgnored, "deleted on one side"), (plan.skips.archived, "archived"),
            (plan.skips.unknown.left + plan.skips.unknown.right, "not to be had"),
        ].filter { $0.0 > 0 }.map { "\(CountWords.grouped($0.0)) \($0.1)" }.joined(separator: ", ")
    }

    /// A line for several syncs together.
    static func total(_ reports: [SyncReport]) -> String {
        let writes = reports.compactMap(\.plan).reduce(0) { $0 + $1.operations.count }
        let held = ItemsView.summary(reports.flatMap(\.heldRecords))
        let count = writes == 0 ? "nothing to write" : CountWords.count(writes, "write")
        return "\nin all: \(count) in \(CountWords.count(reports.count, "sync"))" + (held.isEmpty ? "" : "; \(held)")
            + "\n"
    }
}
