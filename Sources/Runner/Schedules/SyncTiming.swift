package import Cron
package import Model
import Values

extension Sync {
    /// When its time has come; nil where the file names no schedule, and every run that asks is right.
    package func dueRule(_ world: World) -> DueRule? {
        timing.schedule.map { schedule in
            DueRule(
                schedule, window: timing.window, jitter: timing.jitter.map { Jitter($0, of: name.description) },
                zone: world.timeZone(timing.timeZone) ?? .utc)
        }
    }

    /// How long after it was due somebody should have started it.
    private static let patience = Duration.seconds(300)

    /// When it was due, where nothing started it since though minutes have passed. To be asked only of a sync that nothing keeps from
    /// running: of another nobody is to be accused.
    func missed(since started: Timestamp?, _ world: World) -> Timestamp? {
        guard let started, let due = dueRule(world)?.nextDue(lastStarted: started, now: started),
            world.now().since(due) > Self.patience
        else { return nil }
        return due
    }
}
