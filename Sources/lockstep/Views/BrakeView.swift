import Diagnostics
import Model
import Runner

/// A sync that brakes stopped: what tripped, samples, what to change, and how to accept these writes once.
struct BrakeView {
    let style: Style
    /// Where the sync itself stands in the job file, for a limit that is written nowhere.
    let place: String?
    /// What to do where the writes are right; nil for the usual.
    var acceptance: String?

    static let samples = 5

    /// Lines with their line feeds.
    func text(_ report: SyncReport, _ refusals: [Refusal], isPlan: Bool) -> String {
        let what = isPlan ? "a brake would stop it" : "a brake stopped it, and nothing was written"
        var text = style.paint("\(report.sync)", .bold) + ": " + style.paint(what, .red) + "\n"
        for refusal in refusals {
            let words = BrakeWords(report.sync, refusal)
            text += "  \(words.sentence)\n" + samples(report, refusal)
            if let key = words.key { text += "    if the limit is wrong, change '\(key)'" + location(words) + "\n" }
            if let advice = words.advice { text += "    \(advice)\n" }
        }
        if let acceptance {
            text += "  \(acceptance)\n"
        } else if let plan = report.plan {
            let what = plan.isEmpty ? "this is" : "these writes are"
            text += "  if \(what) right: lockstep run \(report.sync) --accept \(plan.digest)\n"
        }
        return text
    }

    private func location(_ words: BrakeWords) -> String {
        if let place = words.place { return " at \(place.escapedForDisplay)" }
        return place.map { " (a default) in the sync at \($0.escapedForDisplay)" } ?? ""
    }

    private func samples(_ report: SyncReport, _ refusal: Refusal) -> String {
        guard let plan = report.plan else { return "" }
        let (verb, side) = refusal.writes
        let numbers = plan.operations.indices.lazy.filter {
            plan.operations[$0].verb == verb && plan.operations[$0].side == side
        }
        var text = ""
        let view = WriteView(style: style)
        for number in numbers.prefix(Self.samples) {
            if let write = report.write(number) { text += "    " + view.head(write) + "\n" }
        }
        let rest = plan.counts[side][verb] - Self.samples
        if rest > 0 { text += "    and \(CountWords.grouped(rest)) more\n" }
        return text
    }
}

extension Refusal {
    /// The writes that the brake is about: where a collection shrank, the deletes that would follow.
    fileprivate var writes: (WriteRequest.Verb, Side) {
        switch brake {
        case .writes(let verb, let side): (verb, side)
        case .readDrop(let side): (.delete, side.other)
        case .newIDs(let side): (.create, side.other)
        case .lostField(let side, _): (.update, side.other)
        }
    }
}
