import Diagnostics
import Runner
import Values

/// How syncs stand, for programs.
enum StatusJSON {
    static func report(
        _ statuses: [SyncStatus], _ mistakes: [Diagnostic], _ notifiers: [BrokenNotifier] = []
    ) -> Object {
        [
            "version": .int(1), "syncs": .list(statuses.map { .object(object($0)) }),
            "diagnostics": DiagnosticsJSON.list(mistakes),
            "brokenNotifiers": .list(
                notifiers.map {
                    .object(["name": .text($0.name), "since": .time($0.since), "problem": .text($0.problem)])
                }),
        ]
    }

    private static func object(_ status: SyncStatus) -> Object {
        [
            "sync": .text("\(status.sync)"), "state": .text(name(status.state)),
            "lastRun": .time(status.lastRun), "lastSuccess": .time(status.lastSuccess), "nextDue": due(status.nextDue),
            "runBy": .text(orNull: status.holder), "links": .number(status.links),
            "connection": ReportJSON.connection(status.trouble),
            "gone": ReportJSON.gone(status.gone),
            "problem": status.problem.isEmpty ? .null : .text(status.problem),
            "held": .list(status.held.map(ReportJSON.held)),
        ]
    }

    /// An instant; `each-run` where there is no schedule; null for never.
    private static func due(_ due: SyncStatus.NextDue) -> Value {
        switch due {
        case .eachRun: .text("each-run")
        case .at(let time): .time(time)
        case .never: .null
        }
    }

    /// The stable name of a state.
    private static func name(_ state: SyncStatus.State) -> String {
        switch state {
        case .running: "running"
        case .neverRun: "never-run"
        case .inStep: "in-step"
        case .needsSomeone: "needs-someone"
        case .brake: "brake"
        case .stopped: "stopped"
        case .failed: "failed"
        case .connectionBroken: "connection-broken"
        case .busy: "connection-busy"
        case .disabled: "disabled"
        case .paused: "paused"
        case .unreadable: "unreadable"
        }
    }
}
