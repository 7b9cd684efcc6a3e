import Connectors
import JobFiles
package import Model
import StateStore
import Values

extension SavedSync {
    /// The plan of a sync; nil where none was made, or but a part of one.
    package init?(_ report: SyncReport, _ workspace: Workspace) {
        guard let plan = report.plan, plan.rest == nil, let state = report.position else { return nil }
        var brakes: [SavedBrake] = []
        if case .refused(let refusals) = report.outcome { brakes = refusals.map(SavedBrake.init) }
        self.init(
            sync: report.sync, digest: plan.digest, definition: workspace.definition(of: report.sync), state: state,
            brakes: brakes, writes: plan.operations.indices.compactMap(report.savedWrite),
            links: plan.savedLinks)
    }
}

extension SyncReport {
    /// A write of the plan, as it is kept in a file.
    package func savedWrite(_ number: Int) -> SavedWrite? {
        guard let plan, let write = write(number) else { return nil }
        let operation = plan.operations[number]
        return SavedWrite(
            verb: operation.verb, side: operation.side, ids: plan.ids(of: operation),
            isLinked: operation.link >= 0 && operation.link < plan.firstNewLink,
            fields: write.fields.map { SavedWrite.Field(path: $0.path, before: $0.before, after: $0.after) },
            fingerprints: operation.fingerprints, digest: plan.digest(of: operation))
    }
}

extension SavedBrake {
    package init(_ refusal: Refusal) {
        let (limit, side, field): (String, Side, String) =
            switch refusal.brake {
            case .writes(let verb, let side): ("\(verb)s", side, "")
            case .readDrop(let side): ("read_drop", side, "")
            case .lostField(let side, let field): ("fields", side, field)
            case .newIDs(let side): ("ids", side, "")
            }
        self.init(limit: limit, side: side, field: field, planned: refusal.planned)
    }
}

extension SavedSync {
    /// The brakes that whoever accepts the plan has not seen, or not with as much behind them.
    package func unseen(_ refusals: [Refusal]) -> [Refusal] {
        refusals.filter { refusal in
            let now = SavedBrake(refusal)
            return !brakes.contains { seen in
                seen.limit == now.limit && seen.side == now.side && seen.field == now.field
                    && now.planned <= seen.planned
            }
        }
    }
}

extension Workspace {
    /// A fingerprint of each part of what the job files say of a sync, by its name; empty where there is no such sync.
    ///
    /// Settings are taken as they are written, never with the values of variables in them.
    func definition(of name: SyncName) -> [String: String] {
        guard let job = checked.jobs.first(where: { $0.name == name.job }),
            let sync = job.syncs.first(where: { $0.name == name })
        else { return [:] }
        let deciding = decisiveParts(job)
        var parts = sync.definitionFingerprints(deciding)
        parts["'first_run'"] = sync.firstRun.rawValue
        parts["'conflicts'"] = sync.conflicts.rawValue
        for side in Side.allCases {
            let name = job.connections[side]
            let connection = checked.connections[name]
            let open = (connection.map(systems.openSettings) ?? []).map { "\($0.name)=\($0.content.definition)" }
            parts["the connection on the \(side)"] = fingerprint("\(name) \(connection?.type ?? "") \(open)")
        }
        parts[Self.order] = fingerprint(sync.definition(deciding))
        return parts
    }

    /// The name of the part that changes with every other, and alone where the fields stand in another order.
    static let order = "the order of the fields"

    private func fingerprint(_ text: String) -> String { Fingerprint(of: Array(text.utf8)).description }
}

extension SystemLibrary {
    /// The settings of a connection that are no secrets, of what the job files say.
    fileprivate func openSettings(of connection: Connection) -> [Setting] {
        let options = type(named: connection.type)?.connectionOptions ?? []
        let secret = Set(options.filter { $0.kind == .secret }.map(\.name))
        return connection.settings.filter { !secret.contains($0.name) }
    }
}
