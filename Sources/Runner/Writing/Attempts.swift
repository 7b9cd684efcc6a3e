import Model
import StateStore
import Values

/// Keeps account of what is left alone from one run to the next: since when, and of writes that failed how often they were tried and
/// when they are tried again.
struct Attempts {
    let before: [QueueItem]
    private let retry: Retry
    private let now: Timestamp
    /// The number of the run, counted from 1.
    private let run: Int
    /// Of rows of which not even the id can be read several are one item, the oldest first.
    private let since: [Item: [FoundAt]]
    private let failed: [WriteKey: QueueItem]

    /// No failed write waits longer than this for its next try.
    private static let longestWait = Duration.seconds(86_400)

    init(_ before: [QueueItem], _ retry: Retry, run: Int, now: Timestamp) {
        self.before = before
        self.retry = retry
        self.now = now
        self.run = run
        since = Dictionary(
            before.compactMap { item in item.since.map { (Item(item), [FoundAt(run: item.run, time: $0)]) } },
            uniquingKeysWith: +)
        failed = Dictionary(
            before.compactMap { item in item.write.map { ($0, item) } }, uniquingKeysWith: { first, _ in first })
    }

    /// The writes that are not to be tried now.
    var putOff: Set<WriteKey> {
        Set(
            before.compactMap { item in
                guard let write = item.write else { return nil }
                if item.state == .parked { return write }
                return item.nextTry.map { $0 > now } ?? false ? write : nil
            })
    }

    /// What is left alone now, with what was known of it before.
    func items(_ holds: [Hold], _ words: HoldWords) -> [QueueItem] {
        var met: [Item: Int] = [:]
        return holds.map { hold in
            if case .putOff(let write) = hold.reason, let item = failed[write] { return item }
            var item = words.item(hold)
            let known = since[Item(item)] ?? []
            let at = met[Item(item), default: 0]
            met[Item(item)] = at + 1
            let found = at < known.count ? known[at] : FoundAt(run: run, time: now)
            (item.since, item.run) = (found.time, found.run)
            guard let write = hold.write else { return item }
            item.write = write
            item.attempts = (failed[write]?.attempts ?? 0) + 1
            if item.attempts >= retry.attempts { item.state = .parked } else { item.nextTry = next(item.attempts) }
            return item
        }
    }

    /// When a write that was tried so often is tried again: each wait is twice as long as the one before.
    private func next(_ attempts: Int) -> Timestamp? {
        var wait = retry.backoff
        for _ in 1..<max(attempts, 1) where wait < Self.longestWait { wait *= 2 }
        return now.adding(min(wait, max(retry.backoff, Self.longestWait)))
    }

    /// What tells an item from others, whatever the values in its sentence.
    private struct Item: Hashable {
        var ids: Sides<String?>
        var cause: String
        var place: String?

        init(_ item: QueueItem) {
            ids = item.ids
            cause = item.cause
            place = item.place
        }
    }
}
