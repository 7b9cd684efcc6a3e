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
}
