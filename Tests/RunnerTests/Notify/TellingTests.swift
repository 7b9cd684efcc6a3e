import Diagnostics
import Model
import StateStore
import Testing
import Values

@testable import Runner

/// What one notifier is told: from what it was told before and how everything stands now.
@Suite("What is told") struct TellingTests {
    static let noon = Timestamp("2026-11-21T12:00:00Z") ?? .earliest

    static func at(_ minutes: Int) -> Timestamp { noon.adding(.seconds(minutes * 60)) ?? noon }

    static func notifier(
        _ events: Set<NotifiedEvent> = Set(NotifiedEvent.allCases), jobs: Set<String>? = nil
    ) -> Notifier {
        Notifier(
            name: "slack", target: .slack(Template(parts: [.text("https://x")])), events: events, jobs: jobs,
            staleAfter: .seconds(7_200), place: Place(file: "jobs/connections.yaml", line: 1, column: 1, length: 0))
    }

    static func record(
        _ id: String, _ state: HeldRecord.State, _ cause: String, since: Int = 0
    ) -> HeldRecord {
        var record = HeldRecord(
            state: state, ids: Sides(left: id, right: nil), cause: cause, reason: "because of \(id)")
        record.since = at(since)
        return record
    }

    static func sync(_ name: String = "crm/things", _ body: (inout SyncStanding) -> Void = { _ in })
        -> SyncStanding
    {
        let parts = name.split(separator: "/").map(String.init)
        var standing = SyncStanding(
            sync: SyncName(job: parts[0], sync: parts[1]), connections: Sides(left: "desk", right: "shop"))
        standing.outcome = .inStep
        standing.finished = noon
        standing.succeeded = noon
        standing.definition = "a"
        body(&standing)
        return standing
    }

    static func situation(_ syncs: SyncStanding..., now: Int = 0) -> Situation {
        Situation(now: at(now), syncs: syncs)
    }

    /// What a message has in it, in short: `held crm/things 3/5` is three new ones of five, `+2` two that came and went.
    static func short(_ news: News) -> [String] {
        news.groups.map { group -> String in
            let counts = group.count == 0 ? "" : " \(group.fresh)/\(group.count)"
            return "\(group.key.event) \(group.key.subject)\(counts)" + passed(group)
        } + news.recovered.map { "over: \($0.key.event) \($0.key.subject)" + passed($0) }
    }

    private static func passed(_ group: NewsGroup) -> String {
        group.passed == 0 ? "" : " +\(group.passed)"
    }

    /// What a notifier is told by each of several situations after the other.
    private static func tell(_ notifier: Notifier, _ situations: Situation...) -> [[String]] {
        tell(notifier, situations)
    }

    static func tell(_ notifier: Notifier, _ situations: [Situation]) -> [[String]] {
        var told = ToldNotifier()
        return situations.map { situation in
            let result = Telling(notifier: notifier, situation: situation)(told)
            told = result.told
            return short(result.news)
        }
    }

    struct Case: Sendable, CustomTestStringConvertible {
        var event: String
        var subject = "crm/things"
        var counts = ""
        var standing: @Sendable (inout SyncStanding) -> Void

        var testDescription: String { event }
    }

    private static let cases = [
        Case(event: "run_failed") { ($0.outcome, $0.problem) = (.failed, "it broke") },
        Case(event: "run_failed") { $0.unreadable = "the state is damaged" },
        Case(event: "brake") { ($0.outcome, $0.problem) = (.brake, "too many deletes") },
        Case(event: "record_failed", counts: " 1/1") { $0.held = [record("1", .failed, "refused")] },
        Case(event: "record_failed", counts: " 1/1") { $0.held = [record("1", .parked, "refused")] },
        Case(event: "conflict", counts: " 1/1") { $0.held = [record("1", .conflict, "conflict")] },
        Case(event: "missing_value", counts: " 1/1") { $0.held = [record("1", .held, "unmapped-value")] },
        Case(event: "oscillation", counts: " 1/1") { $0.held = [record("1", .held, "oscillation")] },
        Case(event: "held", counts: " 2/2") {
            $0.held = [record("1", .held, "ambiguous-match"), record("2", .held, "wrong-type")]
        },
        Case(event: "stale") { $0.succeeded = at(-121) },
    ]

    @Test("what happens is told once, and once more when it is over", arguments: cases)
    func once(_ example: Case) {
        let bad = Self.situation(Self.sync("crm/things", example.standing))
        let good = Self.situation(Self.sync())
        let line = "\(example.event) crm/things\(example.counts)"
        #expect(
            Self.tell(Self.notifier(), good, bad, bad, bad, good, good)
                == [[], [line], [], [], ["over: \(example.event) crm/things"], []])
    }

    @Test("what no event asks for is not told, nor that it is over", arguments: cases)
    func notAsked(_ example: Case) {
        let bad = Self.situation(Self.sync("crm/things", example.standing))
        let others = Set(NotifiedEvent.allCases.filter { $0.rawValue != example.event && $0 != .held })
        #expect(Self.tell(Self.notifier(others), bad, Self.situation(Self.sync())) == [[], []])
    }

    @Test("without 'recovered' the end of a thing is not told, and its next beginning is")
    func notRecovered() {
        let bad = Self.situation(Self.sync { ($0.outcome, $0.problem) = (.failed, "it broke") })
        let later = Self.situation(Self.sync { ($0.outcome, $0.problem) = (.failed, "it broke") }, now: 60)
        let line = "run_failed crm/things"
        #expect(
            Self.tell(Self.notifier([.runFailed]), bad, Self.situation(Self.sync()), later) == [[line], [], [line]])
    }

    @Test("a conflict is held where nobody asks for conflicts")
    func heldOtherwise() {
        let bad = Self.situation(
            Self.sync { $0.held = [Self.record("1", .conflict, "conflict"), Self.record("2", .held, "malformed")] })
        #expect(Self.tell(Self.notifier([.held]), bad) == [["held crm/things 2/2"]])
        #expect(
            Self.tell(Self.notifier([.held, .conflict]), bad) == [["conflict crm/things 1/1", "held crm/things 1/1"]])
    }

    @Test("a record that waits for another is nobody's to mend")
    func waiting() {
        let bad = Self.situation(Self.sync { $0.held = [Self.record("1", .waiting, "parent-not-linked")] })
        #expect(Self.tell(Self.notifier(), bad) == [[]])
    }

    @Test("of more records of a kind only the new ones are told")
    func moreRecords() {
        let one = Self.record("1", .conflict, "conflict", since: 0)
        let two = Self.record("2", .conflict, "conflict", since: 5)
        let situations = [(0, [one]), (60, [one, two]), (61, [two]), (62, [])].map { minute, records in
            Self.situation(Self.sync { $0.held = records }, now: minute)
        }
        #expect(
            Self.tell(Self.notifier(), situations[0], situations[1], situations[2], situations[3])
                == [["conflict crm/things 1/1"], ["conflict crm/things 1/2"], [], ["over: conflict crm/things"]])
    }

    @Test("a thousand failing records are one group with ten of them")
    func flood() throws {
        let records = (1...1_000).map { Self.record("\($0)", .failed, "refused") }
        let result = Telling(notifier: Self.notifier(), situation: Self.situation(Self.sync { $0.held = records }))(
            ToldNotifier())
        let group = try #require(result.news.groups.first)
        #expect(result.news.groups.count == 1)
        #expect(group.count == 1_000)
        #expect(group.fresh == 1_000)
        #expect(group.samples.map(\.ids.left) == (1...10).map { "\($0)" })
    }

    @Test("a connection is told once for all of its syncs, and by it nothing of those fails")
    func connection() {
        func standing(_ state: ConnectionHealth.State, since: Int) -> Situation {
            var situation = Self.situation(
                Self.sync("crm/a") { ($0.outcome, $0.problem) = (.failed, "401") },
                Self.sync("crm/b") { ($0.outcome, $0.problem) = (.failed, "401") })
            situation.connections = [
                ConnectionStanding(name: "desk", state: state, since: Self.at(since), problem: "401", jobs: ["crm"])
            ]
            return situation
        }
        let broken = standing(.broken, since: 0)
        // The syncs have not run since: what they failed for is over.
        let mended = standing(.ok, since: 9)
        #expect(
            Self.tell(Self.notifier(), broken, broken, mended, Self.situation(Self.sync("crm/a"), Self.sync("crm/b")))
                == [["connection_broken desk"], [], ["over: connection_broken desk"], []])
    }

    @Test("a system that is busy says nothing of a connection that was broken")
    func busy() {
        let states: [ConnectionHealth.State] = [.unreachable, .busy, .unreachable, .ok]
        let situations = states.map { state in
            var situation = Self.situation(Self.sync())
            situation.connections = [
                ConnectionStanding(name: "desk", state: state, since: Self.noon, problem: "", jobs: ["crm"])
            ]
            return situation
        }
        #expect(
            Self.tell(Self.notifier(), situations[0], situations[1], situations[2], situations[3])
                == [["connection_broken desk"], [], [], ["over: connection_broken desk"]])
    }

    @Test("a run that was stopped leaves it open whether the sync still fails, and is none itself")
    func stopped() {
        let failed = Self.situation(Self.sync { $0.outcome = .failed })
        let stopped = Self.situation(Self.sync { $0.outcome = .stopped })
        #expect(Self.tell(Self.notifier(), stopped) == [[]])
        #expect(
            Self.tell(Self.notifier(), failed, stopped, failed, Self.situation(Self.sync()))
                == [["run_failed crm/things"], [], [], ["over: run_failed crm/things"]])
    }

    @Test("a sync that a brake stops does not fail any more, which is no recovery")
    func brakeAfterFailure() {
        let failed = Self.situation(Self.sync { $0.outcome = .failed })
        let braked = Self.situation(Self.sync { $0.outcome = .brake })
        #expect(Self.tell(Self.notifier(), failed, braked) == [["run_failed crm/things"], ["brake crm/things"]])
    }

    @Test("a job file that is wrong is told by its job, and leaves open what its syncs were told of")
    func brokenJob() {
        let held = Self.situation(Self.sync { $0.held = [Self.record("1", .held, "malformed")] })
        var broken = Self.situation()
        broken.brokenJobs = ["crm": "jobs/crm.yaml:3: unknown key"]
        #expect(
            Self.tell(Self.notifier(), held, broken, broken, held)
                == [["held crm/things 1/1"], ["run_failed crm"], [], ["over: run_failed crm"]])
    }

    @Test("a sync that is there no more is forgotten without a word")
    func removed() {
        let held = Self.situation(Self.sync { $0.held = [Self.record("1", .held, "malformed")] })
        #expect(Self.tell(Self.notifier(), held, Self.situation(), held).last == ["held crm/things 1/1"])
        #expect(Self.tell(Self.notifier(), held, Self.situation()).last == [])
    }

    @Test("a paused sync is not stale, and has not recovered")
    func paused() {
        let stale = Self.situation(Self.sync { $0.succeeded = Self.at(-200) })
        let paused = Self.situation(
            Self.sync {
                $0.succeeded = Self.at(-200)
                $0.isWatched = false
            })
        #expect(Self.tell(Self.notifier(), paused) == [[]])
        #expect(Self.tell(Self.notifier(), stale, paused) == [["stale crm/things"], []])
    }

    @Test("a sync that never succeeded is stale once it is known for so long")
    func neverSucceeded() {
        let situations = [100, 121].map { minutes in
            Self.situation(
                Self.sync {
                    $0.succeeded = nil
                    $0.knownSince = Self.noon
                }, now: minutes)
        }
        #expect(Self.tell(Self.notifier(), situations[0], situations[1]) == [[], ["stale crm/things"]])
    }

    @Test("a changed job file is told when a run carried it out, and what it first was is not")
    func jobChanged() {
        let before = Self.situation(Self.sync())
        let after = Self.situation(Self.sync { $0.definition = "b" })
        #expect(Self.tell(Self.notifier(), before, after, after) == [[], ["job_changed crm/things"], []])
    }

    @Test("what a brake stopped is told with the command that accepts it")
    func brakeDigest() {
        let situation = Self.situation(Self.sync { ($0.outcome, $0.digest) = (.brake, "4f2a") })
        let news = Telling(notifier: Self.notifier(), situation: situation)(ToldNotifier()).news
        #expect(
            news.groups.map(\.advice) == [
                "lockstep plan crm/things; if these writes are right: lockstep run crm/things --accept 4f2a"
            ])
    }

    @Test("of a job file that changes again and again there is a message an hour, and it is about all of the changes")
    func jobChanges() {
        let situations = [(0, "a"), (1, "b"), (2, "c"), (60, "d"), (61, "d"), (62, "d")].map { minute, definition in
            Self.situation(
                Self.sync {
                    $0.definition = definition
                    $0.definitionParts = ["'match'": definition]
                }, now: minute)
        }
        let line = ["job_changed crm/things"]
        #expect(Self.tell(Self.notifier(), situations) == [[], line, [], [], line, []])
    }

    @Test("a notifier of some jobs hears of those alone")
    func jobs() {
        let both = Self.situation(
            Self.sync("crm/a") { $0.outcome = .brake }, Self.sync("desk/a") { $0.outcome = .brake })
        #expect(Self.tell(Self.notifier(jobs: ["desk"]), both) == [["brake desk/a"]])
    }

    @Test("that a notifier cannot be told is told to the others, whatever they ask for, and never to itself")
    func brokenNotifier() {
        var situation = Self.situation(Self.sync())
        situation.notifiers = ["mail": NotifierTrouble(since: Self.noon, problem: "refused")]
        #expect(
            Self.tell(Self.notifier([.brake, .recovered]), situation, situation, Self.situation(Self.sync()))
                == [["notifier_broken mail"], [], ["over: notifier_broken mail"]])
        situation.notifiers = ["slack": NotifierTrouble(since: Self.noon, problem: "refused")]
        #expect(Self.tell(Self.notifier(), situation) == [[]])
    }
}
