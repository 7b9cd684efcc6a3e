package import CEL

/// A way to be let in.
package struct AuthRule: Sendable {
    package enum Kind: Sendable {
        /// What each request carries; nothing is asked for.
        case carried(headers: [NamedProgram], query: [NamedProgram])
        case basic(user: Program, password: Program)
        case bearer(Program)
        /// A token that a request gives, and that runs out.
        case token(TokenRule)
    }

    /// When it counts; nil for always.
    package var when: Program?
    package var kind: Kind

    package init(when: Program? = nil, _ kind: Kind) {
        self.when = when
        self.kind = kind
    }
}

/// How a token is asked for: OAuth 2 (RFC 6749, sections 4.4 and 6), or a request to log in.
package struct TokenRule: Sendable {
    package var request: RequestTemplate
    /// Finds the token in the answer.
    package var token: Program
    /// Finds how many seconds it is good for; nil where it is good until it is refused.
    package var expires: Program?
    /// Finds the token to ask with the next time, where the system changes it each time.
    package var refresh: Program?
    /// What requests carry, with the token as `token`.
    package var headers: [NamedProgram]

    package init(
        request: RequestTemplate, token: Program, expires: Program?, refresh: Program?, headers: [NamedProgram]
    ) {
        self.request = request
        self.token = token
        self.expires = expires
        self.refresh = refresh
        self.headers = headers
    }
}
