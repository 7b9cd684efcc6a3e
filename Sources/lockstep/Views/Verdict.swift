import Runner
import Values

/// Whether anybody is needed, in a line.
struct Verdict {
    private let statuses: [SyncStatus]
    private let needing: Int
    private let old: Int
    private let wrongFiles: Int
    private let brokenNotifiers: Int
    private let maxAge: Duration?

    init(_ statuses: [SyncStatus], now: Timestamp, maxAge: Duration?, wrongFiles: Int, brokenNotifiers: Int) {
        self.statuses = statuses
        self.maxAge = maxAge
        self.wrongFiles = wrongFiles
        self.brokenNotifiers = brokenNotifiers
        needing = statuses.count { $0.needsSomeone }
        old = maxAge.map { limit in statuses.count { $0.isOlder(than: limit, now: now) } } ?? 0
    }

    private var isAllInStep: Bool { statuses.allSatisfy { $0.state == .inStep } }

    /// Whether nobody is needed.
    var isGood: Bool { needing + old + wrongFiles + brokenNotifiers == 0 }

    /// `2 of 5 syncs need someone; 2 in step, 1 paused`.
    func text(_ style: Style) -> String {
        let head = heads.joined(separator: "; ")
        return style.paint(head, isGood ? .green : .red) + (rest.isEmpty ? "" : (isGood ? ": " : "; ") + rest)
    }

    private var heads: [String] {
        if isGood { return [isAllInStep ? "all in step" : "nobody is needed"] }
        var heads: [String] = []
        if wrongFiles > 0 {
            heads.append("\(CountWords.count(wrongFiles, "job file")) \(wrongFiles == 1 ? "is" : "are") wrong")
        }
        if needing > 0 {
            let all = statuses.count == needing ? "" : " of \(CountWords.grouped(statuses.count))"
            let syncs = statuses.count == 1 ? "sync" : "syncs"
            heads.append("\(CountWords.grouped(needing))\(all) \(syncs) \(needing == 1 ? "needs" : "need") someone")
        }
        if old > 0, let maxAge {
            let length = AgeWords.length(Int(clamping: maxAge.components.seconds))
            heads.append("\(CountWords.count(old, "sync")) \(old == 1 ? "has" : "have") not succeeded for \(length)")
        }
        if brokenNotifiers > 0 {
            heads.append("\(CountWords.count(brokenNotifiers, "notifier")) cannot be told")
        }
        return heads
    }

    /// The syncs that need nobody, by how they stand.
    private var rest: String {
        if isGood && isAllInStep { return "" }
        let others = statuses.filter { !$0.needsSomeone }
        return SyncStatus.State.allCases.compactMap { state in
            let count = others.count { $0.state == state }
            return count == 0 ? nil : "\(CountWords.grouped(count)) \(state.word)"
        }.joined(separator: ", ")
    }
}
