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
        return try selection.syncs(of: checked.jobs).map { job, sync in
            var status = status(of: sync, in: job, world)
            switch connections {
            case .success(let book): status.note(book, job)
            case .failure(let failure): (status.state, status.problem) = (.unreadable, failure.description)
            }
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
            status.missed = job.isEnabled ? missed(sync, header, world) : nil
            if let holder = try folder.holder() {
                status.holder = holder
                status.missed = nil
                status.state = .running
            }
            if let pause = try folder.pause() {
                status.pause = pause
                if status.state != .running, status.state != .disabled { status.state = .paused }
                status.nextDue = .never
                status.missed = nil
            }
            status.held = try folder.queueItems().map(HeldRecord.init)
            guard let header else { return status }
            status.lastRun = header.lastStarted
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
        guard let header, header.runCount > 0 else { return .neverRun }
        return SyncStatus.State(rawValue: header.lastOutcome) ?? .failed
    }

    /// When a sync was due that nothing has started since.
    private func missed(_ sync: Sync, _ header: SyncHeader?, _ world: World) -> Timestamp? {
        guard let started = header?.lastStarted,
            let due = sync.dueRule(world)?.nextDue(lastStarted: started, now: started),
            world.now().since(due) > SyncConditions.patience
        else { return nil }
        return due
    }

    private func nextDue(_ sync: Sync, _ header: SyncHeader?, _ world: World) -> SyncStatus.NextDue {
        guard let rule = sync.dueRule(world) else { return .eachRun }
        return rule.nextDue(lastStarted: header?.lastStarted, now: world.now()).map(SyncStatus.NextDue.at) ?? .never
    }
}

extension SyncStatus {
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

/// Reads a length of time as job files write it, such as `2h`; nil for anything else.
package func lengthOfTime(_ text: String) -> Duration? {
    (try? Interval.parse(text))?.duration
}
