import Connectors
import Diagnostics
import Model
import Reconcile
import Values

/// Holds what came of a test against what it expects.
struct TestCheck {
    let test: MappingTest
    let outcome: TestOutcome
    private let words: HoldWords
    private var failures: [TestFailure] = []

    init(_ test: MappingTest, _ outcome: TestOutcome) {
        self.test = test
        self.outcome = outcome
        words = HoldWords(outcome.inputs.sync)
    }

    private var sync: Sync { outcome.inputs.sync }

    static func failures(of test: MappingTest, _ outcome: TestOutcome) -> [TestFailure] {
        var check = TestCheck(test, outcome)
        check.run()
        return check.failures
    }

    private mutating func run() {
        let expectation = test.expectation
        if expectation.isOutOfScope { checkScope() }
        if expectation.isNoChange { checkNoChange() }
        if let held = expectation.held { check(held: held) }
        if !expectation.conflicts.isEmpty { check(conflicts: expectation.conflicts) }
        for side in Side.allCases {
            if let outcome = expectation.sides[side] { check(outcome, side) }
        }
        if let plan = expectation.plan { check(plan: plan) }
    }

    private mutating func fail(_ message: String, at place: Place? = nil, _ cause: TestFailure.Cause? = nil) {
        failures.append(TestFailure(message: message, place: place, cause: cause))
    }
}

// What a test expects of all its records together.
extension TestCheck {
    private mutating func checkScope() {
        let records = KeptRecords(outcome.inputs)
        for side in Side.allCases {
            for record in outcome.after[side] where !record.isNew {
                // A record that stands as it was remembered is not looked at.
                guard let found = records.record(record.id, on: side) else { continue }
                switch found.isInScope {
                case false?: continue
                case true?: fail("the \(side) record is in scope", cause: filter(of: side))
                case nil: failHeld(instead: "out of scope")
                }
            }
        }
        if let step = outcome.steps.first(where: { $0.verb != "hold" }) {
            fail("a run would \(step)")
        }
    }

    private func filter(of side: Side) -> TestFailure.Cause? {
        let collection = sync.collections[side]
        return TestFailure.Cause(
            message: collection.filter == nil ? "the \(side) has no filter" : "the filter lets it in",
            place: collection.filterPlace ?? collection.place)
    }

    private mutating func fail(_ message: String, cause: TestFailure.Cause?) { fail(message, at: nil, cause) }

    private mutating func checkNoChange() {
        for operation in outcome.plan.operations {
            let fields = arrows(operation).map { "'\($0.text)'" }.joined(separator: ", ")
            fail(
                "a run would \(operation.verb) the \(operation.side) record" + (fields.isEmpty ? "" : ": \(fields)"),
                cause: arrows(operation).first.map { TestFailure.Cause(message: "by this arrow", place: $0.place) })
        }
        if !outcome.plan.holds.isEmpty { failHeld(instead: "no change") }
    }

    private func arrows(_ operation: Operation) -> [FieldMapping] {
        if operation.archives || outcome.plan.fieldSets.isEmpty { return [] }
        return outcome.plan.fieldSets[Int(operation.fieldSet)].map { sync.fields[$0] }
    }

    /// A record is held where something else was expected.
    private mutating func failHeld(instead expected: String) {
        for hold in outcome.plan.holds {
            fail(
                "it is held, and \(expected) is expected: \(words.sentence(hold))",
                cause: hold.place.map { TestFailure.Cause(message: "by this line", place: $0) })
        }
    }

    private mutating func check(held: Placed<String>) {
        let reasons = outcome.plan.holds.map(words.sentence)
        if reasons.contains(where: { $0.contains(bytesOf: held.content) }) { return }
        if reasons.isEmpty { return fail("nothing is held", at: held.place) }
        for reason in reasons { fail("it is held for another reason: \(reason)", at: held.place) }
    }

    private mutating func check(conflicts: [Placed<String>]) {
        var met: [FieldMapping] = []
        for hold in outcome.plan.holds {
            let arrow: String
            switch hold.reason {
            case .conflict(let field, _, _), .firstValues(let field, _), .noNewest(let field, _): arrow = field
            default: continue
            }
            met += sync.fields.filter { $0.text.hasSameBytes(as: arrow) }
        }
        for expected in conflicts where !met.contains(where: { $0.isNamed(expected.content) }) {
            fail("'\(expected.content)' is in no conflict", at: expected.place)
            failOtherHolds()
        }
        for field in met where !conflicts.contains(where: { field.isNamed($0.content) }) {
            fail("'\(field.text)' is in conflict too", cause: .init(message: "by this arrow", place: field.place))
        }
    }

    private mutating func failOtherHolds() {
        for hold in outcome.plan.holds {
            if case .conflict = hold.reason { continue }
            fail("it is held: \(words.sentence(hold))")
        }
    }

    private mutating func check(plan expected: [Placed<String>]) {
        var left = outcome.steps
        for text in expected {
            guard let step = PlannedStep(text.content) else { continue }
            let at = left.firstIndex { met in
                met.verb == step.verb && met.side == step.side && (step.id == nil || met.id == nil || met.id == step.id)
            }
            if let at { left.remove(at: at) } else { fail("a run would not \(step)", at: text.place) }
        }
        for step in left { fail("a run would also \(step)") }
    }
}

// What a test expects of the records of a side.
extension TestCheck {
    private mutating func check(_ expected: MappingTest.Outcome, _ side: Side) {
        switch expected {
        case .record(let record): checkOnly(record, side)
        case .records(let records): for record in records { check(record, among: side) }
        case .deleted(let place):
            let kept = outcome.after[side].filter { !$0.isNew }
            guard let first = kept.first else { return }
            fail(
                "the \(side) record '\(first.id.key)' is not deleted", at: place,
                sync.deletes == .propagate
                    ? nil : .init(message: "'deletes' is \(sync.deletes.rawValue)", place: sync.place))
        }
    }

    private mutating func checkOnly(_ expected: MappingTest.ExpectedRecord, _ side: Side) {
        let met = outcome.after[side]
        let own = met.filter { !$0.isNew }
        let candidates = own.isEmpty ? met : own
        if candidates.count > 1 {
            return fail("the \(side) has \(candidates.count) records: list them with their ids", at: expected.place)
        }
        guard let record = candidates.first else { return failMissing(expected, side) }
        check(expected, record, side)
    }

    private mutating func failMissing(_ expected: MappingTest.ExpectedRecord, _ side: Side) {
        let wasThere = !test.records[side].isEmpty
        fail(wasThere ? "the \(side) record is deleted" : "there is no record on the \(side)", at: expected.place)
        for hold in outcome.plan.holds {
            fail(
                "it is held: \(words.sentence(hold))",
                cause: hold.place.map { TestFailure.Cause(message: "by this line", place: $0) })
        }
        if outcome.plan.holds.isEmpty, let reason = reasonForNothing(on: side) {
            fail(reason.message, at: reason.place)
        }
    }

    /// Why nothing is made on a side.
    private func reasonForNothing(on side: Side) -> TestFailure.Cause? {
        if outcome.plan.skips.outOfScope > 0 {
            let collection = sync.collections[side.other]
            return TestFailure.Cause(
                message: "the \(side.other) record is out of scope", place: collection.filterPlace ?? collection.place)
        }
        if outcome.plan.skips.createsNotAllowed > 0 {
            return TestFailure.Cause(message: "no record may be made on the \(side)", place: sync.place)
        }
        return nil
    }

    private mutating func check(_ expected: MappingTest.ExpectedRecord, among side: Side) {
        let fields = outcome.inputs.capabilities[side].idFields
        let form = outcome.inputs.capabilities[side].values
        let object = Object(expected.fields.map { ($0.name, $0.value.content.held(as: form)) })
        if let id = object.id(fields) {
            guard let record = outcome.after[side].first(where: { $0.id == id }) else {
                return fail("there is no record '\(id.key)' on the \(side)", at: expected.place)
            }
            return check(expected, record, side)
        }
        // A record that is made has an id that a test need not know.
        let made = outcome.after[side].filter(\.isNew)
        if made.contains(where: { differences(expected, $0, side).isEmpty }) { return }
        guard made.count == 1 else {
            return fail("no record that is made on the \(side) is like this one", at: expected.place)
        }
        check(expected, made[0], side)
    }

    private mutating func check(
        _ expected: MappingTest.ExpectedRecord, _ record: TestOutcome.Record, _ side: Side
    ) {
        let found = differences(expected, record, side)
        failures += found
        if !found.isEmpty { failOtherHoldsOnce() }
    }

    private mutating func failOtherHoldsOnce() {
        let before = Set(failures)
        for hold in outcome.plan.holds {
            let failure = TestFailure(
                message: "it is held: \(words.sentence(hold))",
                cause: hold.place.map { TestFailure.Cause(message: "by this line", place: $0) })
            if !before.contains(failure) { failures.append(failure) }
        }
    }

    private func differences(
        _ expected: MappingTest.ExpectedRecord, _ record: TestOutcome.Record, _ side: Side
    ) -> [TestFailure] {
        let form = outcome.inputs.capabilities[side].values
        return expected.fields.compactMap { name, value in
            let met = record.object[name]
            if (met ?? .null).holds(value.content, form) { return nil }
            let shown = met.map(\.shown) ?? "missing"
            return TestFailure(
                message: "\(side).\(name) is \(shown), not \(value.content.shown)", place: value.place,
                cause: arrow(to: name, side).map { field in
                    TestFailure.Cause(message: "it comes from '\(field.text)'", place: field.place)
                })
        }
    }

    /// The arrow that sets a field.
    private func arrow(to name: String, _ side: Side) -> FieldMapping? {
        sync.fields.first { field in
            field.flow.goes(to: side) && (field.path(on: side)?.steps.first?.text.hasSameBytes(as: name) ?? false)
        }
    }
}

extension FieldMapping {
    /// Whether a person means this arrow: by its text, or by the field at either end.
    fileprivate func isNamed(_ name: String) -> Bool {
        ([text] + Side.allCases.compactMap { path(on: $0)?.text }).contains { $0.hasSameBytes(as: name) }
    }
}

extension Value {
    /// Whether this is what a test expects: of an object, the names that the test has.
    fileprivate func holds(_ expected: Value, _ form: ValueForm) -> Bool {
        if form == .text {
            return ValueType.text.spell(self).hasSameBytes(as: ValueType.text.spell(expected))
        }
        guard case .object(let wanted) = expected, case .object(let own) = self else { return means(expected) }
        return zip(wanted.names, wanted.values).allSatisfy { name, value in
            (own[name] ?? .null).holds(value, form)
        }
    }
}

extension String {
    fileprivate func contains(bytesOf text: String) -> Bool {
        let wanted = Array(text.utf8)
        let own = Array(utf8)
        guard !wanted.isEmpty, own.count >= wanted.count else { return wanted.isEmpty }
        return (0...(own.count - wanted.count)).contains { own[$0...].starts(with: wanted) }
    }
}
