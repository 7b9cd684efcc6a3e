import CEL
import Model
import Values

/// Which one-way fields follow from fields that the sync itself writes on their source: they are worked out after those, over the
/// record as it will be, so that one run is enough.
struct Dependencies {
    /// The numbers of these fields.
    private(set) var later: Set<Int> = []
    /// The sides whose whole records they need, when the other side changed.
    private(set) var sources: Set<Side> = []

    init(_ rules: [FieldRule]) {
        for rule in rules where rule.isOneWay {
            let source: Side = rule.flows(to: .right) ? .left : .right
            let written = rules.filter { $0.number != rule.number && $0.flows(to: source) }.compactMap {
                $0.paths[source]
            }
            guard written.contains(where: { rule.mapping.ends[source].reads($0) }) else { continue }
            later.insert(rule.number)
            sources.insert(source)
        }
    }
}

extension FieldMapping.End {
    /// Whether what this end gives may change with a field.
    func reads(_ path: FieldPath) -> Bool {
        switch self {
        case .field(let own): own.overlaps(path)
        case .expression(let program):
            program.uses.readsWholeRecord || program.uses.fields.contains { $0.path.overlaps(path) }
        }
    }
}
