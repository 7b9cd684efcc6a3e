import Foundation

/// A server that tests talk to: a script of `Tests/Servers`.
package enum ServerKind: String, CaseIterable, Sendable {
    case redmine, roundup, kinto, djhelpdesk, jira820, myworld, postgres
    /// What stands before another one.
    case faults, caddy
    case vendormock

    /// Whether it is installed. Where `LOCKSTEP_REQUIRES_SERVERS` is set no test may be skipped, so that one that is not fails.
    package var isThere: Bool { Self.areRequired || Self.installed.contains(self) }

    private static let areRequired = ProcessInfo.processInfo.environment["LOCKSTEP_REQUIRES_SERVERS"] != nil
    private static let installed = Set(allCases.filter { (try? Command.run([$0.script, "ready"]).status) == 0 })

    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Servers").path

    var script: String { "\(Self.folder)/\(rawValue).sh" }

    /// What stands between the server's port and the paths that its documentation tells.
    var path: String {
        switch self {
        case .roundup: "/t/rest"
        case .kinto: "/v1"
        case .djhelpdesk: "/api"
        case .jira820: "/rest/api/2"
        case .myworld: "/gw/api.github.com"
        case .redmine, .postgres, .faults, .caddy, .vendormock: ""
        }
    }
}

/// How a request says who asks.
package enum Credentials: Sendable, Hashable {
    case none
    case basic(user: String, password: String)
    case header(name: String, value: String)

    package static func bearer(_ token: String) -> Credentials {
        .header(name: "Authorization", value: "Bearer \(token)")
    }

    /// The same with another key, which no server knows.
    package var wrong: Credentials {
        switch self {
        case .none: .none
        case .basic(let user, _): .basic(user: user, password: "wrong")
        case .header(let name, let value):
            .header(name: name, value: value.hasPrefix("Bearer ") ? "Bearer wrong" : "wrong")
        }
    }

    package var headers: [(name: String, value: String)] {
        switch self {
        case .none: []
        case .basic(let user, let password):
            [("Authorization", "Basic " + Data("\(user):\(password)".utf8).base64EncodedString())]
        case .header(let name, let value): [(name, value)]
        }
    }
}

/// A server that does not start, or an answer that is none.
package struct ServerFailure: Error, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
