import Model
import Reconcile
import Testing
import Values

/// A plan as short text, a line for each thing that it would do, leave alone, or remember.
struct PlanText {
    var plan: Plan
    var sync: Sync
    var forms: Sides<ValueForm>
    /// Whether left and right are exchanged in the text.
    var isMirrored = false

    /// Without the marks: that of every link that is not decided is seen to by the laws.
    var lines: [String] {
        let remembered = plan.settlements.filter { !$0.isMark }
        return plan.operations.map(text) + remembered.map(text) + plan.holds.map(text) + skips
    }

    /// What is remembered of links so that the next run looks at them again, and for nothing else.
    var marks: [String] { plan.settlements.filter(\.isMark).map(text) }

    private func name(_ side: Side) -> String { (isMirrored ? side.other : side).rawValue }

    private func pair(_ ids: Sides<String>) -> String {
        isMirrored ? "\(ids.right)=\(ids.left)" : "\(ids.left)=\(ids.right)"
    }

    private func text(_ operation: Operation) -> String {
        let id = plan.id(operation.target).key
        let requests = WriteRequests(
            plan, sync, forms.map { Capabilities(values: $0, newIDs: .fields, idFields: [FieldPath("id")]) })
        let fields = requests.fields(of: operation).map { field in
            switch operation.verb {
            case .create: "\(field.path.text)=\(Self.text(field.after))"
            case .update: "\(field.path.text) \(Self.text(field.before)) -> \(Self.text(field.after))"
            case .delete: "\(field.path.text)=\(Self.text(field.before))"
            }
        }
        let from = operation.verb == .create ? " from \(plan.id(operation.source).key)" : ""
        let open =
            (operation.restores ? " again" : operation.archives ? " archived" : "")
            + (operation.settles ? "" : " (open)")
        return
            "\(operation.verb.rawValue) \(name(operation.side)) \(id)\(from): \(fields.joined(separator: ", "))\(open)"
    }

    private func text(_ settlement: Settlement) -> String {
        let ids = settlement.ids.map { plan.id($0).key }
        if settlement.kind == .pass {
            return ids.left.isEmpty ? "pass \(name(.right)) \(ids.right)" : "pass \(name(.left)) \(ids.left)"
        }
        let prints = settlement.fingerprints
        let isOpen =
            settlement.kind != .forget && settlement.kind != .unlink && (prints.left == .none || prints.right == .none)
        let frozen = Side.allCases.filter { prints[$0] == .frozen }.map { " (frozen \(name($0)))" }.joined()
        if let side = Side.allCases.first(where: { prints[$0] == .archived }) {
            return "\(settlement.kind.rawValue) \(pair(ids)) (archived \(name(side)))"
        }
        return "\(settlement.kind.rawValue) \(pair(ids))" + (frozen.isEmpty && isOpen ? " (open)" : frozen)
    }

    private func text(_ hold: Hold) -> String {
        "hold \(pair(hold.ids.map { $0?.key ?? "" })): \(reason(hold.reason))"
    }

    private var skips: [String] {
        [
            ("out of scope", plan.skips.outOfScope), ("frozen", plan.skips.frozen),
            ("creates not allowed", plan.skips.createsNotAllowed), ("deletes ignored", plan.skips.deletesIgnored),
            ("archived", plan.skips.archived),
        ].filter { $0.1 > 0 }.map { "skip \($0.1) \($0.0)" }
    }

    static func text(_ value: Value) -> String {
        if case .text(let text) = value, !text.isEmpty { return text }
        return JSON.text(value)
    }

    private func both(_ values: Sides<Value>) -> String {
        let texts = values.map(Self.text)
        return isMirrored ? "\(texts.right) | \(texts.left)" : "\(texts.left) | \(texts.right)"
    }

    private func reason(_ reason: Hold.Reason) -> String {
        switch reason {
        case .conflict(_, let base, let now): "conflict, was \(both(base)), now \(both(now))"
        case .firstValues(_, let now): "first values \(both(now))"
        case .needsType(_, let now): "needs a type for \(both(now))"
        case .noNewest(_, let now): "no newest of \(both(now))"
        case .ambiguousMatch(let key, let candidates):
            "match key \(key) of "
                + pair(candidates.map { $0.map(\.key).joined(separator: ",") })
        case .malformed(let side, _): "malformed \(name(side))"
        case .mayBeUnread(let side): "may be unread on \(name(side))"
        case .filter(let side, _): "filter \(name(side))"
        case .evaluation: "evaluation"
        case .wrongType: "wrong type"
        case .unmapped(_, let value): "unmapped \(Self.text(value))"
        case .parentNotLinked(_, let sync, let id): "waits for \(sync) \(id.key)"
        case .parentAwaited(_, let id): "waits for the new partner of \(id.key)"
        case .parentCycle(_, let id): "cycle at \(id.key)"
        case .notAnID(_, let value): "no id \(Self.text(value))"
        case .noNewID(let side, let fields): "no new id on \(name(side)) for \(fields.joined(separator: ","))"
        case .idTaken(let side, let id): "id \(id.key) taken on \(name(side))"
        case .idOutOfScope(let side, let id): "id \(id.key) out of scope on \(name(side))"
        case .changesID(let side, let field): "changes id \(field) on \(name(side))"
        case .deletedAndEdited(let deleted): "deleted on \(name(deleted)), and edited"
        case .leftScopeAndEdited(let left): "left scope on \(name(left)), and edited"
        case .createInDoubt(let side, let fields):
            "create in doubt on \(name(side)) by \(fields.joined(separator: ", "))"
        case .madeInDoubt(let side, let candidates):
            "made in doubt on \(name(side)) among \(candidates.map(\.key).joined(separator: ","))"
        case .notAllowed(let side, let verb): "not allowed: \(verb.rawValue) on \(name(side))"
        case .cannot(let side, let verb): "cannot \(verb.rawValue) on \(name(side))"
        case .refused(let side, let message): "refused by \(name(side)): \(message)"
        case .putOff(let write): "put off: \(write.verb.rawValue) \(name(write.side)) \(write.id)"
        case .oscillation(let field, _, _): "oscillation of \(field)"
        case .forbidden(let side, let message): "forbidden by \(name(side)): \(message)"
        case .askedLater(let side, let message): "put off by \(name(side)): \(message)"
        case .inDoubt(let side, let verb, let message): "\(verb.rawValue) in doubt on \(name(side)): \(message)"
        case .moved(let side): "moved on \(name(side))"
        }
    }
}

/// Expects the plan of a sketch, and the same with its sides exchanged.
func expect(
    _ sketch: Sketch, _ expected: String, mirrored: Bool = true, sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let wanted = expected.split(separator: "\n").map(String.init)
    let lines = PlanText(plan: try sketch.plan, sync: sketch.sync, forms: sketch.forms).lines
    #expect(lines == wanted, sourceLocation: sourceLocation)
    try expectLaws(sketch, sourceLocation: sourceLocation)
    guard mirrored else { return }
    let other = sketch.mirrored
    let back = PlanText(plan: try other.plan, sync: other.sync, forms: other.forms, isMirrored: true).lines
    #expect(back.sorted() == wanted.sorted(), "with the sides exchanged", sourceLocation: sourceLocation)
}
