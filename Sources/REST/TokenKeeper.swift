internal import Synchronization
package import Values

/// Where a connection's refresh token is kept between runs.
package struct TokenFile: Sendable {
    package var load: @Sendable () -> Secret?
    /// Keeps it for good: comes back when it is on disk. Throws where it cannot be, with the reason.
    package var save: @Sendable (Secret) throws(TokenNotKept) -> Void

    package init(
        load: @escaping @Sendable () -> Secret? = { nil },
        save: @escaping @Sendable (Secret) throws(TokenNotKept) -> Void = { _ in }
    ) {
        self.load = load
        self.save = save
    }
}

/// Why a token could not be kept.
package struct TokenNotKept: Error, Hashable {
    package var reason: String

    package init(_ reason: String) { self.reason = reason }
}

/// The token of a connection: asked for once, by whoever needs it first, and again when it has run out.
actor TokenKeeper {
    struct Token: Sendable {
        var text: Secret
        var until: Timestamp?
    }

    private let file: TokenFile
    private var token: Token?
    private var asking: Task<Token, any Error>?

    init(file: TokenFile) { self.file = file }

    nonisolated var refreshToken: Secret? { file.load() }

    /// The token as it is; asked for where there is none, or it is about to run out.
    func token(
        _ now: Timestamp, _ ask: @escaping @Sendable (TokenFile) async throws -> Token
    ) async throws(AskFailure) -> Secret {
        if let token, token.until.map({ now < $0 }) ?? true { return token.text }
        do {
            if let asking { return try await asking.value.text }
            let file = file
            let task = Task { try await ask(file) }
            asking = task
            defer { asking = nil }
            let made = try await task.value
            token = made
            return made.text
        } catch {
            throw error as? AskFailure ?? .broken("no token: \(error)")
        }
    }

    /// A token was refused: the next one that needs it asks anew, unless another did already.
    func drop(_ text: Secret) { if token?.text == text { token = nil } }
}
