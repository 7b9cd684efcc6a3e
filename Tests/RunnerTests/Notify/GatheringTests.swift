import Model
import StateStore
import Testing
import Values

@testable import Runner

/// Of one event of one sync there is a message an hour at most. What comes meanwhile is in the next one.
@Suite("What is gathered") struct GatheringTests {
    private static let notifier = TellingTests.notifier([.runFailed, .recordFailed, .brake, .recovered])

    /// The sync at a minute, with records that failed, each by the minute at which it did.
    private static func failures(_ minutes: [Int], now: Int) -> Situation {
        TellingTests.situation(
            TellingTests.sync {
                $0.held = minutes.map { TellingTests.record("r\($0)", .failed, "refused", since: $0) }
            }, now: now)
    }

    private static func failed(_ isFailed: Bool, now: Int) -> Situation {
        TellingTests.situation(
            TellingTests.sync { if isFailed { ($0.outcome, $0.problem) = (.failed, "it broke") } }, now: now)
    }

    @Test("records of which one more fails in each run are a message an hour, and each of them is told once")
    func growing() {
        let situations = (0...180).map { minute in Self.failures(Array(0...minute), now: minute) }
        let told = TellingTests.tell(Self.notifier, situations)
        #expect(told.filter { !$0.isEmpty }.count == 4)
        #expect(told[0] == ["record_failed crm/things 1/1"])
        #expect(told[60] == ["record_failed crm/things 60/61"])
        #expect(told[120] == ["record_failed crm/things 60/121"])
        #expect(told[180] == ["record_failed crm/things 60/181"])
    }

    @Test("records of which another one fails in each run are a message an hour, and none of them is forgotten")
    func changing() {
        let situations = (0...120).map { minute in Self.failures([minute], now: minute) }
        let told = TellingTests.tell(Self.notifier, situations)
        #expect(told.filter { !$0.isEmpty }.count == 3)
        #expect(told[0] == ["record_failed crm/things 1/1"])
        #expect(told[60] == ["record_failed crm/things 1/1 +59"])
        #expect(told[120] == ["record_failed crm/things 1/1 +59"])
    }

    @Test("records that came and went within the hour are told after it, while the first is still there")
    func cameAndWent() {
        let told = TellingTests.tell(
            Self.notifier,
            [
                Self.failures([0], now: 0), Self.failures([0, 10, 11], now: 11), Self.failures([0], now: 20),
                Self.failures([0], now: 60), Self.failures([0], now: 130),
            ])
        #expect(told == [["record_failed crm/things 1/1"], [], [], ["record_failed crm/things 0/1 +2"], []])
    }

    @Test("a sync that fails every other run is a message an hour, with its count, and one for the first recovery")
    func flapping() {
        let situations = (0...120).map { Self.failed($0 % 2 == 0, now: $0) }
        let told = TellingTests.tell(Self.notifier, situations)
        #expect(told.filter { !$0.isEmpty }.count == 5)
        #expect(told[0] == ["run_failed crm/things"])
        #expect(told[1] == ["over: run_failed crm/things"])
        #expect(told[60] == ["run_failed crm/things +29"])
        #expect(told[61] == ["over: run_failed crm/things"])
        #expect(told[120] == ["run_failed crm/things +29"])
    }

    @Test("what failed again within the hour and is well at its end is told as past, once")
    func past() {
        let told = TellingTests.tell(
            Self.notifier,
            [
                Self.failed(true, now: 0), Self.failed(false, now: 1), Self.failed(true, now: 2),
                Self.failed(false, now: 3), Self.failed(false, now: 59), Self.failed(false, now: 60),
                Self.failed(false, now: 61), Self.failed(false, now: 200), Self.failed(true, now: 201),
            ])
        #expect(
            told == [
                ["run_failed crm/things"], ["over: run_failed crm/things"], [], [], [], ["run_failed crm/things +1"],
                [], [], ["run_failed crm/things"],
            ])
    }

    @Test("records that came within the hour and are mended with all others are counted by the recovery")
    func mended() {
        let told = TellingTests.tell(
            Self.notifier,
            [Self.failures([0], now: 0), Self.failures([0, 5], now: 5), Self.failures([], now: 10)])
        #expect(told == [["record_failed crm/things 1/1"], [], ["over: record_failed crm/things +1"]])
    }

    @Test("what does not arrive is told by the next run that can, with what came meanwhile")
    func undelivered() {
        var told = ToldNotifier()
        for minute in [0, 1, 2] {
            let situation = Self.failures(minute == 1 ? [0, 1] : [0], now: minute)
            let result = Telling(notifier: Self.notifier, situation: situation)(told)
            #expect(!result.news.isEmpty)
            told = result.noted
        }
        let late = Telling(notifier: Self.notifier, situation: Self.failures([0], now: 3))(told)
        #expect(TellingTests.short(late.news) == ["record_failed crm/things 1/1 +1"])
        let never = Telling(notifier: Self.notifier, situation: Self.failures([], now: 4))(told)
        #expect(TellingTests.short(never.news) == ["record_failed crm/things +2"])
        let after = Telling(notifier: Self.notifier, situation: Self.failures([0], now: 5))(late.told)
        #expect(after.news.isEmpty)
    }

    @Test("a recovery that does not arrive is told by the next run")
    func undeliveredRecovery() {
        let first = Telling(notifier: Self.notifier, situation: Self.failed(true, now: 0))(ToldNotifier())
        let lost = Telling(notifier: Self.notifier, situation: Self.failed(false, now: 1))(first.told)
        let again = Telling(notifier: Self.notifier, situation: Self.failed(false, now: 2))(lost.noted)
        #expect(TellingTests.short(again.news) == ["over: run_failed crm/things"])
    }

    @Test("a clock that is put back puts nothing off")
    func clock() {
        let told = TellingTests.tell(
            Self.notifier,
            [Self.failed(true, now: 0), Self.failed(false, now: 1), Self.failed(true, now: -600)])
        #expect(told.last == ["run_failed crm/things"])
    }

    @Test("records that are found after a clock was put back are told, by the order of the runs")
    func newRecordsAfterClock() {
        let record = { (id: String, run: Int, since: Int) in
            var record = TellingTests.record(id, .conflict, "conflict", since: since)
            record.run = run
            return record
        }
        let situations = [(0, 1, [record("1", 1, 0)]), (-600, 2, [record("1", 1, 0), record("2", 2, -600)])]
            .map { now, _, records in
                TellingTests.situation(TellingTests.sync { $0.held = records }, now: now)
            }
        #expect(
            TellingTests.tell(TellingTests.notifier(), situations + [situations[1]])
                == [["conflict crm/things 1/1"], ["conflict crm/things 1/2"], []])
    }

    @Test("each event and each sync has an hour of its own")
    func apart() {
        func situation(_ now: Int, _ body: (inout SyncStanding) -> Void) -> Situation {
            TellingTests.situation(TellingTests.sync("crm/a", body), TellingTests.sync("crm/b"), now: now)
        }
        var other = situation(2) { $0.outcome = .failed }
        other.syncs[1].outcome = .failed
        let told = TellingTests.tell(
            Self.notifier,
            [situation(0) { $0.outcome = .failed }, situation(1) { $0.outcome = .brake }, other])
        #expect(told == [["run_failed crm/a"], ["brake crm/a"], ["run_failed crm/b"]])
    }

    @Test("what is forgotten leaves nothing behind once its hour is over")
    func nothingIsLeft() {
        var told = ToldNotifier()
        for situation in [Self.failed(true, now: 0), Self.failed(false, now: 1), Self.failed(false, now: 60)] {
            told = Telling(notifier: TellingTests.notifier([.runFailed, .recovered]), situation: situation)(told).told
        }
        #expect(told == ToldNotifier())
    }
}
