/// What job files say of the records of a sync, compared with what they said before.
struct JobChange {
    /// As many parts are named.
    private static let limit = 8

    let sentence: String

    /// - Parameter before: the fingerprints of the parts; nil where nothing is known of them.
    /// - Returns: nil where nothing changed, or nothing can be said.
    init?(from before: [String: String]?, to sync: SyncStanding) {
        guard let before, !sync.definition.isEmpty, before[""] != sync.definition else { return nil }
        let after = sync.definitionParts
        let known = before.keys.filter { !$0.isEmpty }
        // The job file has changed again since that run, or its parts were not remembered.
        guard !after.isEmpty, !known.isEmpty else {
            sentence = "a run carried out a job file that says something else of its records than before"
            return
        }
        let changed = known.filter { after[$0] != nil && after[$0] != before[$0] }
        let gone = known.filter { after[$0] == nil }
        let new = after.keys.filter { before[$0] == nil }
        let parts = [("changed", changed), ("new", new), ("gone", gone)].filter { !$0.1.isEmpty }
        sentence =
            parts.isEmpty
            ? "a run carried out a job file that says the same in another order"
            : "a run carried out a job file that changed: "
                + parts.map { "\($0.0): \(Self.listed($0.1))" }.joined(separator: "; ")
    }

    /// What is remembered of a sync; nil where it has not run yet.
    static func parts(of sync: SyncStanding) -> [String: String]? {
        if sync.definition.isEmpty { return nil }
        return sync.definitionParts.merging(["": sync.definition]) { _, whole in whole }
    }

    private static func listed(_ names: [String]) -> String {
        let rest = names.count - limit
        return names.sorted().prefix(limit).joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }
}
