import Model

/// Which of some syncs must have ended before others begin: those that they depend on, the one before them in their job, and those before
/// them that read or write the same collection, which would stand in each other's way. Jobs run side by side.
struct RunOrder {
    /// By the number of a sync: those that wait for it.
    private var followers: [[Int]]
    /// By the number of a sync: how many it still waits for.
    private var missing: [Int]

    private struct CollectionKey: Hashable {
        var connection: String
        var collection: String
    }

    /// - Parameter syncs: in an order in which they could run one after another.
    init(_ syncs: [(job: Job, sync: Sync)]) {
        var numbers: [SyncName: Int] = [:]
        var users: [CollectionKey: Int] = [:]
        var lastOfJob: [String: Int] = [:]
        followers = Array(repeating: [], count: syncs.count)
        missing = []
        for (number, (job, sync)) in syncs.enumerated() {
            var before = Set(sync.parents.compactMap { numbers[$0] })
            for side in Side.allCases {
                let key = CollectionKey(connection: job.connections[side], collection: sync.collections[side].name)
                if let user = users.updateValue(number, forKey: key), user != number { before.insert(user) }
            }
            if let last = lastOfJob.updateValue(number, forKey: job.name) { before.insert(last) }
            for other in before { followers[other].append(number) }
            missing.append(before.count)
            numbers[sync.name] = number
        }
    }

    /// Those that wait for none.
    var first: [Int] { missing.indices.filter { missing[$0] == 0 } }

    /// - Returns: those that waited for this one last.
    mutating func end(_ number: Int) -> [Int] {
        followers[number].filter { follower in
            missing[follower] -= 1
            return missing[follower] == 0
        }
    }
}
