import Model
import Reconcile
import Values

// Records that cannot be read, of which it is not known which they are.
extension RecordConditions {
    /// Names the rows among which the partner of the record may be.
    func nameUnread(on side: Side, _ condition: inout Condition) {
        guard let now = evidence.now else { return }
        let links = evidence.links
        let rows = UnreadRows(now.inputs.snapshots[side]) { links.find($0, on: side) == nil }
        condition.evidence += rows.evidence(on: side)
        condition.remedies.insert(Remedy(rows.mend, run), at: 0)
    }
}

struct UnreadRows {
    private let messages: [String]

    /// So many are named.
    private static let most = 5

    /// The rows of a side of which not even the id can be read, and those whose ids may be the one.
    init(_ snapshot: Snapshot, mayBe: (RecordID) -> Bool = { _ in false }) {
        messages = snapshot.unreadable.filter { $0.id.map(mayBe) ?? true }.map(\.message)
    }

    var isEmpty: Bool { messages.isEmpty }

    func evidence(on side: Side) -> [String] {
        let rest = messages.count - Self.most
        return messages.prefix(Self.most).map { "it may be the \(side) record that cannot be read: \($0)" }
            + (rest > 0 ? ["or one of \(rest) more"] : [])
    }

    /// What is to be done with the first of them.
    var mend: Remedy.Step {
        .person("correct the record that cannot be read" + (messages.first.map { ": \($0)" } ?? ""))
    }
}
