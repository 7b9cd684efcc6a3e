import Diagnostics
import Model
import Reconcile
import Values

/// What a run makes of the records of a test, in the words in which a test expects it.
struct RecordedExpectation {
    private let sync: Sync
    private let capabilities: Sides<Capabilities>
    private var place: Place { sync.place }

    init(_ sync: Sync, _ capabilities: Sides<Capabilities>) {
        self.sync = sync
        self.capabilities = capabilities
    }

    /// Plays the test, and expects what comes of it; nil where no words hold.
    func fulfilled(_ test: MappingTest) async throws(EndpointFailure) -> (test: MappingTest, outcome: TestOutcome)? {
        var test = test
        test.expectation = askingForAll
        let whole = try await TestStage(test, sync, capabilities).play()
        for expectation in candidates(test, whole) {
            test.expectation = expectation
            let outcome = try await TestStage(test, sync, capabilities).play()
            if TestCheck.failures(of: test, outcome).isEmpty { return (test, whole) }
        }
        return nil
    }

    /// Names every field that is written, so that no arrow is left out for want of what it reads.
    private var askingForAll: MappingTest.Expectation {
        var expectation = MappingTest.Expectation(place: place)
        for side in Side.allCases {
            let names = sync.fields.compactMap { $0.path(on: side)?.steps[0].text }
            expectation.sides[side] = .record(expected(Object(names.map { ($0, .null) })))
        }
        return expectation
    }

    private func expected(_ object: Object) -> MappingTest.ExpectedRecord {
        MappingTest.ExpectedRecord(fields: object.map { ($0.0, Placed($0.1, at: place)) }, place: place)
    }

    /// The most telling first.
    private func candidates(_ test: MappingTest, _ outcome: TestOutcome) -> [MappingTest.Expectation] {
        var plan = MappingTest.Expectation(place: place)
        plan.plan = outcome.steps.map { Placed("\($0)", at: place) }
        if outcome.plan.operations.isEmpty, outcome.plan.holds.isEmpty {
            var scope = MappingTest.Expectation(place: place)
            scope.isOutOfScope = true
            var none = MappingTest.Expectation(place: place)
            none.isNoChange = true
            return isAnyOutOfScope(outcome) ? [scope, none] : [none]
        }
        var written = MappingTest.Expectation(place: place)
        addHolds(outcome, to: &written)
        for side in Side.allCases { written.sides[side] = self.written(side, test, outcome) }
        let saysNothing = written.held == nil && written.conflicts.isEmpty
        return saysNothing && written.sides.left == nil && written.sides.right == nil ? [plan] : [written, plan]
    }

    private func isAnyOutOfScope(_ outcome: TestOutcome) -> Bool {
        let records = KeptRecords(outcome.inputs)
        return Side.allCases.contains { side in
            outcome.after[side].contains { records.record($0.id, on: side)?.isInScope == false }
        }
    }

    private func addHolds(_ outcome: TestOutcome, to expectation: inout MappingTest.Expectation) {
        var conflicts: [String] = []
        for hold in outcome.plan.holds {
            switch hold.reason {
            case .conflict(let arrow, _, _), .firstValues(let arrow, _), .noNewest(let arrow, _):
                conflicts.append(name(of: arrow))
            default:
                if expectation.held == nil {
                    let sentence = HoldWords(sync).sentence(hold)
                    let end = sentence.firstRange(of: ". ")?.lowerBound ?? sentence.endIndex
                    expectation.held = Placed(String(sentence[..<end]), at: place)
                }
            }
        }
        expectation.conflicts = conflicts.map { Placed($0, at: place) }
    }

    /// A field by its name on a side, where that means one arrow alone.
    private func name(of arrow: String) -> String {
        guard let field = sync.fields.first(where: { $0.text.hasSameBytes(as: arrow) }) else { return arrow }
        let names = Side.allCases.compactMap { field.path(on: $0)?.text }
        return names.first { name in
            sync.fields.count { other in
                Side.allCases.contains { other.path(on: $0)?.text.hasSameBytes(as: name) ?? false }
            } == 1
        } ?? arrow
    }

    /// What is written on a side; nil for nothing.
    private func written(_ side: Side, _ test: MappingTest, _ outcome: TestOutcome) -> MappingTest.Outcome? {
        let operations = outcome.plan.operations.filter { $0.side == side }
        if operations.isEmpty { return nil }
        if operations.contains(where: { $0.verb == .delete }) {
            return operations.count == 1 && test.records[side].count == 1 ? .deleted(place) : nil
        }
        let isOnly = outcome.after[side].count == 1
        let archives = operations.contains(where: \.archives)
        var records: [MappingTest.ExpectedRecord] = []
        for record in outcome.after[side] where record.isNew || !record.written.isEmpty || (archives && isOnly) {
            var paths = record.written.compactMap { sync.fields[$0].path(on: side) }
            if archives { paths += sync.archive[side].map(\.path) }
            if !isOnly, !record.isNew { paths = capabilities[side].idFields + paths }
            var object = Object()
            for path in paths {
                if let value = record.object.value(at: path) { object.set(value.told, at: path) }
            }
            if !object.isEmpty { records.append(expected(object)) }
        }
        if records.isEmpty { return nil }
        return isOnly ? .record(records[0]) : .records(records)
    }
}
