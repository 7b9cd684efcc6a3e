import Runner
import Values

/// How connections stand, and what came of asking them, for programs.
enum ConnectionsJSON {
    static func report(_ statuses: [ConnectionStatus]) -> Object {
        ["version": .int(1), "connections": .list(statuses.map { .object(object($0)) })]
    }

    /// Its state is `ok` where it is in order; the time since when is null where it always was.
    static func object(_ status: ConnectionStatus) -> Object {
        let trouble = status.trouble
        return [
            "name": .text(status.name), "type": .text(status.type), "state": .text(trouble?.state.rawValue ?? "ok"),
            "cause": .text(orNull: trouble?.cause), "since": .time(status.since),
            "problem": .text(orNull: trouble?.problem), "nextProbe": .time(trouble?.nextProbe),
            "place": .text(status.place), "syncs": .list(status.syncs.map { .text("\($0)") }),
        ]
    }

    static func report(_ results: [ConnectionCheck.Result]) -> Object {
        ["version": .int(1), "checks": .list(results.map { .object(object($0)) })]
    }

    private static func object(_ result: ConnectionCheck.Result) -> Object {
        [
            "name": .text(result.connection), "works": .bool(result.failed == nil),
            "failed": .text(orNull: result.failed?.rawValue), "cause": .text(orNull: result.cause),
            "text": .text(result.text), "remedy": .text(orNull: result.remedy), "place": .text(result.place),
        ]
    }
}
