import Cron
import FileIO
import JobFiles
import Model
import StateStore
import Values

extension Workspace {
    /// How the syncs of a selection stand, in the order in which they run. Reads their states, and takes no lock.
    package func status(_ selection: Selection, world: World) throws(Selection.Unknown) -> [SyncStatus] {
        let connections: Result<ConnectionBook, StateFailure>
        do throws(StateFailure) {
            connections = .success(try state(world).connections())
        } catch {
            connections = .failure(error)
        }
        var told: [SyncName: SyncStatus] = [:]
        return try selection.syncs(of: checked.jobs).map { job, sync in
            var status = status(of: sync, in: job, world)
            status.times = TimeWords(world.timeZone(sync.timing.timeZone) ?? .utc)
            switch connections {
            case .success(let book): status.note(book, job)
            case .failure(let failure): (status.state, status.problem) = (.unreadable, failure.description)
            }
            note(parentsOf: sync, told, world, &status)
            if status.isFree { status.missed = sync.missed(since: status.lastRun, world) }
            told[sync.name] = status
            return status
        }
    }

    private func status(of sync: Sync, in job: Job, _ world: World) -> SyncStatus {
        let folder = state(of: sync.name, world)
        do {
            let header = try folder.header()
            var status = SyncStatus(
                sync: sync.name, state: state(header, job),
                nextDue: job.isEnabled ? nextDue(sync, header, world) : .never)
            status.isManual = sync.timing.schedule == .manual
            if let holder = try folder.holder() {
                status.holder = holder
                status.state = .running
            }
            if let pause = try folder.pause() {
                status.pause = pause
                if status.state != .running, status.state != .disabled { status.state = .paused }
                status.nextDue = .never
            }
            status.held = try folder.queueItems().map(HeldRecord.init)
            let inbox = try folder.inbox()
            status.events = inbox.since.map { (inbox.count, $0) }
            guard let header else { return status }
            status.lastRun = header.lastStarted
            if status.state == .inPart { status.lastPart = try folder.lastRuns(1).last?.started }
            status.lastSuccess = header.lastSucceeded
            status.links = header.links
            status.gone = GoneRecords(header.gone, sync)
            status.problem = header.lastProblem
            return status
        } catch {
            var status = SyncStatus(sync: sync.name, state: .unreadable, nextDue: .never)
            status.problem = error.description
            return status
        }
    }

    private func state(_ header: SyncHeader?, _ job: Job) -> SyncStatus.State {
        guard job.isEnabled else { return .disabled }
        guard let header, header.runCount > 0 else { return header?.hasRunInPart == true ? .inPart : .neverRun }
        return SyncStatus.State(after: header.lastOutcome)
    }

    /// Notes the first of the syncs that it needs that keeps it from running.
    private func note(
        parentsOf sync: Sync, _ told: [SyncName: SyncStatus], _ world: World, _ status: inout SyncStatus
    ) {
        guard status.isFree else { return }
        let parent = sync.parents.first { standing(ofParent: $0, world) != .succeeded }
        guard let parent else { return }
        // Both are begun by the same command.
        if status.state == .neverRun, told[parent]?.state == .neverRun, told[parent]?.needsSomeone == true { return }
        status.waitsFor = (parent, brokenJobs.contains(parent.job) || told[parent]?.isToldOf == true)
        if [.inStep, .neverRun, .inPart, .stopped].contains(status.state) { status.state = .waits }
    }

    private func nextDue(_ sync: Sync, _ header: SyncHeader?, _ world: World) -> SyncStatus.NextDue {
        guard let rule = sync.dueRule(world) else { return .eachRun }
        return rule.nextDue(lastStarted: header?.lastStarted, now: world.now()).map(SyncStatus.NextDue.at) ?? .never
    }
}

extension SyncStatus {
    /// Whether nothing is known that keeps it from running.
    fileprivate var isFree: Bool {
        trouble == nil && pause == nil && holder == nil && waitsFor == nil && ![.disabled, .unreadable].contains(state)
    }

    /// Whether somebody is told of it who can see to it, or it goes on by itself.
    fileprivate var isToldOf: Bool { needsSomeone || [.running, .busy, .paused, .waits].contains(state) }

    fileprivate mutating func note(_ book: ConnectionBook, _ job: Job) {
        for side in Side.allCases {
            let name = job.connections[side]
            guard trouble == nil, let health = book.entries[name],
                let trouble = ConnectionTrouble(name, health, isFirst: true)
            else { continue }
            self.trouble = trouble
            if [.running, .disabled, .paused, .unreadable].contains(state) { continue }
            state = trouble.state == .busy ? .busy : .connectionBroken
            problem = trouble.sentence
        }
    }
}
