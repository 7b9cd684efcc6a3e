import JobFiles
import Runner

extension Pages {
    /// When syncs run. The last three are told by `schedule`.
    static let schedules = [
        Page(
            JobFileCode.badSchedule,
            """
            A schedule is an interval such as 'every 10m', a cron expression of five parts such as '30 2 * * 1-5', or 'manual'. This is \
            none of them, or names a day that no calendar has, and the sync would never start.
            """,
            wrong: .sync("schedule: hourly"),
            right: .sync("schedule: every 1h")),
        Page(
            JobFileCode.badInterval,
            """
            A length of time is written in days, hours, minutes and seconds, the longest first: 1d, 2h30m, 90s. 'jitter' may not be longer \
            than the time from one start to the next.
            """,
            wrong: .sync("schedule: {every: 10 min}"),
            right: .sync("schedule: {every: 10m}")),
        Page(
            JobFileCode.badWindow,
            """
            A window says when a sync may start: days, hours, or both, such as 'Mon-Fri 08:00-18:00'. This one cannot be read, and a sync \
            might start while people work with the system.
            """,
            wrong: .sync("schedule: {every: 10m, window: Mon-Fri 8-18}"),
            right: .sync("schedule: {every: 10m, window: Mon-Fri 08:00-18:00}")),
        Page(
            JobFileCode.unknownTimeZone,
            """
            The system has no time zone of that name. Zones go by the names of the IANA database, such as Europe/London; abbreviations \
            such as CET or PST mean different things in different places, or ignore the change of the clocks.

            On a small system the package of the zones may be missing: tzdata.
            """,
            wrong: .job(
                """
                job: tickets
                timezone: London
                left: desk
                right: portal
                schedule: 0 6 * * *
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """),
            right: .job(
                """
                job: tickets
                timezone: Europe/London
                left: desk
                right: portal
                schedule: 0 6 * * *
                syncs:
                  tickets: {left: tickets, right: requests, fields: [summary <-> title]}
                """)),
        Page(
            ScheduleWarning.Code.skippedHour,
            """
            When the clocks are put forward, an hour of that night does not exist, and a slot of the schedule lies in it. It is not lost: it \
            runs right after the gap.

            Choose another hour, or let the job live in UTC, if that night matters.
            """,
            wrong: clocks("30 1 * * *"),
            right: clocks("30 4 * * *")),
        Page(
            ScheduleWarning.Code.repeatedHour,
            """
            When the clocks are put back, an hour of that night comes twice. Slots in it run the first time only, so that a sync that runs \
            each few minutes pauses for an hour.

            An interval such as 'every 10m' knows no such pause.
            """,
            wrong: clocks("*/10 * * * *"),
            right: clocks("every 10m")),
        Page(
            ScheduleWarning.Code.outsideWindow,
            """
            No slot of the cron expression lies within the window. Each start waits until the window opens, which is rarely what was meant.
            """,
            wrong: Example.sync("schedule: {cron: 0 6 * * *, window: \"08:00-18:00\"}").by(.schedule),
            right: Example.sync("schedule: {cron: 0 9 * * *, window: \"08:00-18:00\"}").by(.schedule)),
    ]

    private static func clocks(_ schedule: String) -> Example {
        Example.job(
            """
            job: tickets
            timezone: Europe/London
            left: desk
            right: portal
            schedule: "\(schedule)"
            syncs:
              tickets: {left: tickets, right: requests, fields: [summary <-> title]}
            """
        ).by(.schedule)
    }
}
