import Diagnostics
import Model

extension Advice {
    /// Deletes that go over to the other side, and limits that stop none of them.
    static let brakes = Advice { meant, findings in
        for (_, sync) in meant.syncs where sync.removesRecords {
            let limits: [(String, Limit?)] = [("deletes", sync.limits.deletes), ("read_drop", sync.limits.readDrop)]
            for (name, limit) in limits {
                guard let limit, !limit.isBelowAll, let place = limit.place else { continue }
                findings.add(
                    .noBrake,
                    "'\(name): \(limit.amount)' stops nothing: where one side is emptied by mistake, "
                        + "the other is too", at: place, hint: "such as '\(name): 10%'")
            }
        }
    }
}

extension Sync {
    /// Whether a record that is gone, or out of scope, on one side may be taken away from the other.
    fileprivate var removesRecords: Bool {
        deletes != .ignore || outOfScope == .delete || outOfScope == .archive || deleteVersusEdit == .delete
    }
}
