import Diagnostics
import Model

extension Rule {
    /// Nothing may be told to write to a side that the sync's direction does not write.
    static let directions = Rule { subject, findings in
        for sync in subject.drafts.jobs.flatMap(\.syncs) {
            guard let direction = sync.direction, let unwritten = direction.content.unwritten else { continue }
            creates(sync, direction, unwritten, &findings)
            firstValues(sync, direction, unwritten, &findings)
            for field in sync.fields { arrow(field, direction, unwritten, &findings) }
        }
    }

    private static func creates(
        _ sync: SyncDraft, _ direction: Placed<Direction>, _ unwritten: Side, _ findings: inout Findings
    ) {
        guard let creates = sync.creates, creates.content.sides.contains(unwritten) else { return }
        findings.add(
            .againstDirection,
            "'creates: \(creates.content.rawValue)' makes records on the \(denied(unwritten, direction))",
            at: creates.place, hint: "write '\(unwritten.other.rawValue)' or 'none'",
            notes: [.init("the direction stands here", at: direction.place)])
    }

    private static func firstValues(
        _ sync: SyncDraft, _ direction: Placed<Direction>, _ unwritten: Side, _ findings: inout Findings
    ) {
        guard let first = sync.firstValues, first.content.rawValue == unwritten.other.rawValue else { return }
        findings.add(
            .againstDirection,
            "'first_values: \(first.content.rawValue)' writes to the \(denied(unwritten, direction))", at: first.place,
            notes: [.init("the direction stands here", at: direction.place)])
    }

    private static func arrow(
        _ field: FieldDraft, _ direction: Placed<Direction>, _ unwritten: Side, _ findings: inout Findings
    ) {
        guard case .to(unwritten) = field.arrow.flow else { return }
        findings.add(
            .againstDirection,
            "this arrow writes to the \(denied(unwritten, direction))", at: field.arrow.text.place,
            notes: [.init("the direction stands here", at: direction.place)])
    }
}

/// The end of each sentence: the side, and the direction that does not write it.
private func denied(_ side: Side, _ direction: Placed<Direction>) -> String {
    "\(side.rawValue), which '\(direction.content.rawValue)' does not"
}

extension Direction {
    /// The side that is never written; nil where both are.
    var unwritten: Side? { Side.allCases.first { !writes(to: $0) } }
}
