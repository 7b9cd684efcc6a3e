import Diagnostics
import Model
import Values

/// What an archived record looks like on a side, as it is meant.
struct ArchiveMaker {
    let rows: [ArchiveDraft.Row]
    let side: Side

    func make(_ findings: inout Findings) -> [ArchivedField] {
        rows.compactMap { row in
            guard let text = row.path, let path = ExpressionText.path(text) else {
                findings.add(
                    .badPath, "'\(shortened(row.name))' names no field of the \(side.rawValue)", at: row.place,
                    hint: "such as state, or user.state")
                return nil
            }
            return ArchivedField(path: path, value: row.value, place: row.place)
        }
    }
}
