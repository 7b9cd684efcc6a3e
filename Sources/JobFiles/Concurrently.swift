import Dispatch
import Synchronization

/// Works on things of which each is a matter of its own, on all cores. What comes of them stands in their order, whichever was done first.
///
/// - Parameter batch: so many are worked on at a time by one core; where there are no more, it is not worth the while to wake another.
func concurrently<Item: Sendable, Answer: Sendable>(
    _ items: [Item], inBatchesOf batch: Int, _ work: @Sendable (Item) -> Answer
) -> [Answer] {
    if items.count <= batch { return items.map(work) }
    let starts = Array(stride(from: 0, to: items.count, by: batch))
    let answers = Mutex<[Int: [Answer]]>([:])
    // Whoever asks is at work too: it needs no other thread, and waits for none that has not begun.
    DispatchQueue.concurrentPerform(iterations: starts.count) { number in
        let own = items[starts[number]...].prefix(batch).map(work)
        answers.withLock { $0[number] = own }
    }
    return answers.withLock { answers in starts.indices.flatMap { answers[$0] ?? [] } }
}

extension Findings {
    /// Adds what is found wrong with each of some things, in their order, and gives what else comes of them.
    ///
    /// - Parameter batch: as for ``concurrently(_:inBatchesOf:_:)``.
    mutating func collect<Item: Sendable, Answer: Sendable>(
        _ items: [Item], inBatchesOf batch: Int, _ work: @Sendable (Item, inout Findings) -> Answer
    ) -> [Answer] {
        let all = concurrently(items, inBatchesOf: batch) { item in
            var own = Findings()
            let answer = work(item, &own)
            return (answer: answer, own: own)
        }
        for found in all { add(found.own.diagnostics) }
        return all.map(\.answer)
    }
}

/// How much is done at a time.
enum Batch {
    /// Files, or jobs.
    static let files = 16

    /// Questions that are asked of all jobs: one at a time, but all of them where there are only a few jobs.
    static func questions(jobs: Int) -> Int { jobs <= files ? .max : 1 }
}
