import Cron
import JobFiles
import Model
import StateStore
import Values

extension Workspace {
    /// When the syncs of a selection run, in the order in which they do. Reads their states, and takes no lock.
    ///
    /// - Parameter count: how many starts of each are foretold.
    package func schedules(
        _ selection: Selection, count: Int, world: World
    ) throws(Selection.Unknown) -> [SyncSchedule] {
        try selection.syncs(of: checked.jobs).map { job, sync in
            var schedule = SyncSchedule(sync, job, zone: world.timeZone(sync.timing.timeZone) ?? .utc)
            do throws(StateFailure) {
                let folder = state(of: sync.name, world)
                schedule.pause = try folder.pause()
                let header = try folder.header()
                schedule.foretell(sync, lastStarted: header?.lastStarted, count: count, world: world)
            } catch {
                schedule.problem = error.description
            }
            return schedule
        }
    }
}

extension Workspace {
    /// When all syncs would run if none had run yet. No state is read.
    package func schedulesOfNewSyncs(count: Int, world: World) -> [SyncSchedule] {
        checked.jobs.flatMap { job in
            job.syncs.map { sync in
                var schedule = SyncSchedule(sync, job, zone: world.timeZone(sync.timing.timeZone) ?? .utc)
                schedule.foretell(sync, lastStarted: nil, count: count, world: world)
                return schedule
            }
        }
    }
}

extension SyncSchedule {
    fileprivate init(_ sync: Sync, _ job: Job, zone: TimeZoneRules) {
        let timing = sync.timing
        self.init(
            sync: sync.name, isEnabled: job.isEnabled, kind: Kind(timing.schedule),
            text: timing.schedule?.description, words: timing.schedule?.inWords ?? "whenever a run asks",
            window: timing.window?.text, jitter: timing.jitter?.description, timeZone: timing.timeZone)
    }

    fileprivate mutating func foretell(_ sync: Sync, lastStarted started: Timestamp?, count: Int, world: World) {
        let now = world.now()
        let zone = world.timeZone(sync.timing.timeZone) ?? .utc
        lastStarted = started.map { LocalTime($0, in: zone) }
        guard isEnabled, pause == nil else { return }
        guard let rule = sync.dueRule(world) else {
            isDue = true
            return
        }
        isDue = rule.isDue(lastStarted: started, now: now)
        next = rule.starts(lastStarted: started, now: now, count: count).map { LocalTime($0, in: zone) }
        warnings = ScheduleWarnings(rule: rule, now: now).all
    }
}

extension SyncSchedule.Kind {
    fileprivate init(_ schedule: Schedule?) {
        switch schedule {
        case nil: self = .eachRun
        case .every: self = .every
        case .cron: self = .cron
        case .manual: self = .manual
        }
    }
}
