import Diagnostics
import Model
import Values

extension Rule {
    /// No two arrows of a sync may write the same field of the same side, or one a field and the other a part of it.
    static let writtenTwice = Rule { subject, findings in
        for sync in subject.drafts.jobs.flatMap(\.syncs) {
            for side in Side.allCases { check(sync, side, &findings) }
        }
    }

    private static func check(_ sync: SyncDraft, _ side: Side, _ findings: inout Findings) {
        var written = WrittenFields()
        for field in sync.fields where field.arrow.writes(side) && sync.effectiveDirection.writes(to: side) {
            let end = field.arrow.ends[side]
            guard let path = ExpressionText.path(end) else { continue }
            guard let earlier = written.add(path, at: end.place) else { continue }
            findings.add(
                .writtenTwice, sentence(path, earlier.path, side), at: end.place,
                notes: [.init("'\(earlier.path)' is written here first", at: earlier.place)])
        }
    }

    private static func sentence(_ path: FieldPath, _ earlier: FieldPath, _ side: Side) -> String {
        if path == earlier { return "'\(path)' is written twice on the \(side.rawValue)" }
        return path.steps.count > earlier.steps.count
            ? "'\(path)' lies inside '\(earlier)', which is written too on the \(side.rawValue)"
            : "'\(path)' holds '\(earlier)', which is written too on the \(side.rawValue)"
    }
}

/// The fields that are written so far, as a tree of their steps, so that a thousand arrows need no million comparisons.
private struct WrittenFields {
    private struct Branch {
        var children: [TextKey: Int] = [:]
        /// The first field that was written at, or below, this step.
        var first: (path: FieldPath, place: Place)?
        var isEnd = false
    }

    private var branches = [Branch()]

    /// Takes a field in; an earlier one that overlaps it, if there is one.
    mutating func add(_ path: FieldPath, at place: Place) -> (path: FieldPath, place: Place)? {
        var at = 0
        for step in path.steps {
            if at != 0, branches[at].isEnd { return branches[at].first }
            if let next = branches[at].children[step] {
                at = next
            } else {
                branches.append(Branch())
                branches[at].children[step] = branches.count - 1
                at = branches.count - 1
            }
            if branches[at].first == nil { branches[at].first = (path, place) }
        }
        let earlier = branches[at].first
        branches[at].isEnd = true
        return earlier?.place == place ? nil : earlier
    }
}
