import Diagnostics
package import Model

/// The sentence about a brake that tripped.
package struct BrakeWords: Sendable {
    private let sync: SyncName
    private let refusal: Refusal

    package init(_ sync: SyncName, _ refusal: Refusal) {
        self.sync = sync
        self.refusal = refusal
    }

    /// What tripped, with its numbers.
    package var sentence: String {
        switch refusal.brake {
        case .writes(let verb, let side):
            "\(refusal.planned) \(verb)\(refusal.planned == 1 ? "" : "s") on the \(side), and the limit is \(allowed)"
        case .readDrop(let side) where refusal.planned == refusal.total:
            "the \(side) collection is empty, and held \(refusal.total) records when it was last read"
        case .newIDs(let side):
            "\(refusal.total) links lost their record on the \(side), and \(refusal.planned) records that are new there would be made on the \(side.other): ids changed?"
        case .lostField(let side, let field):
            "no record on the \(side) has the field '\(field)' any more, and \(refusal.planned) had a value in it"
        case .readDrop(let side):
            "the \(side) collection shrank from \(refusal.total) records to \(refusal.total - refusal.planned), and the limit is \(allowed)"
        }
    }

    /// The key of the job file that sets the limit; nil where there is none.
    package var key: String? {
        if refusal.isFormer { return nil }
        return switch refusal.brake {
        case .writes(let verb, _): "limits: {\(verb)s: …}"
        case .readDrop: "limits: {read_drop: …}"
        case .newIDs, .lostField: nil
        }
    }

    /// What a person does who does not want what would follow; nil where that is up to them alone.
    var mending: String? {
        switch refusal.brake {
        case .lostField(let side, let field):
            "give '\(field)' its name back on the \(side), or say in the job file, or in the connector, what it is called by now"
        case .writes, .readDrop, .newIDs: nil
        }
    }

    /// What else a person can do.
    package var advice: String? {
        switch refusal.brake {
        case .newIDs: "with a 'match' that pairs them, records are found under their new ids and keep their links"
        case .lostField: "a field that was given another name there needs that name in the job file"
        case .writes where refusal.isFormer:
            "the limit is that of the job file before it changed: after a change the tighter one holds, for one run"
        case .writes, .readDrop: nil
        }
    }

    /// Where the limit is written; nil for a default.
    package var place: String? {
        refusal.limit?.place?.fileAndLine
    }

    private var allowed: String {
        switch refusal.limit?.amount {
        case nil: "\(refusal.allowed)"
        case .count: "\(refusal.allowed)"
        case .percent(0): "0"
        case .percent where refusal.total < Limit.smallCollection:
            "\(refusal.allowed) below \(Limit.smallCollection) records"
        case .percent(let percent): "\(refusal.allowed) (\(Limit.Amount.percent(percent)) of \(refusal.total))"
        }
    }
}
