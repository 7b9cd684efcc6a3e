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
    private var order: RunOrder
    private var ended = EndedSyncs()
    /// What syncs take up, by number, as far as that was asked; and those that are under way.
    private var lanes: [Int: Lane] = [:]
    private var running: Set<Int> = []
    /// How many reports were told, in the order of the syncs.
    private var told = 0
    private var troubles: Set<String> = []

    /// What a sync takes up while it is under way.
    private enum Lane: Hashable {
        /// A processor, and memory for all of its records.
        case local
        /// For the most part, the patience to wait for an answer.
        case remote

        /// So many are under way at a time.
        var most: Int { self == .local ? max(2, min(4, sysconf(CInt(_SC_NPROCESSORS_ONLN)))) : 64 }
    }

    private struct Answer: Sendable {
        var number: Int
        var report: SyncReport
        var links: LinkTable?
    }

    init(_ runner: JobRunner, _ syncs: [(job: Job, sync: Sync)], _ mode: JobRunner.Mode, _ watch: ConnectionWatch) {
        self.runner = runner
        self.syncs = syncs
        self.mode = mode
        self.watch = watch
        order = RunOrder(syncs)
    }

    /// - Returns: the reports, in the order of the syncs.
    mutating func run() async -> [SyncReport] {
        await withTaskGroup(of: Answer.self) { tasks in
            begin(&tasks)
            while let answer = await tasks.next() {
                end(answer)
                begin(&tasks)
            }
        }
        return syncs.compactMap { ended.reports[$0.sync.name] }
    }

    /// Begins what may begin.
    private mutating func begin(_ tasks: inout TaskGroup<Answer>) {
        for number in order.ready {
            let (job, sync) = syncs[number]
            let lane = lanes[number] ?? (runner.isLocal(job) ? .local : .remote)
            lanes[number] = lane
            guard running.count(where: { lanes[$0] == lane }) < lane.most else { continue }
            running.insert(number)
            order.begin(number)
            let before = EndedSyncs(
                reports: ended.reports.filter { sync.parents.contains($0.key) },
                links: ended.links.filter { sync.linkedSyncs.contains($0.key) })
            tasks.addTask { [runner, mode, watch] in
                let (report, links) = await runner.run(job, sync, mode, after: before, watch)
                runner.tell(.ended(report))
                return Answer(number: number, report: report, links: links)
            }
        }
    }

    private mutating func end(_ answer: Answer) {
        running.remove(answer.number)
        order.end(answer.number)
        let name = syncs[answer.number].sync.name
        ended.reports[name] = answer.report
        ended.links[name] = answer.links
        tellInOrder()
    }

    /// Tells the reports in the order of the syncs, whichever ended first: what is printed is the same each time.
    private mutating func tellInOrder() {
        while told < syncs.count, var report = ended.reports[syncs[told].sync.name] {
            if case .disconnected(var trouble) = report.outcome {
                trouble.isFirst = troubles.insert(trouble.connection).inserted
                report.outcome = .disconnected(trouble)
                ended.reports[report.sync] = report
            }
            runner.tell(.told(report))
            told += 1
        }
    }
}
