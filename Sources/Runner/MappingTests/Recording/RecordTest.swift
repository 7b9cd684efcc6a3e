import Connectors
import Diagnostics
import FileIO
import JobFiles
package import Model
import Reconcile
import StateStore
import Values

/// Writes a test of a mapping from a record as it is, its partner and what is remembered of both. Writes to neither side, nor to the state.
package struct RecordTest {
    private let sync: NamedSync
    private let record: RecordName
    private let name: String?
    private let isMasked: Bool
    private let isPrinted: Bool

    /// - Parameters:
    ///   - name: of the test; nil for one that says what happens.
    ///   - isMasked: whether values that look personal are replaced.
    ///   - isPrinted: whether no file is written.
    package init(_ record: RecordName, of sync: NamedSync, name: String?, isMasked: Bool, isPrinted: Bool) {
        self.record = record
        self.sync = sync
        self.name = name
        self.isMasked = isMasked
        self.isPrinted = isPrinted
    }

    package func callAsFunction() async throws(SettleFailure) -> RecordedTest {
        let pair = try await look()
        let file = TestFile(of: sync.name.job, sync.workspace, sync.world)
        var (test, outcome) = try await fulfilled(pair.test, pair)
        var id = pair.id.key
        let open = outcome
        var notes: [String] = []
        if isMasked {
            var masking = Masking(pair.sync, pair.capabilities)
            (test, outcome) = try await fulfilled(masking.masked(pair.test), pair)
            id = masking.masked(pair.id)
            if open.inShort != outcome.inShort {
                notes.append(
                    "masking changes what happens: \(open.inShort.phrase) before, and \(outcome.inShort.phrase) in the test. A filter or an expression may read what is masked"
                )
            }
        }
        if open.inShort != pair.steps {
            let why = "lockstep why \(sync.name) \(ShellWord.quoted("\(pair.side):\(id)"))"
            notes.append(
                "a run would do something else now, since it knows more than a test tells: \(pair.steps.phrase), and not \(open.inShort.phrase). '\(why)' shows it"
            )
        }
        test.name = Self.free(name ?? Self.name(test, outcome, id), besides: file.names)
        var recorded = RecordedTest(
            sync: sync.name, record: "\(pair.side) \(id)", name: test.name, file: file.path,
            text: file.text(test, indent: "  "), notes: notes)
        try await keep(test, file, &recorded)
        return recorded
    }

    private func look() async throws(SettleFailure) -> TestedPair {
        var open = try sync.open(isToWrite: false, doubtsMatter: false)
        let creates = try await open.settleDoubts()
        let links = open.store.links
        let wanted = Side.allCases.compactMap { side in record.id(on: side).flatMap { links.find($0, on: side) } }
        return try TestedPair(record, open, try open.inputs(try await open.read(Set(wanted)), creates))
    }

    private func fulfilled(
        _ test: MappingTest, _ pair: TestedPair
    ) async throws(SettleFailure) -> (test: MappingTest, outcome: TestOutcome) {
        guard let job = sync.workspace.checked.jobs.first(where: { $0.name == sync.name.job }) else {
            throw .notASync("\(sync.name)")
        }
        do throws(EndpointFailure) {
            // What `test` knows of both sides without asking them.
            let capabilities = Sides(
                left: try sync.workspace.capabilities(.left, job, pair.sync, sync.world),
                right: try sync.workspace.capabilities(.right, job, pair.sync, sync.world))
            if let found = try await RecordedExpectation(pair.sync, capabilities).fulfilled(test) { return found }
        } catch {
            throw .notATest("\(pair.side) \(pair.id.key): \(FailureWords.sentence(error))")
        }
        throw .notATest("no test tells what happens with \(pair.side) \(pair.id.key)")
    }

    /// Appends the test to its file, unless it is to be printed, or cannot be appended.
    private func keep(
        _ test: MappingTest, _ file: TestFile, _ recorded: inout RecordedTest
    ) async throws(SettleFailure) {
        do throws(TestFile.Refusal) {
            // A test that does not hold by itself is none, wherever it would stand.
            _ = try await file.verify(file.alone(test), after: nil)
        } catch {
            throw .notATest("no test tells what happens with \(recorded.record): \(error.sentence)")
        }
        if isPrinted { return }
        do {
            let before = try file.read()
            let content = try before.map { try file.appended(test, to: $0) } ?? file.alone(test)
            let place = try await file.verify(content, after: before)
            if try file.write(content, over: before) {
                recorded.line = place.start.line
            } else {
                recorded.refusal = "somebody else writes to it"
            }
        } catch let refusal as TestFile.Refusal {
            recorded.refusal = refusal.sentence
        } catch let failure as FileFailure {
            throw .run(.state(.file(failure)))
        } catch {
            recorded.refusal = "\(error)"
        }
    }
}

/// A test that was made from a record.
package struct RecordedTest: Sendable {
    package var sync: SyncName
    /// Such as `left 4711`; masked where that was asked for.
    package var record: String
    package var name: String
    package var file: String
    /// The test as an item of the list in its file.
    package var text: String
    /// What else there is to know, a sentence each.
    package var notes: [String]
    /// The line of the file where it stands now; nil where it was not written.
    package var line: Int?
    /// Why it was not written though it was to be; a sentence without a full stop.
    package var refusal: String?
}

// What the test is called.
extension RecordTest {
    private static func name(_ test: MappingTest, _ outcome: TestOutcome, _ id: String) -> String {
        "\(singular(test.sync.sync)) \(id) \(what(test.expectation, outcome))"
    }

    private static func what(_ expectation: MappingTest.Expectation, _ outcome: TestOutcome) -> String {
        if expectation.isOutOfScope { return "is left out" }
        if expectation.isNoChange { return "changes nothing" }
        if !expectation.conflicts.isEmpty { return "is in conflict" }
        if expectation.held != nil { return "is held" }
        let operations = outcome.plan.operations
        let sides = Set(operations.map(\.side))
        guard sides.count == 1, let first = operations.first else { return "changes both sides" }
        return switch first.verb {
        case .create: "is made on the \(first.side)"
        case .delete: "is deleted on the \(first.side)"
        case .update where first.archives: "is archived on the \(first.side)"
        case .update: "changes the \(first.side)"
        }
    }

    /// One of a collection: `ticket` of `tickets`, `company` of `companies`.
    private static func singular(_ name: String) -> String {
        if name.hasSuffix("ies"), name.utf8.count > 4 { return name.dropLast(3) + "y" }
        return name.hasSuffix("s") && !name.hasSuffix("ss") ? String(name.dropLast()) : name
    }

    private static func free(_ name: String, besides names: Set<String>) -> String {
        if !names.contains(name) { return name }
        var number = 2
        while names.contains("\(name) \(number)") { number += 1 }
        return "\(name) \(number)"
    }
}

extension TestOutcome {
    /// As ``Plan/inShort(of:where:)`` has it, of all records.
    fileprivate var inShort: [String] { plan.inShort(of: inputs.sync) { _, _ in true } }
}

extension [String] {
    /// What is done, as a phrase.
    fileprivate var phrase: String { isEmpty ? "nothing" : joined(separator: " and ") }
}
