import Model
import Values

/// What is to be done with a field of a pair.
enum FieldDecision {
    /// Nothing moved.
    case nothing
    /// Both sides stand as they should: the base moves to what they hold.
    case agree
    /// A side is set to a value.
    case set(Side, to: Value)
    /// Both edits are kept: each side is set to both together, in its own terms.
    case setBoth(Sides<Value>)
    /// The field is left alone, and its base stays.
    case hold(Hold.Reason)
}

/// One field of a pair: what each side holds, what both held when they last agreed, and the records it came from.
struct FieldState {
    var values: Sides<Value>
    var base: Base.Entry?
    /// The whole records, where they were read. An unchanged one is known by its base alone.
    var records: Sides<Object?>
    /// When each record was last changed, as its side says.
    var times: Sides<Timestamp?>
}

extension FieldRule {
    /// The table of the engine's merge: what each combination of changes means.
    func decide(_ state: FieldState, _ policies: Policies, _ links: some LinkResolver) -> FieldDecision {
        guard let base = state.base?.values else { return firstMeeting(state, policies, links) }
        var changed = Sides(
            left: !isSame(state.values.left, base.left, on: .left),
            right: !isSame(state.values.right, base.right, on: .right))
        if let owed = state.base?.owed { changed[owed.other] = true }
        switch (changed.left, changed.right) {
        case (false, false): return .nothing
        case (true, false): return carry(from: .left, state, links)
        case (false, true): return carry(from: .right, state, links)
        case (true, true):
            // Of a one-way field only its source counts.
            if isOneWay { return carry(from: flows(to: .right) ? .left : .right, state, links) }
            if agrees(state, links) { return .agree }
            if let merged = merged(state, base, links) { return .setBoth(merged) }
            return settle(state, policies.conflict(of: mapping), base: base, links)
        }
    }

    /// One side changed: the other is set, where values flow that way.
    private func carry(from source: Side, _ state: FieldState, _ links: some LinkResolver) -> FieldDecision {
        let target = source.other
        // Nothing goes back from what one way writes; but the base has what stands there, for whatever is written over it next.
        guard flows(to: target) else { return .agree }
        do {
            let record = state.records[source] ?? Object()
            guard case .value(let value) = try translate(state.values[source], to: target, record: record, links: links)
            else { return .agree }
            let held = state.values[target]
            if isSameAcross(value, held) { return .agree }
            if value.isEmpty, mapping.empty == .keep { return .agree }
            switch mapping.when {
            case .create: return .agree
            case .empty where !held.isEmpty: return .agree
            case _ where isKindLost(value, held, to: target): return .hold(needsType(state))
            default: return .set(target, to: value)
            }
        } catch {
            return .hold(error)
        }
    }

    /// Whether text of a side that has nothing else would take the place of a number or a bool, while nothing says what it means.
    private func isKindLost(_ value: Value, _ held: Value, to target: Side) -> Bool {
        guard lacksType, forms[target.other] == .text, forms[target] != .text, case .text = value else { return false }
        return held.isNumberOrBool
    }

    private func needsType(_ state: FieldState) -> Hold.Reason { .needsType(field: mapping.text, now: state.values) }

    /// Whether a number or a bool meets the text of a side that has nothing else: whether they are the same only a type can tell.
    private func differInKind(_ values: Sides<Value>) -> Bool {
        guard lacksType, forms.left != forms.right, forms.left == .text || forms.right == .text else { return false }
        let text: Side = forms.left == .text ? .left : .right
        return values[text.other].isNumberOrBool && !values[text].isEmpty
    }

    /// Whether values go over as they are.
    private var lacksType: Bool {
        mapping.type == nil && mapping.values == nil && mapping.link == nil && mapping.conversions.left == nil
            && mapping.conversions.right == nil
    }

    /// Whether what each side holds is what the mapping makes of the other, in one direction at least.
    private func agrees(_ state: FieldState, _ links: some LinkResolver) -> Bool {
        Side.allCases.contains { source in
            let record = state.records[source] ?? Object()
            guard
                case .value(let value)? = try? translate(
                    state.values[source], to: source.other, record: record, links: links)
            else { return false }
            return isSameAcross(value, state.values[source.other])
        }
    }

    /// Both sides changed the field, to different things.
    private func settle(
        _ state: FieldState, _ policy: ConflictPolicy, base: Sides<Value>, _ links: some LinkResolver
    ) -> FieldDecision {
        switch policy {
        case .left: return carry(from: .left, state, links)
        case .right: return carry(from: .right, state, links)
        case .hold: return .hold(.conflict(field: mapping.text, base: base, now: state.values))
        case .newest:
            guard let newest = state.newest else { return .hold(.noNewest(field: mapping.text, now: state.values)) }
            return carry(from: newest, state, links)
        }
    }

    /// The pair has no base for this field: it was just paired, or the field was just mapped.
    private func firstMeeting(_ state: FieldState, _ policies: Policies, _ links: some LinkResolver) -> FieldDecision {
        if isOneWay { return carry(from: flows(to: .right) ? .left : .right, state, links) }
        if !flows(to: .left) { return .agree }
        if differInKind(state.values) { return .hold(needsType(state)) }
        if agrees(state, links) { return .agree }
        // Where an empty value never counts, there is but one to choose from.
        if mapping.empty == .keep, policies.firstValues == .hold || policies.firstValues == .newest,
            state.values.left.isEmpty != state.values.right.isEmpty
        {
            return carry(from: state.values.left.isEmpty ? .right : .left, state, links)
        }
        let held = FieldDecision.hold(.firstValues(field: mapping.text, now: state.values))
        switch policies.firstValues {
        case .left: return carry(from: .left, state, links)
        case .right: return carry(from: .right, state, links)
        case .newest:
            guard let newest = state.newest else { return .hold(.noNewest(field: mapping.text, now: state.values)) }
            return carry(from: newest, state, links)
        case .fill:
            switch (state.values.left.isEmpty, state.values.right.isEmpty) {
            case (true, false): return carry(from: .right, state, links)
            case (false, true): return carry(from: .left, state, links)
            default: return held
            }
        case .hold: return held
        }
    }
}

/// What the sync says of fields that say nothing themselves.
struct Policies {
    var firstValues: FirstValues

    func conflict(of mapping: FieldMapping) -> ConflictPolicy { mapping.conflicts }
}

extension FieldState {
    /// The side whose record was changed later; nil where either has no time of its last change, or both have the same.
    var newest: Side? {
        guard let left = times.left, let right = times.right, left != right else { return nil }
        return left > right ? .left : .right
    }
}

extension Value {
    fileprivate var isNumberOrBool: Bool {
        switch self {
        case .bool, .int, .uint, .double, .decimal: true
        default: false
        }
    }
}
