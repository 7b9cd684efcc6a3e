import Diagnostics
import Model
import Runner
import Values

/// What a run, or a plan, of a sync came to, for programs.
enum ReportJSON {
    static func object(_ report: SyncReport) -> Object {
        var object: Object = [
            "sync": .text("\(report.sync)"), "outcome": .text(outcome(report.outcome)),
            "started": .text("\(report.started)"), "finished": .text("\(report.finished)"),
            "written": counts(report.written), "gone": gone(report.gone), "held": .list(report.heldRecords.map(held)),
        ]
        if !report.inboxProblems.isEmpty { object["inboxProblems"] = .list(report.inboxProblems.map(Value.text)) }
        if let plan = report.plan { object["news"] = news(plan) }
        switch report.outcome {
        case .waits(let parent): object["waitsFor"] = .text("\(parent)")
        case .locked(let holder): object["holder"] = .text(holder)
        case .disconnected(let trouble): object["connection"] = connection(trouble)
        case .failed(let failure): object["failure"] = .object(self.failure(failure))
        case .stopped(let stop, let left):
            object["stopped"] = .text(stop.words)
            object["left"] = left.map { .number($0) } ?? .null
        case .refused(let refusals):
            object["brakes"] = .list(refusals.map { .object(brake($0, report.sync)) })
            object["digest"] = .text(orNull: report.plan?.digest)
        default: break
        }
        return object
    }

    /// The stable name of an outcome.
    private static func outcome(_ outcome: SyncReport.Outcome) -> String {
        switch outcome {
        case .notDue: "not-due"
        case .tooSoon: "too-soon"
        case .disabled: "disabled"
        case .paused: "paused"
        case .waits: "waits"
        case .locked: "locked"
        case .disconnected: "disconnected"
        case .untouched: "unchanged"
        case .planned: "done"
        case .refused: "brake"
        case .stopped: "stopped"
        case .failed: "failed"
        }
    }

    /// A connection that does not answer as it should; null where each does.
    static func connection(_ trouble: ConnectionTrouble?) -> Value {
        trouble.map { trouble in
            .object([
                "name": .text(trouble.connection), "state": .text(trouble.state.rawValue),
                "cause": .text(trouble.cause),
                "since": .time(trouble.since), "problem": .text(trouble.problem),
                "nextProbe": .time(trouble.nextProbe),
            ])
        } ?? .null
    }

    static func counts(_ counts: Sides<WriteCounts>) -> Value {
        var object = Object()
        for side in Side.allCases {
            object[side.rawValue] = .object([
                "created": .number(counts[side].creates), "updated": .number(counts[side].updates),
                "deleted": .number(counts[side].deletes),
            ])
        }
        return .object(object)
    }

    /// What this run is the first to find of linked records: gone, out of scope, and what follows from a change of the job file.
    private static func news(_ plan: Plan) -> Value {
        func sides(_ counts: Sides<Int>) -> Value {
            .object(["left": .number(counts.left), "right": .number(counts.right)])
        }
        return .object([
            "deleted": sides(plan.widowed), "leftScope": sides(plan.departures.ofChanged),
            "leftScopeByJobFile": sides(plan.departures.byJobFile), "jobFileChanged": .bool(plan.isJobFileChanged),
            "firstValues": .number(plan.firstValues),
        ])
    }

    /// Linked records that are gone while their partners stay; null where nothing was looked at.
    static func gone(_ gone: GoneRecords?) -> Value {
        gone.map { .object(["left": .number($0.counts.left), "right": .number($0.counts.right)]) } ?? .null
    }

    static func held(_ item: HeldRecord) -> Value {
        .object([
            "state": .text(item.state.rawValue), "left": .text(orNull: item.ids.left),
            "right": .text(orNull: item.ids.right), "cause": .text(item.cause), "reason": .text(item.reason),
            "place": .text(orNull: item.place), "since": .time(item.since), "attempts": .number(item.attempts),
            "nextTry": .time(item.nextTry),
        ])
    }

    private static func failure(_ failure: RunFailure) -> Object {
        var object: Object = ["message": .text(FailureWords(failure).sentence)]
        switch failure {
        case .endpoint(let side, _), .incomplete(let side, _, _):
            object["kind"] = .text("collection")
            object["side"] = .text(side.rawValue)
        case .state: object["kind"] = .text("state")
        case .unknownRecord: object["kind"] = .text("record")
        case .settings(let diagnostic):
            object["kind"] = .text("settings")
            object["diagnostic"] = .object(DiagnosticsJSON.object(diagnostic))
        case .fields(let side, let diagnostics):
            object["kind"] = .text("fields")
            object["side"] = .text(side.rawValue)
            object["diagnostics"] = .list(diagnostics.map { .object(DiagnosticsJSON.object($0)) })
        }
        return object
    }

    private static func brake(_ refusal: Refusal, _ sync: SyncName) -> Object {
        let words = BrakeWords(sync, refusal)
        var object: Object
        switch refusal.brake {
        case .writes(let verb, let side): object = ["limit": .text("\(verb)s"), "side": .text(side.rawValue)]
        case .readDrop(let side): object = ["limit": .text("read_drop"), "side": .text(side.rawValue)]
        case .lostField(let side, let field):
            object = ["limit": .text("fields"), "side": .text(side.rawValue), "field": .text(field)]
        case .newIDs(let side): object = ["limit": .text("ids"), "side": .text(side.rawValue)]
        }
        object["planned"] = .number(refusal.planned)
        object["allowed"] = .number(refusal.allowed)
        object["total"] = .number(refusal.total)
        object["message"] = .text(words.sentence)
        object["place"] = .text(orNull: words.place)
        return object
    }
}
