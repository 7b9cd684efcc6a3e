import Model
import StateStore
import Values

/// The last command of a person that left a record as it stands, or a pair to differ: it counts as news no more.
struct PassingRun {
    /// As a sentence goes on: `passed over by 'lockstep resume --future-only' on 2026-11-21T10:00:00Z`.
    let words: String
    /// What both sides held then; no entries of a record that has no link.
    let base: Base

    /// So many of the last runs are looked through.
    private static let most = 1_000

    /// nil where none is known.
    init?(_ ids: Sides<RecordID?>, of sync: Sync, in folder: SyncFolder) {
        let fields = sync.fields.map(\.text)
        for run in ((try? folder.lastRuns(Self.most)) ?? []).reversed() {
            guard let name = run.run, let words = Self.words(run.outcome),
                let base = (try? folder.settled(ids, by: name, fields: fields)) ?? nil
            else { continue }
            self.words = "\(words) on \(run.started)"
            self.base = base
            return
        }
        return nil
    }

    private static func words(_ outcome: RunOutcome) -> String? {
        switch outcome {
        case .passedOver: "passed over by 'lockstep resume --future-only'"
        case .undo: "left so by 'lockstep undo'"
        default: nil
        }
    }
}
