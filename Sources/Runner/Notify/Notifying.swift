import FileIO
import JobFiles
package import Model
import StateStore
package import Values

/// Tells people what came of runs: each change once, to each notifier in one message.
package struct Notifying: Sendable {
    private let workspace: Workspace
    private let world: World
    /// What names this run to those who are told.
    private let run = RunID.new()

    package init(_ workspace: Workspace, _ world: World) {
        self.workspace = workspace
        self.world = world
    }

    private var notifiers: [Notifier] { workspace.checked.notifiers }

    /// How much of the time there is to tell that a run begins, and how much for all else.
    private static let shares = (begin: 0.3, end: 0.7)
    /// With less time than that nobody is asked.
    private static let leastTime = Duration.seconds(1)
    private static let claimPause = Duration.milliseconds(100)
    private static let claimPauses = 60

    /// Tells heartbeats that a run begins. Meant to go on beside the run, which waits for nobody.
    ///
    /// - Parameter jobs: the jobs that it is about.
    package func begin(_ jobs: Set<String>) async {
        // Whoever cannot be reached now is told of at the end.
        _ = await each(heartbeats(of: jobs), TimeLeft(world.tellingTime * Self.shares.begin)) {
            await $0.beat(.start, run: run, body: "lockstep run began\n")
        }
    }

    /// Tells heartbeats how a run ended, and all others what is new. Nothing here changes what came of the run, whose state is saved
    /// and whose locks are released by then.
    ///
    /// - Parameter code: the exit code of the run, as far as it is about some jobs; nil stands for all.
    /// - Returns: what could not be told, as sentences: for each notifier once, until it is told again.
    package func end(_ jobs: Set<String>, code: @Sendable (Set<String>?) -> Int32) async -> [String] {
        if notifiers.isEmpty { return [] }
        let time = TimeLeft(world.tellingTime * Self.shares.end)
        let codes = Dictionary(
            heartbeats(of: jobs).map { ($0.name, code($0.jobs)) }, uniquingKeysWith: { first, _ in first })
        async let beats = each(heartbeats(of: jobs), time) { post in
            let code = codes[post.notifier.name] ?? 0
            let body = "lockstep run ended with \(code)\n"
            return await post.beat(code == 0 ? .success : .failure(code: code), run: run, body: body)
        }
        do throws(StateFailure) {
            let folder = workspace.state(world)
            guard let claim = try await claim(folder, time) else {
                _ = await beats
                return []
            }
            let before = try folder.notifications()
            var round = TellingRound(before)
            var situation = Situation(workspace, world, before)
            let told = await tell(situation, &round, time)
            round.note(await beats.merging(told) { _, later in later }, at: world.now())
            // Whoever was told already is not told again, should this run end here.
            if round.book != before { try folder.save(round.book, claim) }
            // The others are told of those that are in trouble now; with no time left the next run does.
            if !round.troubled.isEmpty, time.left > Self.leastTime {
                situation.notifiers = round.book.notifiers.compactMapValues(\.trouble)
                round.note(await tell(situation, &round, time), at: world.now())
            }
            remember(situation, &round.book)
            if round.book != before { try folder.save(round.book, claim) }
            return round.problems
        } catch {
            _ = await beats
            return ["none but heartbeats were told anything: \(error.description)"]
        }
    }

    /// Sends a test message by one notifier.
    ///
    /// - Returns: what went wrong; nil where it arrived.
    package func test(_ notifier: Notifier) async -> String? {
        let message = Message(run: run, time: world.now(), host: world.host(), news: News(), isTest: true)
        let post = Post(notifier: notifier, world: world, limit: .seconds(30))
        let failure =
            notifier.target.isHeartbeat
            ? await post.beat(.success, run: run, body: "a test of lockstep\n") : await post.deliver(message)
        return failure?.sentence
    }

    private func heartbeats(of jobs: Set<String>) -> [Notifier] {
        notifiers.filter { $0.target.isHeartbeat && ($0.jobs.map { !$0.isDisjoint(with: jobs) } ?? true) }
    }

    /// Does something for several notifiers at once: none waits for another.
    private func each(
        _ notifiers: [Notifier], _ time: TimeLeft, _ body: @escaping @Sendable (Post) async -> PostFailure?
    ) async -> [String: PostFailure?] {
        await withTaskGroup(of: (String, PostFailure?).self) { group in
            for notifier in notifiers {
                let post = Post(notifier: notifier, world: world, limit: time.left)
                group.addTask { (notifier.name, await body(post)) }
            }
            var ends: [String: PostFailure?] = [:]
            for await (name, failure) in group { ends.updateValue(failure, forKey: name) }
            return ends
        }
    }

    /// Tells what is new to those who are not in trouble since a moment ago.
    private func tell(
        _ situation: Situation, _ round: inout TellingRound, _ time: TimeLeft
    ) async -> [String: PostFailure?] {
        var results: [String: Telling.Result] = [:]
        for notifier in notifiers where !notifier.target.isHeartbeat && !round.troubled.contains(notifier.name) {
            let before = round.book.notifiers[notifier.name] ?? ToldNotifier()
            results[notifier.name] = Telling(notifier: notifier, situation: situation)(before)
        }
        let news = results.mapValues(\.news).filter { !$0.value.isEmpty }
        let (now, host) = (situation.now, world.host())
        let ends = await each(notifiers.filter { news[$0.name] != nil }, time) { post in
            let message = Message(run: run, time: now, host: host, news: news[post.notifier.name] ?? News())
            return await post.deliver(message)
        }
        for (name, result) in results {
            var after = (ends[name] ?? nil) == nil ? result.told : result.noted
            after.trouble = round.book.notifiers[name]?.trouble
            round.book.notifiers[name] = after
        }
        return ends
    }

    private func remember(_ situation: Situation, _ book: inout NotifierBook) {
        book.unsuccessful = [:]
        for sync in situation.syncs {
            if let since = sync.knownSince, notifiers.contains(where: { $0.staleAfter != nil }) {
                book.unsuccessful["\(sync.sync)"] = since
            }
        }
        // With a mistake in the file, who is missing may be there again tomorrow.
        if workspace.checked.hasErrors { return }
        let names = Set(notifiers.map(\.name))
        book.notifiers = book.notifiers.filter { names.contains($0.key) }
    }

    /// The right to tell, so that of two runs that end together one tells at a time; nil where another run keeps it for too long.
    private func claim(_ folder: StateFolder, _ time: TimeLeft) async throws(StateFailure) -> NotifierClaim? {
        for _ in 0..<Self.claimPauses where time.left > Self.leastTime {
            if let claim = try folder.claimNotifications(holder: world.holder()) { return claim }
            await world.pause(Self.claimPause)
        }
        // Whoever has it tells, or else the next run does.
        return nil
    }
}

/// What comes of the notifiers in one run.
private struct TellingRound {
    var book: NotifierBook
    /// Those that could not be told in this run.
    private(set) var troubled: Set<String> = []
    /// Of those, the ones that were well before, as sentences.
    private(set) var problems: [String] = []

    init(_ book: NotifierBook) { self.book = book }

    /// Takes down how the notifiers themselves stand.
    mutating func note(_ ends: [String: PostFailure?], at now: Timestamp) {
        for (name, failure) in ends.sorted(by: { $0.key < $1.key }) {
            let before = book.notifiers[name]?.trouble
            guard let failure else {
                if before != nil { book.notifiers[name]?.trouble = nil }
                continue
            }
            troubled.insert(name)
            book.notifiers[name, default: ToldNotifier()].trouble = NotifierTrouble(
                since: before?.since ?? now, problem: failure.sentence)
            if before == nil { problems.append("the notifier '\(name)' could not be told: \(failure.sentence)") }
        }
    }
}

/// Time that runs out.
private struct TimeLeft: Sendable {
    private let end: ContinuousClock.Instant

    init(_ duration: Duration) { end = .now + duration }

    var left: Duration { max(.zero, end - .now) }
}

/// A notifier that cannot be told anything.
package struct BrokenNotifier: Sendable, Equatable {
    package var name: String
    package var since: Timestamp
    /// A sentence; it holds no secret.
    package var problem: String
}

extension Workspace {
    /// The notifiers that the last message to them did not reach.
    ///
    /// - Throws: a sentence, where what was told cannot be read.
    package func brokenNotifiers(_ world: World) throws(UnreadableNotifications) -> [BrokenNotifier] {
        if checked.notifiers.isEmpty { return [] }
        do throws(StateFailure) {
            let book = try state(world).notifications()
            return checked.notifiers.compactMap { notifier in
                book.notifiers[notifier.name]?.trouble.map {
                    BrokenNotifier(name: notifier.name, since: $0.since, problem: $0.problem)
                }
            }
        } catch {
            throw UnreadableNotifications(description: error.description)
        }
    }
}

/// What was told cannot be read.
package struct UnreadableNotifications: Error, CustomStringConvertible {
    package var description: String
}
