import Diagnostics
import Model
import Runner
import Values

/// What was written of a saved plan, and what of it was left out.
struct ApplyView {
    let session: Session
    let workspace: Workspace
    let file: String

    /// A sync of the plan.
    struct Applied {
        let saved: SavedSync
        /// nil where the plan had nothing to write.
        let report: SyncReport?
        /// The runs that carried out this plan before.
        let before: [String]

        var leftOut: [LeftOutWrite] { report?.leftOut ?? [] }
        var areAllDone: Bool { !leftOut.isEmpty && leftOut.allSatisfy { $0.cause == .done } }
    }

    private var style: Style { session.style(.output) }

    /// Lines with their line feeds.
    func text(_ syncs: [Applied]) -> String {
        if syncs.allSatisfy({ $0.report == nil }) { return "the plan has nothing to write\n" }
        return syncs.map(text).joined()
    }

    private func text(_ applied: Applied) -> String {
        guard let report = applied.report else { return "" }
        if applied.saved.isEmpty, case .planned = report.outcome { return "" }
        let name = style.paint("\(report.sync)", .bold)
        switch report.outcome {
        case .planned, .stopped(_, .some): return "\(name): \(summary(applied, report))\n" + details(applied, report)
        case .refused(let refusals):
            var view = BrakeView(style: style, place: nil)
            view.acceptance = acceptance(applied.saved, refusals)
            return view.text(report, refusals, isPlan: false) + leftOut(applied)
        case .paused(let pause):
            return
                "\(name): nothing written: \(pause.words.escapedForDisplay). 'lockstep resume \(report.sync)' ends that; then apply the plan again\n"
        case .disabled: return "\(name): nothing written: the job is not enabled\n"
        default: return RunView(session: session, workspace: workspace, names: [report.sync.job]).text(report)
        }
    }

    private func summary(_ applied: Applied, _ report: SyncReport) -> String {
        let written = CountWords.written(report.written)
        var parts = [written]
        if written.isEmpty {
            let isNothing = applied.leftOut.isEmpty && report.heldRecords.isEmpty
            parts = [
                applied.areAllDone
                    ? "nothing to write: all is as planned" : isNothing ? "nothing to write" : "nothing written"
            ]
            if applied.areAllDone, let run = applied.before.last { parts[0] += " since run \(run)" }
        }
        if case .stopped(let stop, let left?) = report.outcome {
            parts.append("\(stop.words): \(CountWords.count(left, "write")) left")
        }
        let done = applied.leftOut.count - applied.leftOut.count { $0.cause != .done }
        if done > 0, !applied.areAllDone { parts.append("\(CountWords.grouped(done)) as planned already") }
        let moved = applied.leftOut.count { $0.cause != .done }
        if moved > 0 { parts.append("\(CountWords.grouped(moved)) left out") }
        parts.append(ItemsView.summary(report.heldRecords))
        return parts.filter { !$0.isEmpty }.joined(separator: "; ")
    }

    private func details(_ applied: Applied, _ report: SyncReport) -> String {
        var text = leftOut(applied)
        let limit = session.options.verbose ? nil : PlanView.usualLimit
        text += ItemsView(style: style, limit: limit).text(report.heldRecords)
        if let run = report.run { text += "  to take it back: lockstep undo \(report.sync) \(run)\n" }
        return text
    }

    /// The writes that were left out, each by name.
    private func leftOut(_ applied: Applied) -> String {
        let shown = session.options.verbose ? applied.leftOut : applied.leftOut.filter { $0.cause != .done }
        return shown.map { left in
            let mark = left.cause == .done ? style.paint("DONE", .dim) : style.paint("LEFT", .yellow)
            return "  \(mark)  \(head(left))   \(left.reason.escapedForDisplay)\n"
        }.joined()
    }

    private func head(_ left: LeftOutWrite) -> String {
        let (side, other) = (left.side, left.side.other)
        let id = left.ids[side].map { "\(side) \(ItemsView.id($0))" } ?? "\(side) record"
        let partner = left.ids[other].map { " from \(other) \(ItemsView.id($0))" } ?? ""
        return "\(left.verb.rawValue) \(id)" + (left.verb == .delete ? "" : partner)
    }

    /// What to do about brakes.
    private func acceptance(_ saved: SavedSync, _ refusals: [Refusal]) -> String {
        let unseen = saved.unseen(refusals)
        guard unseen.isEmpty else {
            return
                "nothing stood against these writes when the plan was made: make a new one with 'lockstep plan --out'"
        }
        return "if these writes are right: lockstep apply \(file.escapedForDisplay) --accept \(saved.digest)"
    }
}

// For programs.
extension ApplyView {
    func object(_ syncs: [Applied]) -> Object {
        [
            "version": .int(1),
            "syncs": .list(
                syncs.map { applied in
                    var object: Object = [
                        "sync": .text("\(applied.saved.sync)"), "digest": .text(applied.saved.digest),
                        "outcome": .text("nothing-to-write"),
                    ]
                    if let report = applied.report {
                        for (name, value) in ReportJSON.object(report) { object[name] = value }
                        object["digest"] = .text(applied.saved.digest)
                    }
                    object["planned"] = .number(applied.saved.writes.count)
                    object["run"] = .text(orNull: applied.report?.run)
                    object["appliedBefore"] = .list(applied.before.map { .text($0) })
                    object["leftOut"] = .list(applied.leftOut.map { .object(Self.object($0)) })
                    return .object(object)
                }),
        ]
    }

    private static func object(_ left: LeftOutWrite) -> Object {
        [
            "verb": .text(left.verb.rawValue), "side": .text(left.side.rawValue),
            "left": .text(orNull: left.ids.left), "right": .text(orNull: left.ids.right),
            "cause": .text(left.cause.rawValue), "reason": .text(left.reason),
        ]
    }
}
