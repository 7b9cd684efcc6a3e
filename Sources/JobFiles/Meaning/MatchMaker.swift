import CEL
import Diagnostics
import Model

/// A way to pair records as it is meant.
struct MatchMaker {
    let subject: Subject
    let draft: MatchDraft

    func make(_ findings: inout Findings) -> MatchRule? {
        let arrow = draft.arrow
        guard arrow.flow == .both else {
            findings.add(
                .badArrow, "a match compares both sides", at: arrow.text.place,
                hint: "write '\(arrow.ends.left.text) <-> \(arrow.ends.right.text)'")
            return nil
        }
        let left = end(arrow.ends.left, &findings)
        let right = end(arrow.ends.right, &findings)
        guard let left, let right else { return nil }
        return MatchRule(
            text: arrow.text.text, place: arrow.text.place, keys: Sides(left: left, right: right),
            ignoresCase: draft.ignoresCase ?? false, type: draft.type?.content)
    }

    /// Keys are only read, so that an expression can stand at either end.
    private func end(_ text: PlacedText, _ findings: inout Findings) -> FieldMapping.End? {
        if let path = ExpressionText.path(text) { return .field(path) }
        return ExpressionText.compile(text, CompileOptions(), subject.surroundings, &findings).map { .expression($0) }
    }
}
