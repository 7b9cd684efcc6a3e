import CEL
import Diagnostics
import Model
import Values

extension Advice {
    /// A record that is made without the field by which `match` pairs is not found by it again: where the state is lost,
    /// or another sync meets it, it is made a second time.
    static let matchKeys = Advice { meant, findings in
        for (job, sync) in meant.syncs {
            for side in Side.allCases where sync.creates.contains(side) {
                guard let first = sync.match.first else { continue }
                let written = sync.fields.filter { $0.flow.goes(to: side) }.compactMap { $0.path(on: side) }
                let ids = meant.idFields(side, of: sync, job)
                if sync.match.contains(where: { isFilled($0.keys[side], written, ids) }) { continue }
                findings.add(
                    .matchNotMapped,
                    "a record made on the \(side.rawValue) has nothing in \(keys(first, side)), "
                        + "by which 'match' pairs", at: first.place, hint: "let a field write it")
            }
        }
    }

    private static func isFilled(_ key: FieldMapping.End, _ written: [FieldPath], _ ids: Set<String>) -> Bool {
        paths(key).allSatisfy { path in
            path.steps.first.map { ids.contains($0.text) } ?? false || written.contains { $0.overlaps(path) }
        }
    }

    private static func paths(_ key: FieldMapping.End) -> [FieldPath] {
        switch key {
        case .field(let path): [path]
        case .expression(let program): program.uses.paths
        }
    }

    private static func keys(_ rule: MatchRule, _ side: Side) -> String {
        listed(paths(rule.keys[side]).map { "\($0)" }, joinedBy: "and")
    }
}

extension MeantJobs {
    /// The fields that the system itself fills with the name of a record.
    func idFields(_ side: Side, of sync: Sync, _ job: Job) -> Set<String> {
        let settings = (connections[job.connections[side]]?.settings ?? []) + sync.collections[side].settings
        guard let setting = settings.last(where: { $0.name == "id" }) else { return ["id"] }
        return Set(Self.names(setting.content))
    }

    private static func names(_ content: Setting.Content) -> [String] {
        switch content {
        case .text(let template): template.literal.map { [$0] } ?? []
        case .list(let parts): parts.flatMap(names)
        case .bool, .int, .object: []
        }
    }
}
