import Diagnostics
import Model
import Runner
import Values

/// Plans for programs: every write with every field, in the order in which they are made. Given in pieces, so that a
/// long plan is never in memory as a whole.
///
/// A file of a plan has the same form, with the evidence by which it is applied, and ends with a checksum.
struct PlanJSON {
    /// The job files, for what a file of a plan has beside the rest; nil for an answer.
    var workspace: Workspace?
    let put: (String) -> Void

    init(_ workspace: Workspace? = nil, put: @escaping (String) -> Void) {
        self.workspace = workspace
        self.put = put
    }

    func show(_ reports: [SyncReport], _ mistakes: [Diagnostic]) {
        put(#"{"version":\#(SavedPlan.version),"#)
        if workspace != nil { put(#""kind":"\#(SavedPlan.kind)","#) }
        put(#""syncs":["#)
        for (at, report) in reports.enumerated() {
            if at > 0 { put(",") }
            show(report)
        }
        put("],\"diagnostics\":" + JSON.text(DiagnosticsJSON.list(mistakes)))
        if workspace == nil { put("}\n") }
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
        let evidence = workspace.flatMap { report.evidence($0) }
        for (name, value) in evidence ?? [] { object[name] = value }
        put(String(JSON.text(.object(object)).dropLast()) + #","writes":["#)
        for number in plan.operations.indices {
            guard let write = report.write(number) else { continue }
            var object = Self.object(write)
            if evidence != nil { object["evidence"] = report.savedWrite(number).map { .object($0.evidence) } }
            put((number > 0 ? "," : "") + JSON.text(.object(object)))
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
