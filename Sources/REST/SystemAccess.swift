package import HTTP
package import Model
internal import Synchronization
internal import Values

/// The way to a system: what all endpoints of a connection have in common, so that they keep its limits together and ask for one token.
package final class SystemAccess: Sendable {
    package let definition: SystemDefinition
    let transport: HTTPTransport
    let clock: SystemClock
    let tokens: TokenKeeper
    let calls: CallCount
    private let gate: RequestGate
    private let pace: Mutex<TokenBucket?>

    /// - Parameter concurrent: the most requests at a time.
    package init(
        _ definition: SystemDefinition, _ transport: HTTPTransport, _ clock: SystemClock, settings: ResolvedSettings,
        tokens: TokenFile = TokenFile(), calls: CallCount = CallCount()
    ) {
        self.definition = definition
        self.transport = transport
        self.clock = clock
        self.tokens = TokenKeeper(file: tokens)
        self.calls = calls
        let concurrent = settings.count("concurrent") ?? definition.pacing.concurrent
        gate = RequestGate(max(1, min(64, concurrent)))
        let bucket: TokenBucket? =
            if let perMinute = settings.count("requests_per_minute") {
                TokenBucket(max(1, perMinute), per: .seconds(60))
            } else {
                definition.pacing.requests.map { TokenBucket(max(1, $0), per: definition.pacing.per) }
            }
        pace = Mutex(bucket)
    }

    /// Sends a request when its turn has come.
    func send(_ request: HTTPRequest) async throws(AskFailure) -> HTTPResponse {
        if let wait = calls.wait(clock.now()) {
            throw .spent("as many requests as 'daily_budget' allows have been made today", after: wait)
        }
        let now = clock.now()
        let wait = pace.withLock { bucket in bucket?.take(now: now.since(.earliest)) ?? .zero }
        if wait > .zero, await !clock.wait(wait) {
            throw .busy("the limit of requests leaves no time", after: wait)
        }
        calls.note(now)
        let sent: Result<HTTPResponse, HTTPFailure>? = await gate.pass { [transport] in
            do throws(HTTPFailure) {
                return .success(try await transport.send(request))
            } catch {
                return .failure(error)
            }
        }
        switch sent {
        case .success(let response): return response
        case .failure(let failure): throw AskFailure(failure)
        case nil: throw AskFailure(.stopped(sent: false))
        }
    }
}

extension ResolvedSettings {
    /// A setting that is a whole number, and no less than 1.
    func count(_ name: String) -> Int? { text(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
}

extension AskFailure {
    init(_ failure: HTTPFailure) {
        let message = failure.description
        switch failure {
        case .hostUnknown: self = .unreachable(message, .hostUnknown, arrived: false)
        case .refused: self = .unreachable(message, .connectionRefused, arrived: false)
        case .unreachable, .noConnection, .proxy: self = .unreachable(message, .noAnswer, arrived: false)
        case .tls: self = .unreachable(message, .tls, arrived: false)
        case .badURL, .badRequest, .caFile: self = .broken(message)
        case .lost, .tooSlow, .stopped, .malformed:
            self = .unreachable(message, .noAnswer, arrived: failure.mayHaveArrived)
        case .tooLarge: self = .broken(message)
        }
    }
}

/// How many requests were made on a day, over all runs.
package final class CallCount: Sendable {
    /// The day, counted from 1970-01-01 in UTC, and how many requests were made on it.
    package struct Day: Sendable, Hashable {
        package var day: Int64
        package var calls: Int

        package init(day: Int64, calls: Int) {
            self.day = day
            self.calls = calls
        }
    }

    private let budget: Int?
    private let state: Mutex<Day>

    package init(budget: Int? = nil, so day: Day = Day(day: 0, calls: 0)) {
        self.budget = budget
        state = Mutex(day)
    }

    /// What is to be remembered for the next run.
    package var day: Day { state.withLock { $0 } }

    private static let length: Int64 = 86_400

    func note(_ now: Timestamp) {
        let today = now.seconds / Self.length
        state.withLock { state in
            if state.day != today { state = Day(day: today, calls: 0) }
            state.calls += 1
        }
    }

    /// How long to wait for the next day, where today's requests are spent.
    func wait(_ now: Timestamp) -> Duration? {
        guard let budget else { return nil }
        let today = now.seconds / Self.length
        return state.withLock { state in
            state.day == today && state.calls >= budget ? .seconds((today + 1) * Self.length - now.seconds) : nil
        }
    }
}
