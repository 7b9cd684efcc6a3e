import Diagnostics
import Model
import Runner
import Values

/// Plans for programs: every write with every field, in the order in which they are made. Given in pieces, so that a
/// long plan is never in memory as a whole.
struct PlanJSON {
    let put: (String) -> Void

    func show(_ reports: [SyncReport], _ mistakes: [Diagnostic]) {
        put(#"{"version":1,"syncs":["#)
        for (at, report) in reports.enumerated() {
            if at > 0 { put(",") }
            show(report)
        }
        put("],\"diagnostics\":" + JSON.text(DiagnosticsJSON.list(mistakes)) + "}\n")
    }

    private func show(_ report: SyncReport) {
        var object = ReportJSON.object(report)
        object["written"] = nil
        guard let plan = report.plan else { return put(JSON.text(.object(object))) }
        switch report.outcome {
        case .planned, .stopped(.writeLimit, _): object["outcome"] = .text("planned")
        default: break
        }
        object["digest"] = .text(plan.digest)
        object["planned"] = ReportJSON.counts(plan.counts)
        object["paired"] = .number(plan.settlements.count { $0.kind == .link } - plan.linkedAnew.count)
        object["linkedAnew"] = .number(plan.linkedAnew.count)
        object["leftAlone"] = .object([
            "outOfScope": .number(plan.skips.outOfScope), "frozen": .number(plan.skips.frozen),
            "createsNotAllowed": .number(plan.skips.createsNotAllowed),
            "deletesIgnored": .number(plan.skips.deletesIgnored), "archived": .number(plan.skips.archived),
            "unknown": .number(plan.skips.unknown.left + plan.skips.unknown.right),
        ])
        object["unlinked"] = .number(plan.settled.unlinked)
        put(String(JSON.text(.object(object)).dropLast()) + #","writes":["#)
        for number in plan.operations.indices {
            guard let write = report.write(number) else { continue }
            put((number > 0 ? "," : "") + JSON.text(.object(Self.object(write))))
        }
        put("]}")
    }

    static func object(_ write: PlannedWrite) -> Object {
        [
            "verb": .text(write.verb.rawValue), "side": .text(write.side.rawValue),
            "id": .text(orNull: write.id.isAssigned ? write.id.key : nil),
            "partner": .text(orNull: write.partner.key.isEmpty ? nil : write.partner.key),
            "fields": .list(
                write.fields.map { field in
                    .object(["field": .text(field.path), "before": field.before, "after": field.after])
                }),
        ]
    }
}
