import Diagnostics
import Model

extension Advice {
    /// A connection that no job names: a leftover, or a name that was mistyped where it should be used.
    static let unusedConnections = Advice { meant, findings in
        let drafts = meant.subject.drafts
        // What a job with a mistake uses is not known; and where there is none, connections come first.
        guard let file = drafts.connections, !meant.jobs.isEmpty, meant.jobs.count == drafts.jobs.count else { return }
        let used = Set(meant.jobs.flatMap { [$0.connections.left, $0.connections.right] })
        for connection in file.connections where !used.contains(connection.name.content) {
            findings.add(
                .unusedConnection, "no job uses the connection '\(connection.name.content)'", at: connection.name.place)
        }
    }
}
