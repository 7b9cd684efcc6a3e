import Diagnostics
import Model
import Runner
import Values

/// How syncs stand, for programs.
struct StatusJSON {
    let now: Timestamp
    /// For how long a sync may go without a success, where that was asked.
    var maxAge: Duration?

    func report(
        _ statuses: [SyncStatus], _ connections: [ConnectionStatus], _ mistakes: [Diagnostic],
        _ notifiers: [BrokenNotifier] = []
    ) -> Object {
        [
            "version": .int(1), "needSomeone": .number(statuses.count { $0.needsSomeone }),
            "syncs": .list(statuses.map { .object(object($0)) }),
            "connections": .list(connections.map { .object(ConnectionsJSON.object($0)) }),
            "diagnostics": DiagnosticsJSON.list(mistakes),
            "brokenNotifiers": .list(
                notifiers.map {
                    .object(["name": .text($0.name), "since": .time($0.since), "problem": .text($0.problem)])
                }),
        ]
    }

    private func object(_ status: SyncStatus) -> Object {
        var object = usual(status)
        if let events = status.events {
            object["events"] = .object(["records": .number(events.count), "since": .time(events.since)])
        }
        return object
    }

    private func usual(_ status: SyncStatus) -> Object {
        [
            "sync": .text("\(status.sync)"), "state": .text(Self.name(status.state)),
            "needsSomeone": .bool(status.needsSomeone),
            "tooOld": maxAge.map { .bool(status.isOlder(than: $0, now: now)) } ?? .null,
            "lastRun": .time(status.lastRun), "lastSuccess": .time(status.lastSuccess),
            "nextDue": Self.due(status.nextDue),
            "missed": .time(status.missed), "pause": Self.pause(status.pausing),
            "waitsFor": .text(orNull: status.waitsFor.map { "\($0.sync)" }),
            "runBy": .text(orNull: status.holder), "links": .number(status.links),
            "counts": Self.counts(status),
            "connection": ReportJSON.connection(status.trouble),
            "gone": ReportJSON.gone(status.gone),
            "problem": status.problem.isEmpty ? .null : .text(status.problem),
            "held": .list(status.held.map(ReportJSON.held)),
        ]
    }

    /// Who paused it, since when and why; null where nobody did.
    private static func pause(_ pause: (by: String, since: Timestamp, reason: String)?) -> Value {
        pause.map { .object(["by": .text($0.by), "since": .time($0.since), "reason": .text($0.reason)]) } ?? .null
    }

    /// How many records are not in step, by their state.
    private static func counts(_ status: SyncStatus) -> Value {
        .object(Object(HeldRecord.State.allCases.map { ($0.rawValue, .number(status.count($0))) }))
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
    static func name(_ state: SyncStatus.State) -> String {
        switch state {
        case .running: "running"
        case .neverRun: "never-run"
        case .inPart: "run-in-part"
        case .inStep: "in-step"
        case .needsSomeone: "needs-someone"
        case .brake: "brake"
        case .stopped: "stopped"
        case .failed: "failed"
        case .connectionBroken: "connection-broken"
        case .busy: "connection-busy"
        case .disabled: "disabled"
        case .waits: "waits"
        case .paused: "paused"
        case .unreadable: "unreadable"
        }
    }
}
