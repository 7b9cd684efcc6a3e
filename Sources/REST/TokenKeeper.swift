internal import Synchronization
package import Values

/// Where a connection's refresh token is kept between runs.
package struct TokenFile: Sendable {
    /// The one that came of the settings' own, `first`: where those have another by now, what is kept no longer counts.
    package var load: @Sendable (_ first: Secret) throws(TokenNotKept) -> Secret?
    /// Keeps it for good: comes back when it is on disk. Throws where it cannot be, with the reason.
    package var save: @Sendable (_ token: Secret, _ first: Secret) throws(TokenNotKept) -> Void
    /// Waits until no other process asks with it; none does as long as what comes back lives.
    package var claim: @Sendable () async throws(TokenNotKept) -> any Sendable

    package init(
        load: @escaping @Sendable (_ first: Secret) throws(TokenNotKept) -> Secret? = { _ in nil },
        save: @escaping @Sendable (_ token: Secret, _ first: Secret) throws(TokenNotKept) -> Void = { _, _ in },
        claim: @escaping @Sendable () async throws(TokenNotKept) -> any Sendable = { true }
    ) {
        self.load = load
        self.save = save
        self.claim = claim
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
