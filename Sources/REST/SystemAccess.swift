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
    package let calls: CallCount
    /// The files that are on their way, from and to this system and others.
    package let files: FileDepot
    /// What is known of the files of this one.
    package let digests: FileMemory
    let veil = Veil()
    let patience = ReadingPatience()
    private let gate: RequestGate
    private let pace: Mutex<TokenBucket?>

    /// - Parameter concurrent: the most requests at a time.
    package init(
        _ definition: SystemDefinition, _ transport: HTTPTransport, _ clock: SystemClock, settings: ResolvedSettings,
        tokens: TokenFile = TokenFile(), calls: CallCount = CallCount(), files: FileDepot = FileDepot(),
        digests: FileMemory = FileMemory()
    ) {
        self.definition = definition
        self.transport = transport
        self.clock = clock
        self.tokens = TokenKeeper(file: tokens)
        self.calls = calls
        self.files = files
        self.digests = digests
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
    ///
    /// - Parameter mayAct: whether something may have taken effect where it is not known if the request arrived.
    func send(_ request: HTTPRequest, mayAct: Bool) async throws(AskFailure) -> HTTPResponse {
        if let spent = calls.take(clock.now()) { throw spent }
        let now = clock.now()
        let wait = pace.withLock { bucket in bucket?.take(now: now.since(.earliest)) ?? .zero }
        if wait > .zero, await !clock.wait(wait) {
            throw .busy("the limit of requests leaves no time", after: wait)
        }
        let sent: Result<HTTPResponse, HTTPFailure>? = await gate.pass { [transport] in
            do throws(HTTPFailure) {
                return .success(try await transport.send(request))
            } catch {
                return .failure(error)
            }
        }
        switch sent {
        case .success(let response): return response
        case .failure(let failure): throw AskFailure(failure, mayAct: mayAct)
        case nil: throw AskFailure(.stopped(sent: false), mayAct: mayAct)
        }
    }
}

extension ResolvedSettings {
    /// A setting that is a whole number, and no less than 1.
    func count(_ name: String) -> Int? { text(name).flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } }
}

extension AskFailure {
    /// - Parameter mayAct: whether the request does anything but read.
    init(_ failure: HTTPFailure, mayAct: Bool) {
        let message = failure.description
        switch failure {
        case .hostUnknown: self = .unreachable(message, .hostUnknown, arrived: false)
        case .refused: self = .unreachable(message, .connectionRefused, arrived: false)
        case .unreachable, .noConnection, .proxy: self = .unreachable(message, .noAnswer, arrived: false)
        case .tls: self = .unreachable(message, .tls, arrived: false)
        // A query may hold secrets.
        case .badURL(let url): self = .broken(HTTPFailure.badURL(String(url.prefix { $0 != "?" })).description)
        case .badRequest, .caFile, .here(_, false): self = .broken(message)
        case .lost, .tooSlow, .stopped, .malformed:
            self = .unreachable(message, .noAnswer, arrived: mayAct && failure.mayHaveArrived)
        case .here, .tooLarge: self = mayAct ? .unreachable(message, .noAnswer, arrived: true) : .broken(message)
        }
    }
}
