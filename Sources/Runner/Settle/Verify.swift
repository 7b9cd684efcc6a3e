import Diagnostics
package import Model
import Reconcile
import StateStore
package import Values

/// Compares both sides of a sync as they stand, and writes nothing.
package struct Verify {
    private let sync: NamedSync

    package init(_ sync: NamedSync) {
        self.sync = sync
    }

    package func callAsFunction() async throws(SettleFailure) -> VerifyReport {
        let open = try sync.open(isToWrite: false, doubtsMatter: false)
        let inputs = try open.inputs(try await open.read([], trusting: false))
        return VerifyReport(Planner.compare(inputs), open.sync)
    }
}

/// What a comparison of both sides came to.
package struct VerifyReport: Sendable {
    package struct Difference: Sendable {
        package var ids: Sides<String>
        package var field: String
        /// The line of the job file that maps the field.
        package var place: String
        package var now: Sides<Value>
        /// What both held when they last agreed; nil where they never did.
        package var base: Sides<Value>?
        package var changed: Sides<Bool>
    }

    package var sync: SyncName
    package var differences: [Difference]
    /// What could not be compared, and why.
    package var unclear: [HeldRecord]
    /// Links of which records are gone, with the sides where they are.
    package var gone: [(ids: Sides<String>, sides: Sides<Bool>)]
    /// Records that have no link, and would be paired or made on the other side.
    package var unlinked: Sides<[String]>
    package var compared: Int
    package var outOfScope: Int
    package var apart: Int

    /// Whether everything is as the mapping has it.
    package var isInStep: Bool {
        differences.isEmpty && unclear.isEmpty && gone.isEmpty && unlinked.left.isEmpty && unlinked.right.isEmpty
    }

    init(_ comparison: Comparison, _ sync: Sync) {
        self.sync = sync.name
        differences = comparison.differences.map { difference in
            Difference(
                ids: difference.ids.map(\.key), field: difference.mapping.text,
                place: difference.mapping.place.fileAndLine, now: difference.now,
                base: difference.base, changed: difference.changed)
        }
        unclear = comparison.unclear.map { HeldRecord(HoldWords(sync).item($0)) }
        gone = comparison.gone.map { ($0.ids.map(\.key), $0.sides) }
        unlinked = comparison.unlinked.map { $0.map(\.key) }
        compared = comparison.compared
        outOfScope = comparison.outOfScope
        apart = comparison.apart
    }
}
