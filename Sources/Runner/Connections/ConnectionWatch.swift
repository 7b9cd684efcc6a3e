import Model
import StateStore
import Synchronization
import Values

/// How the connections of a run stand: as the runs before left them, and as this one finds them. The syncs that are under way side by
/// side share it.
final class ConnectionWatch: Sendable {
    private struct State {
        /// nil before it is needed.
        var book: ConnectionBook?
        /// Those that failed in this run.
        var failed: Set<String> = []
        /// How those stood before this run that were in trouble then: one that answers when it is asked, and fails again once it is
        /// used, is in no new trouble.
        var before: [String: ConnectionHealth] = [:]
        /// Those whose trouble began, or became another, in this run.
        var news: Set<String> = []
        /// Those that were asked in this run whether they answer again: all who need one wait for the one answer.
        var probes: [String: Task<EndpointFailure?, Never>] = [:]
    }

    private let folder: StateFolder
    private let now: @Sendable () -> Timestamp
    /// Whether what is found is written down; a plan writes nothing.
    private let remembers: Bool
    private let state = Mutex(State())
    private let saving = Mutex(())

    init(_ folder: StateFolder, now: @escaping @Sendable () -> Timestamp, remembers: Bool) {
        self.folder = folder
        self.now = now
        self.remembers = remembers
    }

    /// The first of some connections that failed in this run; nil while all are well.
    func failed(among connections: Sides<String>) -> String? {
        state.withLock { state in
            state.failed.isEmpty ? nil : Side.allCases.map { connections[$0] }.first(where: state.failed.contains)
        }
    }

    /// What stands in the way of using a connection. One that was in trouble is asked once in a run, unless it is too early.
    func trouble(
        with connection: String, probe: @escaping @Sendable () async throws(EndpointFailure) -> Void
    ) async throws(StateFailure) -> ConnectionTrouble? {
        if let known = try trouble(with: connection), try !mayBeAsked(connection) { return known }
        guard try trouble(with: connection) != nil else { return nil }
        if let failure = await answer(of: connection, probe), let trouble = try note(failure, of: connection) {
            return trouble
        }
        let found = try state.withLock { (state) throws(StateFailure) -> ConnectionTrouble? in
            let health = try known(connection, &state)
            // Another sync may have met meanwhile what the probe did not.
            if let health, state.failed.contains(connection) { return trouble(connection, health, state) }
            if let health, health.state != .ok {
                state.before[connection] = health
                state.book?.entries[connection] = ConnectionHealth(.ok, since: now())
            }
            return nil
        }
        if found == nil { try save(connection) }
        return found
    }

    /// What is known to be wrong with a connection; nil where nothing is.
    func trouble(with connection: String) throws(StateFailure) -> ConnectionTrouble? {
        try state.withLock { (state) throws(StateFailure) -> ConnectionTrouble? in
            try known(connection, &state).flatMap { trouble(connection, $0, state) }
        }
    }

    /// Takes down a failure, where it is one of the connection.
    func note(_ failure: EndpointFailure, of connection: String) throws(StateFailure) -> ConnectionTrouble? {
        guard let found = ConnectionHealth(failure, now: now()) else { return nil }
        let trouble = try state.withLock { (state) throws(StateFailure) -> ConnectionTrouble? in
            var health = found
            let known = try known(connection, &state)
            let former = state.failed.insert(connection).inserted ? state.before[connection] ?? known : known
            if let former, former.isSame(as: health) {
                health.since = former.since
            } else {
                state.news.insert(connection)
            }
            state.book?.entries[connection] = health
            return self.trouble(connection, health, state)
        }
        try save(connection)
        return trouble
    }

    /// Whether a connection in trouble may be asked whether it answers again.
    private func mayBeAsked(_ connection: String) throws(StateFailure) -> Bool {
        try state.withLock { (state) throws(StateFailure) -> Bool in
            if state.failed.contains(connection) { return false }
            return try known(connection, &state)?.nextProbe.map { now() >= $0 } ?? true
        }
    }

    /// Why a connection does not answer; nil where it does.
    private func answer(
        of connection: String, _ probe: @escaping @Sendable () async throws(EndpointFailure) -> Void
    ) async -> EndpointFailure? {
        let asked = state.withLock { state in
            if let asked = state.probes[connection] { return asked }
            let asked = Task { () -> EndpointFailure? in
                do throws(EndpointFailure) {
                    try await probe()
                    return nil
                } catch {
                    return error
                }
            }
            state.probes[connection] = asked
            return asked
        }
        return await asked.value
    }

    private func known(_ connection: String, _ state: inout State) throws(StateFailure) -> ConnectionHealth? {
        if let book = state.book { return book.entries[connection] }
        let book = try folder.connections()
        state.book = book
        return book.entries[connection]
    }

    /// Writes down how a connection stands. The disk may let one wait, and whoever only asks does not wait with it.
    private func save(_ connection: String) throws(StateFailure) {
        guard remembers else { return }
        try saving.withLock { (_) throws(StateFailure) in
            // As it stands by now: what is saved last is what was found last.
            let health = state.withLock { $0.book?.entries[connection] }
            if let health { try folder.save(health, of: connection) }
        }
    }

    /// Which sync tells of it first is seen when all have ended.
    private func trouble(_ connection: String, _ health: ConnectionHealth, _ state: State) -> ConnectionTrouble? {
        var trouble = ConnectionTrouble(connection, health, isFirst: true)
        trouble?.isNews = state.news.contains(connection)
        return trouble
    }
}
