import StateStore
import Values

/// Names of runs, which sort in the order of the runs.
enum RunName {
    /// `00000012-20261121T100000`: the number of the run, and when it began.
    static func next(after store: SyncStore, at started: Timestamp) -> String {
        let number = max(store.header.runCount, last(store)) + 1
        let digits = String(number)
        let time = started.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "-" + time
    }

    private static func last(_ store: SyncStore) -> Int {
        Int(store.lastRun.prefix { $0 != "-" }) ?? 0
    }
}
