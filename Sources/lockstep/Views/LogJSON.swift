import Model
import Runner
import Values

/// What runs did, for programs.
enum LogJSON {
    static func runs(_ runs: [(sync: SyncName, run: PastRun)]) -> Object {
        ["version": .int(1), "runs": .list(runs.map { .object(object($0.sync, $0.run)) })]
    }

    static func writes(_ sync: SyncName, _ writes: [(run: String, write: PlannedWrite)]) -> Object {
        [
            "version": .int(1), "sync": .text("\(sync)"),
            "writes": .list(
                writes.map { entry in
                    var object = PlanJSON.object(entry.write)
                    object["run"] = .text(entry.run)
                    return .object(object)
                }),
        ]
    }

    /// What runs wrote to one record, and who set each field last: the side where it was set, `undo` or
    /// `archive`.
    static func history(_ sync: SyncName, _ writes: [PastWrite]) -> Object {
        [
            "version": .int(1), "sync": .text("\(sync)"),
            "writes": .list(
                writes.map { past in
                    var object = PlanJSON.object(past.write)
                    object["run"] = .text(past.run)
                    object["time"] = .time(past.time)
                    object["from"] = .text(past.origin.name)
                    return .object(object)
                }),
            "fields": .list(
                LastSet.all(writes).map { field in
                    var object: Object = [
                        "side": .text(field.side.rawValue), "field": .text(field.path), "value": field.value,
                        "setBy": .text(field.setBy),
                    ]
                    object["run"] = .text(field.past.run)
                    object["time"] = .time(field.past.time)
                    return .object(object)
                }),
        ]
    }

    private static func object(_ sync: SyncName, _ run: PastRun) -> Object {
        [
            "sync": .text("\(sync)"), "run": .text(orNull: run.name), "started": .time(run.started),
            "finished": .time(run.finished), "outcome": .text(run.outcome.rawValue),
            "written": run.written.map(ReportJSON.counts) ?? .null, "held": .number(run.held),
            "problem": run.problem.isEmpty ? .null : .text(run.problem),
        ]
    }
}
