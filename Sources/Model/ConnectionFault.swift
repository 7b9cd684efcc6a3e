/// What it is about a connection that does not work, as far as its system, or the way to it, tells. The raw values are stable names: the
/// state on disk and the causes of `why` have them.
package enum ConnectionFault: String, Sendable, Hashable, CaseIterable {
    case hostUnknown = "host-unknown"
    case connectionRefused = "connection-refused"
    case noAnswer = "no-answer"
    /// No secure connection could be agreed on: a certificate that is not trusted, or has run out.
    case tls = "tls-failed"
    case wrongPassword = "wrong-password"
    case tokenExpired = "token-expired"
    case tokenRevoked = "token-revoked"
    /// The credentials are accepted, and permit nothing of what is asked for.
    case nothingPermitted = "nothing-permitted"
}

extension ConnectionFault {
    /// The parts of a connection, in the order in which they are passed.
    package enum Part: String, Sendable, CaseIterable {
        case name, network, tls, credentials, permission
    }

    package var part: Part {
        switch self {
        case .hostUnknown: .name
        case .connectionRefused, .noAnswer: .network
        case .tls: .tls
        case .wrongPassword, .tokenExpired, .tokenRevoked: .credentials
        case .nothingPermitted: .permission
        }
    }
}
