package import Model
package import Values

/// What a change of the job files does to one sync, as both sides are now.
package struct SyncDifference: Sendable {
    package enum Standing: String, Sendable {
        case same, added, removed
        /// The job is in both, and enabled in one of them alone.
        case enabled, disabled
    }

    /// Records of a side by whether its filter lets them in.
    package struct Scope: Sendable {
        package var before = 0
        package var after = 0
        package var entering = Sampled<RecordID>()
        package var leaving = Sampled<RecordID>()

        package var isEmpty: Bool { entering.isEmpty && leaving.isEmpty }
    }

    /// Writes of one kind of which the change makes something else.
    package struct Writes: Sendable {
        package enum Change: String, Sendable, CaseIterable {
            /// It was not to be made before.
            case new
            /// It is not to be made any more.
            case gone
            /// The same record gets something else.
            case changed
        }

        package var change: Change
        package var verb: WriteRequest.Verb
        package var side: Side
        package var writes = Sampled<PlannedWrite>()
    }

    package var sync: SyncName
    package var standing = Standing.same
    /// What the plan of each came to; nil where there is no such sync.
    package var reports = BeforeAfter<SyncReport?>(before: nil, after: nil)
    /// Where there are plans to compare, or a sync in one of both alone.
    package var scope = Sides(left: Scope(), right: Scope())
    package var writes: [Writes] = []
    /// Fields of each side that are written from now on, and no longer.
    package var newFields = Sides<[String]>(left: [], right: [])
    package var lostFields = Sides<[String]>(left: [], right: [])
    package var newHolds = Sampled<HeldRecord>()
    package var goneHolds = Sampled<HeldRecord>()
    package var newBrakes: [Refusal] = []
    package var goneBrakes: [Refusal] = []
    /// Sides that were read once for each, since they are read from elsewhere, or otherwise, now.
    package var readTwice: [Side] = []

    init(_ sync: SyncName) { self.sync = sync }

    /// What kept a plan from being made; nothing is compared then.
    package var troubles: [(isBefore: Bool, report: SyncReport)] {
        [(true, reports.before), (false, reports.after)].compactMap { isBefore, report in
            report.flatMap { $0.isComparable ? nil : (isBefore, $0) }
        }
    }

    package var isEmpty: Bool {
        standing == .same && scope.left.isEmpty && scope.right.isEmpty && writes.isEmpty && newFields.left.isEmpty
            && newFields.right.isEmpty && lostFields.left.isEmpty && lostFields.right.isEmpty && newHolds.isEmpty
            && goneHolds.isEmpty && newBrakes.isEmpty && goneBrakes.isEmpty
    }
}

/// Something before and after a change of the job files.
package struct BeforeAfter<Content: Sendable>: Sendable {
    package var before: Content
    package var after: Content
}

extension SyncReport {
    /// Whether it came to a plan, or is not meant to.
    package var isComparable: Bool {
        switch outcome {
        case .planned, .refused, .stopped(.writeLimit, _), .disabled, .untouched: true
        default: false
        }
    }

    package var refusals: [Refusal] { if case .refused(let refusals) = outcome { refusals } else { [] } }
}
