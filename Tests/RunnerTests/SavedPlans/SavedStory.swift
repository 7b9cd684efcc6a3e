import FileIO
import Model
import Runner
import TestKit

extension Story {
    /// The plans of all syncs, as a file keeps them.
    func savedPlan() async throws -> SavedPlan {
        let workspace = try workspace()
        return SavedPlan(syncs: try await reports(.plan).compactMap { SavedSync($0, workspace) })
    }

    func applying(_ plan: SavedPlan, accepting: Set<String> = []) throws -> Applying {
        Applying(plan, try workspace(), world: world, accepting: accepting)
    }

    /// Carries a plan out, and tells each sync in short, with what was left out.
    @discardableResult
    func apply(_ plan: SavedPlan, accepting: Set<String> = []) async throws -> String {
        let applying = try applying(plan, accepting: accepting)
        let obstacles = applying.obstacles()
        if !obstacles.isEmpty { return obstacles.map(\.sentence).joined(separator: "; ") }
        return await applying().map { report in
            ([report.short] + report.leftOut.map(\.short)).joined(separator: "; ")
        }.joined(separator: "; ")
    }

    func data() throws -> [String] { [try text("left/things.jsonl"), try text("right/things.csv")] }
}

extension LeftOutWrite {
    /// Such as `not update right 103 (changed: left 3 was changed since)`.
    var short: String { "not \(verb.rawValue) \(side) \(ids[side] ?? "new") (\(cause.rawValue): \(reason))" }
}
