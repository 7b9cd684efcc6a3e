import Model

extension ConnectionFault {
    /// Behind the name of the connection, and before what the system said.
    package var words: String {
        switch self {
        case .hostUnknown: "the name of its host is not known"
        case .connectionRefused: "its host refuses to be connected with"
        case .noAnswer: "no answer came"
        case .tls: "no secure connection could be made (TLS)"
        case .wrongPassword: "the password is not accepted"
        case .tokenExpired: "the token has expired"
        case .tokenRevoked: "the token was revoked"
        case .nothingPermitted: "its account is permitted nothing of what is asked for"
        }
    }

    /// Where the system does not say what is wrong with them.
    static let wordsOfUntoldCredentials = "the credentials are not accepted"

    /// What a person does about it.
    ///
    /// - Parameter connection: its name.
    func mending(_ connection: String) -> String {
        switch self {
        case .hostUnknown: "correct the name of the host of '\(connection)', or have it known here"
        case .connectionRefused:
            "see to it that the system behind '\(connection)' runs, and listens where its settings say"
        case .noAnswer: "see to it that '\(connection)' can be reached from here"
        case .tls: "renew the certificate of '\(connection)', or have the one trusted here that signed it"
        case .wrongPassword: "give '\(connection)' the right password"
        case .tokenExpired, .tokenRevoked: "give '\(connection)' a new token"
        case .nothingPermitted: "grant the account of '\(connection)' what it needs"
        }
    }
}
