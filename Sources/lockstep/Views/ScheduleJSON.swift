import Diagnostics
import Runner
import Values

/// When syncs run, for programs.
enum ScheduleJSON {
    static func report(_ schedules: [SyncSchedule], _ mistakes: [Diagnostic], now: Timestamp) -> Object {
        [
            "version": .int(1), "now": .time(now), "syncs": .list(schedules.map { .object(object($0)) }),
            "diagnostics": DiagnosticsJSON.list(mistakes),
        ]
    }

    private static func object(_ schedule: SyncSchedule) -> Object {
        [
            "sync": .text("\(schedule.sync)"), "enabled": .bool(schedule.isEnabled),
            "paused": .bool(schedule.pause != nil),
            "kind": .text(schedule.kind.rawValue), "schedule": .text(orNull: schedule.text),
            "words": .text(schedule.words), "timeZone": .text(schedule.timeZone),
            "window": .text(orNull: schedule.window), "jitter": .text(orNull: schedule.jitter),
            "lastStart": schedule.lastStarted.map(time) ?? .null, "due": .bool(schedule.isDue),
            "next": .list(schedule.next.map(time)),
            "warnings": .list(
                schedule.warnings.map {
                    .object(["code": .text($0.code.rawValue), "message": .text($0.message)])
                }),
            "problem": .text(orNull: schedule.problem),
        ]
    }

    private static func time(_ time: LocalTime) -> Value {
        .object(["at": .time(time.instant), "local": .text(time.text)])
    }
}
