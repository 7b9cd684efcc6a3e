import Connectors
import Glibc
import Model

/// What syncs came to that ended before another one begins.
struct EndedSyncs: Sendable {
    var reports: [SyncName: SyncReport] = [:]
    /// The links of those that ran.
    var links: [SyncName: LinkTable] = [:]
}

/// Jobs that run side by side, each sync once those have ended that it waits for: one that hangs or is broken delays no other.
struct SideBySide {
    private let runner: JobRunner
    private let syncs: [(job: Job, sync: Sync)]
    private let mode: JobRunner.Mode
    private let watch: ConnectionWatch
    private let lanes: [Lane]
    private var order: RunOrder
    private var ended = EndedSyncs()
    /// The syncs that may begin, by what they take up; and how many are under way.
    private var ready: [Lane: [Int]] = [:]
    private var running: [Lane: Int] = [:]
    /// Up to which of the syncs those were told that lie on this host.
    private var told = 0
    private var troubles: Set<String> = []

    /// What a sync takes up while it is under way.
    private enum Lane: Hashable, CaseIterable {
        /// A processor, and memory for all of its records.
        case local
        /// For the most part, the patience to wait for an answer.
        case remote

        /// So many are under way at a time.
        var most: Int { self == .local ? max(2, min(4, sysconf(CInt(_SC_NPROCESSORS_ONLN)))) : 64 }
    }

    private struct Answer: Sendable {
        var number: Int
        var lane: Lane
        var report: SyncReport
        var links: LinkTable?
    }

    init(_ runner: JobRunner, _ syncs: [(job: Job, sync: Sync)], _ mode: JobRunner.Mode, _ watch: ConnectionWatch) {
        self.runner = runner
        self.syncs = syncs
        self.mode = mode
        self.watch = watch
        order = RunOrder(syncs)
        lanes = syncs.map { runner.isLocal($0.job) ? .local : .remote }
    }

    /// - Returns: the reports, in the order of the syncs.
    mutating func run() async -> [SyncReport] {
        for number in order.first { queue(number) }
        await withTaskGroup(of: Answer.self) { tasks in
            begin(&tasks)
            while let answer = await tasks.next() {
                end(answer)
                begin(&tasks)
            }
        }
        return syncs.compactMap { ended.reports[$0.sync.name] }
    }

    /// Puts a sync among those that may begin, the first in the order of the syncs last.
    private mutating func queue(_ number: Int) {
        let lane = lanes[number]
        var waiting = ready[lane, default: []]
        ready[lane] = nil
        var (low, high) = (0, waiting.count)
        while low < high {
            let middle = (low + high) / 2
            if waiting[middle] > number { low = middle + 1 } else { high = middle }
        }
        waiting.insert(number, at: low)
        ready[lane] = waiting
    }

    /// Begins what may begin.
    private mutating func begin(_ tasks: inout TaskGroup<Answer>) {
        for lane in Lane.allCases {
            while running[lane, default: 0] < lane.most, let number = ready[lane]?.popLast() {
                running[lane, default: 0] += 1
                let (job, sync) = syncs[number]
                let before = before(sync)
                tasks.addTask { [runner, mode, watch] in
                    let (report, links) = await runner.run(job, sync, mode, after: before, watch)
                    runner.tell(.ended(report))
                    return Answer(number: number, lane: lane, report: report, links: links)
                }
            }
        }
    }

    /// What the syncs came to that a sync depends on.
    private func before(_ sync: Sync) -> EndedSyncs {
        var before = EndedSyncs()
        for parent in sync.parents { before.reports[parent] = ended.reports[parent] }
        for linked in sync.linkedSyncs { before.links[linked] = ended.links[linked] }
        return before
    }

    private mutating func end(_ answer: Answer) {
        running[answer.lane, default: 0] -= 1
        let name = syncs[answer.number].sync.name
        ended.reports[name] = answer.report
        ended.links[name] = answer.links
        for number in order.end(answer.number) { queue(number) }
        if answer.lane == .remote { tell(answer.number) } else { tellInOrder() }
    }

    /// Tells the reports on files in the order of the syncs, whichever ended first: what is printed is the same each time. What other
    /// systems are asked for may hang: it is told when it ends, and nothing waits for it.
    private mutating func tellInOrder() {
        while told < syncs.count {
            if lanes[told] == .local {
                guard ended.reports[syncs[told].sync.name] != nil else { return }
                tell(told)
            }
            told += 1
        }
    }

    private mutating func tell(_ number: Int) {
        guard var report = ended.reports[syncs[number].sync.name] else { return }
        if case .disconnected(var trouble) = report.outcome {
            trouble.isFirst = troubles.insert(trouble.connection).inserted
            report.outcome = .disconnected(trouble)
            ended.reports[report.sync] = report
        }
        runner.tell(.told(report))
    }
}
