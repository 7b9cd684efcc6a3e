import Model

/// Which of some syncs must have ended before others begin: those that they depend on, the one before them in their job, and those before
/// them that read or write the same collection, which would stand in each other's way. Jobs run side by side.
struct RunOrder {
    /// By the number of the sync: the numbers of those that it waits for.
    private let awaited: [Set<Int>]
    /// The syncs that have not begun, by number, in their order.
    private(set) var waiting: [Int]
    private var ended: Set<Int> = []

    private struct CollectionKey: Hashable {
        var connection: String
        var collection: String
    }

    /// - Parameter syncs: in an order in which they could run one after another.
    init(_ syncs: [(job: Job, sync: Sync)]) {
        var numbers: [SyncName: Int] = [:]
        var users: [CollectionKey: Int] = [:]
        var lastOfJob: [String: Int] = [:]
        var awaited: [Set<Int>] = []
        for (number, (job, sync)) in syncs.enumerated() {
            var before = Set(sync.parents.compactMap { numbers[$0] })
            for side in Side.allCases {
                let key = CollectionKey(connection: job.connections[side], collection: sync.collections[side].name)
                if let user = users.updateValue(number, forKey: key), user != number { before.insert(user) }
            }
            if let last = lastOfJob.updateValue(number, forKey: job.name) { before.insert(last) }
            awaited.append(before)
            numbers[sync.name] = number
        }
        self.awaited = awaited
        waiting = Array(awaited.indices)
    }

    mutating func end(_ number: Int) { ended.insert(number) }

    mutating func begin(_ number: Int) { waiting.removeAll { $0 == number } }

    /// Those that may begin now, the first first.
    var ready: [Int] { waiting.filter { awaited[$0].isSubset(of: ended) } }
}
