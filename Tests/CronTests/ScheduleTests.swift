import Cron
import Testing
import Values

@Suite("Schedules")
struct ScheduleTests {
    @Test(
        "are read and told in words",
        arguments: [
            ("every 10m", "every 10m", "every 10 minutes"),
            ("  every   1h30m ", "every 1h30m", "every 1 hour 30 minutes"),
            ("every 90m", "every 1h30m", "every 1 hour 30 minutes"), ("every 1h", "every 1h", "every hour"),
            ("every 1d", "every 1d", "every day"), ("every 2d12h", "every 2d12h", "every 2 days 12 hours"),
            ("every 45s", "every 45s", "every 45 seconds"), ("manual", "manual", "only when asked for"),
            ("* * * * *", "* * * * *", "every minute"), ("*/10 * * * *", "*/10 * * * *", "every 10 minutes"),
            ("0 * * * *", "0 * * * *", "every hour"), ("15 * * * *", "15 * * * *", "every hour at minute 15"),
            ("0 */2 * * *", "0 */2 * * *", "every 2 hours"), ("5 */2 * * *", "5 */2 * * *", "5 */2 * * *"),
            ("0 */6 * * *", "0 */6 * * *", "at 00:00, 06:00, 12:00 and 18:00"),
            ("30 2 * * 1", "30 2 * * 1", "at 02:30 on Monday"),
            ("30 2 * * 1-5", "30 2 * * 1-5", "at 02:30 on Monday to Friday"),
            ("0,30 2 * * sat,sun", "0,30 2 * * sat,sun", "at 02:00 and 02:30 on Saturday and Sunday"),
            (
                "*/15 8-17 * * mon-fri", "*/15 8-17 * * mon-fri",
                "every 15 minutes from 08:00 to 17:45 on Monday to Friday"
            ),
            ("0 4 1 * *", "0 4 1 * *", "at 04:00 on day 1 of the month"),
            ("@yearly", "@yearly", "at 00:00 on 1 January"),
            ("@daily", "@daily", "at 00:00"), ("@weekly", "@weekly", "at 00:00 on Sunday"),
            ("@hourly", "@hourly", "every hour"),
            ("0 4 13 * fri", "0 4 13 * fri", "0 4 13 * fri"), ("*/7 * * * *", "*/7 * * * *", "*/7 * * * *"),
            ("0 0 1,15 * *", "0 0 1,15 * *", "0 0 1,15 * *"), ("1-30/7 3 * * *", "1-30/7 3 * * *", "1-30/7 3 * * *"),
        ])
    func read(text: String, printed: String, words: String) throws {
        let schedule = try Schedule.parse(text)
        #expect(schedule.description == printed)
        #expect(schedule.inWords == words)
    }

    @Test(
        "that are wrong say what, where and how it is right",
        arguments: [
            ("", "", "a schedule is missing", "such as 'every 10m', '30 2 * * 1-5' or 'manual'"),
            ("manuel", "manuel", "'manuel' is no schedule", "did you mean 'manual'?"),
            ("10m", "10m", "'10m' is no schedule", "did you mean 'every 10m'?"),
            ("daily", "daily", "'daily' is no schedule", "did you mean '@daily'?"),
            ("every", "", "an interval is missing", "such as '10m' or '1h30m'"),
            ("every ten", "ten", "an interval starts with a number, not 'ten'", "such as '10m' or '1h30m'"),
            ("every 10", "10", "'10' has no unit", "'10m' for minutes"),
            ("every 10min", "min", "'min' is no unit of time", "write 'm'"),
            ("every 10 minutes", " minutes", "'minutes' is no unit of time", "write 'm'"),
            ("every 2w", "w", "'w' is no unit of time", "write it in days, such as '7d'"),
            ("every 10q", "q", "'q' is no unit of time", "the units are d, h, m and s"),
            ("every 10M", "M", "'M' is no unit of time", "write 'm'"),
            ("every 30m1h", "h", "'h' follows a unit that is not larger", "days, hours, minutes, seconds, each once"),
            ("every 1h1h", "h", "'h' follows a unit that is not larger", "days, hours, minutes, seconds, each once"),
            ("every 0m", "0m", "an interval cannot be zero", "such as '10m' or '1h30m'"),
            ("every -5m", "-5m", "an interval cannot be negative", "such as '10m' or '1h30m'"),
            ("every 36526d", "36526d", "an interval cannot be longer than 100 years", nil),
            (
                "every 99999999999999999999d", "99999999999999999999d", "an interval cannot be longer than 100 years",
                nil
            ),
            (
                "@reboot", "@reboot", "'@reboot' is not possible: a run is started by the clock and knows of no boot",
                "such as '@daily'"
            ),
            ("@dayly", "@dayly", "'@dayly' is no schedule", "did you mean '@daily'?"),
            (
                "* * *", "* * *", "a cron expression has 5 fields (minute, hour, day, month, weekday), not 3 fields",
                nil
            ),
            (
                "0 30 2 * * 1", "0 30 2 * * 1",
                "a cron expression has 5 fields (minute, hour, day, month, weekday), not 6 fields",
                "seconds are not possible: leave the first field out"
            ),
            ("60 * * * *", "60", "60 is no minute: it goes from 0 to 59", nil),
            ("0 24 * * *", "24", "24 is no hour: it goes from 0 to 23", nil),
            ("0 0 0 * *", "0", "0 is no day of the month: it goes from 1 to 31", nil),
            ("0 0 1 13 *", "13", "13 is no month: it goes from 1 to 12", nil),
            ("0 0 * * 1,8", "8", "8 is no day of the week: it goes from 0 to 7", nil),
            (
                "99999999999999999999 * * * *", "99999999999999999999",
                "99999999999999999999 is no minute: it goes from 0 to 59", nil
            ),
            ("0 0 * * monday", "monday", "'monday' is no day of the week", "write 'mon'"),
            ("0 0 * * mom", "mom", "'mom' is no day of the week", "did you mean 'mon'?"),
            ("0 0 * jam *", "jam", "'jam' is no month", "did you mean 'jan'?"),
            ("mon 0 * * *", "mon", "'mon' is no minute", nil),
            ("0 22-2 * * *", "22-2", "the range runs backwards, from 22 to 2", "write '22-23,0-2'"),
            ("0 0 * * fri-sun", "fri-sun", "the range runs backwards, from 5 to 0", "write '5-7'"),
            ("0 0 * * fri-mon", "fri-mon", "the range runs backwards, from 5 to 1", "write '5-6,0-1'"),
            ("*/0 * * * *", "0", "a step cannot be zero", "such as '*/5'"),
            ("*/x * * * *", "x", "'x' is no step", "such as '*/5'"),
            ("*/ * * * *", "*/", "a step is missing", "such as '*/5'"),
            ("5/15 * * * *", "5/15", "a step needs a range before it", "'5-59/15', or '5'"),
            ("1,,2 * * * *", ",", "a value is missing", nil),
            ("1-2-3 * * * *", "2-3", "'2-3' is no minute", nil),
            ("*5 * * * *", "*5", "'*5' is no minute", nil),
            ("-5 * * * *", "-5", "'-5' is no minute", nil),
            (
                "0 0 L * *", "L", "'L' in the day of the month is not part of a cron expression",
                "'28' is the last day that every month has"
            ),
            (
                "0 0 15W * *", "15W", "'W' in the day of the month is not part of a cron expression",
                "write a day alone, such as '15'"
            ),
            (
                "0 0 * * 5#3", "5#3", "'#' in the day of the week is not part of a cron expression",
                "write the day alone, for each week"
            ),
            (
                "0 0 * * 5L", "5L", "'L' in the day of the week is not part of a cron expression",
                "write the day alone, for each week"
            ),
            ("@every 1h30m", "@every 1h30m", "'@every 1h30m' is no schedule", "did you mean 'every 1h30m'?"),
            ("0 0 ? * 1", "?", "'?' in the day of the month is not part of a cron expression", "write '*'"),
            ("H * * * *", "H", "'H' in the minute is not part of a cron expression", "to spread load, set 'jitter'"),
            ("0 0 * * ２", "２", "'２' is no day of the week", nil),
        ] as [(String, String, String, String?)])
    func wrong(text: String, place: String, message: String, hint: String?) {
        let failure = #expect(throws: ScheduleFailure.self) { try Schedule.parse(text) }
        guard let failure else { return }
        #expect(String(String.UnicodeScalarView(Array(text.unicodeScalars)[failure.range])) == place)
        #expect(failure.message == message)
        #expect(failure.hint == hint)
    }

    @Test(
        "may be written with names in any case, and 7 for Sunday",
        arguments: [
            ("0 0 * JAN mOn", "0 0 * 1 1"), ("0 0 * jan-mar,DEC *", "0 0 * 1-3,12 *"), ("0 0 * * 7", "0 0 * * 0"),
            ("0 0 * * 5-7", "0 0 * * fri,sat,sun"), ("0\t0   * * 0-7/7", "0 0 * * sun"), ("@midnight", "@daily"),
            ("@annually", "@yearly"), ("*/90 * * * *", "0 * * * *"), ("00 002 * * *", "0 2 * * *"),
            ("0 0 * * */7", "0 0 * * 0"),
        ])
    func same(text: String, other: String) throws {
        let (a, b) = (try CronExpression.parse(text), try CronExpression.parse(other))
        var at = try instant("2024-02-27T13:14:15Z")
        for _ in 0..<50 {
            let next = try #require(a.next(after: at, in: .utc))
            #expect(b.next(after: at, in: .utc) == next)
            at = next
        }
    }

    @Test("made of random pieces are read or refused with a place in the text")
    func fuzz() {
        let seed: UInt64 = 4711
        var random = SplitMix64(state: seed)
        let pieces = [
            "*", "/", "-", ",", " ", " ", "  ", "\t", "0", "1", "5", "7", "31", "59", "60", "99999999999999999999",
            "mon", "Sun",
            "jan", "DEC", "every", "every ", "10m", "1h30m", "d", "manual", "@", "@daily", "@reboot", "L", "W", "#",
            "?", "H",
            "~", "é", "e\u{301}", "👩‍👩‍👧", "\u{0}", "\n", "\r\n", "(", ":", "08:00", "24:00", "Mon-Fri", "18:00-08:00",
            "-1",
            "* * * * *", "0 2 * * ", "Mon-Fri 08:00-18:00",
        ]
        var (schedules, windows) = (0, 0)
        for _ in 0..<10_000 {
            let text = (0...random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined()
            let places = 0...text.unicodeScalars.count
            do throws(ScheduleFailure) {
                _ = try Schedule.parse(text).inWords
                schedules += 1
            } catch {
                #expect(
                    places.contains(error.range.lowerBound) && places.contains(error.range.upperBound),
                    "\(text) seed \(seed)")
                #expect(!error.message.isEmpty && error.hint != "", "\(text) seed \(seed)")
            }
            do throws(ScheduleFailure) {
                _ = try Window.parse(text).contains(.latest, in: .utc)
                windows += 1
            } catch {
                #expect(
                    places.contains(error.range.lowerBound) && places.contains(error.range.upperBound),
                    "\(text) seed \(seed)")
                #expect(!error.message.isEmpty && error.hint != "", "\(text) seed \(seed)")
            }
        }
        #expect(schedules > 50 && windows > 50)
    }
}
