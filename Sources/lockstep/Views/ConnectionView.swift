import Diagnostics
import Model
import Runner
import Values

/// How a connection stands, since when, and what mends it.
struct ConnectionView {
    let style: Style
    let now: Timestamp

    /// How many of the syncs that wait for it are named.
    private static let mostSyncs = 5

    /// Lines with their line feeds.
    func text(_ connection: ConnectionStatus) -> String {
        let name = style.paint("connection \(connection.name.escapedForDisplay)", .bold)
        let since = connection.since.map { ", since \($0), \(AgeWords(now: now).words($0))" } ?? ""
        guard let trouble = connection.trouble else {
            return "\(name): " + style.paint("in order", .green) + since + "\n"
        }
        let head = style.paint(trouble.state.rawValue, trouble.state == .busy ? .yellow : .red)
        return "\(name): \(head)\(since)\n"
            + ([trouble.sentence, waiting(connection)] + todo(trouble, connection)).map {
                "  \($0.escapedForDisplay)\n"
            }.joined()
    }

    private func waiting(_ connection: ConnectionStatus) -> String {
        let names = connection.syncs.prefix(Self.mostSyncs).map { "\($0)" }.joined(separator: ", ")
        let rest = connection.syncs.count - Self.mostSyncs
        let count = CountWords.count(connection.syncs.count, "sync")
        return "\(count) \(connection.syncs.count == 1 ? "waits" : "wait") for it: \(names)"
            + (rest > 0 ? " and \(CountWords.grouped(rest)) more" : "")
    }

    private func todo(_ trouble: ConnectionTrouble, _ connection: ConnectionStatus) -> [String] {
        let run = connection.syncs.first.map { "lockstep run \($0) --now" } ?? "lockstep run"
        // What exactly is wrong is mended in a way of its own.
        if trouble.fault != nil, let mending = trouble.mending { return ["do:  \(mending), then \(run)"] }
        return switch trouble.state {
        case .broken: ["do:  renew the credentials, then \(run)"]
        case .unreachable: ["do:  see to it that it can be reached, then \(run)"]
        case .busy: ["do:  nothing: it is asked again" + (trouble.nextProbe.map { " from \($0) on" } ?? "")]
        }
    }
}
