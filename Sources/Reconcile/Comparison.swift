package import Model
package import Values

/// What both sides hold, compared link by link and field by field, whatever is remembered of when they were last seen.
package struct Comparison: Sendable {
    /// A field in which the records of a link differ from what the mapping makes of each other.
    package struct Difference: Sendable {
        package var ids: Sides<RecordID>
        package var mapping: FieldMapping
        package var now: Sides<Value>
        /// What both held when they last agreed; nil where they never did.
        package var base: Sides<Value>?
        /// Which sides hold something else than they did then.
        package var changed: Sides<Bool>
    }

    package var differences: [Difference] = []
    /// What could not be compared, and why.
    package var unclear: [Hold] = []
    /// Links of which records are gone.
    package var gone: [(ids: Sides<RecordID>, sides: Sides<Bool>)] = []
    /// Records that have no link, and would be paired or made on the other side.
    package var unlinked = Sides<[RecordID]>(left: [], right: [])
    /// Links that were compared.
    package var compared = 0
    /// Links of which a record is out of scope.
    package var outOfScope = 0
    /// Records without a link that are to have none.
    package var apart = 0

    package init() {}
}

extension Planner {
    /// - Parameter inputs: over snapshots that kept all records.
    package static func compare(_ inputs: Inputs) -> Comparison {
        var comparison = Comparison()
        let planner = Planner(inputs)
        let changes = Changes(inputs.snapshots, inputs.links)
        for touched in changes.touched { planner.compare(touched, &comparison) }
        for side in Side.allCases {
            for number in changes.unlinked[side] { planner.note(number, side, &comparison) }
        }
        return comparison
    }

    /// Compares the records of one link alone.
    ///
    /// - Parameter inputs: over snapshots that kept both of its records.
    package static func compare(_ inputs: Inputs, link: Int) -> Comparison {
        var comparison = Comparison()
        let planner = Planner(inputs)
        let touched = Changes(inputs.snapshots, inputs.links).touched
        for touched in touched where touched.link == link { planner.compare(touched, &comparison) }
        return comparison
    }

    private func compare(_ touched: TouchedLink, _ comparison: inout Comparison) {
        let ids = Sides(left: inputs.links.id(touched.link, .left), right: inputs.links.id(touched.link, .right))
        if touched.gone.left || touched.gone.right { return comparison.gone.append((ids, touched.gone)) }
        let found = find(touched)
        for side in Side.allCases {
            switch found.sides[side].scope {
            case .held(var hold):
                hold.ids = ids.map(Optional.some)
                return comparison.unclear.append(hold)
            case .outside:
                comparison.outOfScope += 1
                return
            case .inside, nil: break
            }
        }
        guard let left = found.sides.left.record, let right = found.sides.right.record else { return }
        comparison.compared += 1
        for rule in rules where rule.flows(to: .left) || rule.flows(to: .right) {
            compare(rule, Sides(left: left.object, right: right.object), ids, found.remembered, &comparison)
        }
    }

    private func compare(
        _ rule: FieldRule, _ objects: Sides<Object>, _ ids: Sides<RecordID>, _ base: Base?,
        _ comparison: inout Comparison
    ) {
        let now: Sides<Value>
        do {
            now = Sides(
                left: try rule.read(objects.left, on: .left), right: try rule.read(objects.right, on: .right))
        } catch {
            return comparison.unclear.append(hold(ids.map(Optional.some), error, rule))
        }
        var obstacle: Hold.Reason?
        for side in Side.allCases where rule.flows(to: side) {
            // As if the other side alone had changed: what would this one be given?
            let state = FieldState(
                values: now, base: Base.Entry(now, owed: side), records: objects.map(Optional.some),
                times: Sides(left: nil, right: nil))
            switch rule.decide(state, policies, links) {
            case .nothing, .agree: return
            case .hold(let reason): obstacle = obstacle ?? reason
            case .set, .setBoth: break
            }
        }
        if let obstacle { return comparison.unclear.append(hold(ids.map(Optional.some), obstacle, rule)) }
        let base = base?.entries[rule.number]?.values
        let changed = Sides(
            left: base.map { !rule.isSame(now.left, $0.left, on: .left) } ?? false,
            right: base.map { !rule.isSame(now.right, $0.right, on: .right) } ?? false)
        comparison.differences.append(
            Comparison.Difference(ids: ids, mapping: rule.mapping, now: now, base: base, changed: changed))
    }

    private func note(_ number: Int, _ side: Side, _ comparison: inout Comparison) {
        let snapshot = readers[side].snapshot
        switch readers[side].read(number) {
        case .outOfScope: comparison.apart += 1
        case .held(let hold): comparison.unclear.append(hold)
        case .inScope(let record):
            let standing = inputs.passed[side].standing(of: record.id, snapshot.kept[number].fingerprint)
            if standing == nil, inputs.sync.creates.contains(side.other) {
                comparison.unlinked[side].append(record.id)
            } else {
                comparison.apart += 1
            }
        }
    }
}
