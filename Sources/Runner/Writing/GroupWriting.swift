import Model
import Reconcile
import Values

/// A plan that is being carried out, with what it was made from.
struct WriteRound: Sendable {
    let plan: Plan
    let requests: WriteRequests
    let inputs: Inputs
    /// How many of the operations are to be made: the first ones.
    let count: Int
    /// How many operations there were in the plans before this one: the journal numbers them all.
    var offset = 0

    /// - Parameter count: nil for all.
    init(plan: Plan, requests: WriteRequests, inputs: Inputs, count: Int? = nil, offset: Int = 0) {
        self.plan = plan
        self.requests = requests
        self.inputs = inputs
        self.count = count ?? plan.operations.count
        self.offset = offset
    }
}

/// The writes of a group as they are now: what came of earlier ones counts.
struct GroupWriting: Sendable {
    let round: WriteRound
    private let failed: [Int32: Int]
    private let partners: [Int32: Fingerprint]
    private let kept: [Int32: [Int: Value]]
    private let withNews: Set<Int32>

    init(_ round: WriteRound, _ applied: Applied) {
        self.round = round
        failed = applied.failedWrites
        partners = applied.partners
        kept = applied.stored
        withNews = applied.withNews
    }

    func operation(_ number: Int) -> Operation {
        var operation = round.plan.operations[number]
        // The other side still lacks what it was to be given, or holds more: the next run has to look at both again.
        if failed[operation.link] != nil || withNews.contains(operation.link) { operation.settles = false }
        // The partner is what this run made of it, and no longer what was read.
        if let written = partners[operation.link] { operation.fingerprints[operation.side.other] = written }
        return operation
    }

    /// The base of the link after the write, where it is another than the plan's.
    func base(_ number: Int) -> [UInt8]? { earlier(number)?.encoded }

    /// The base of the link after the write, where the system made something else of what it was given.
    func base(_ number: Int, _ stored: StoredFields) -> [UInt8]? {
        if stored.values.isEmpty { return nil }
        let operation = round.plan.operations[number]
        let base = earlier(number) ?? round.requests.base(after: operation)
        let source = operation.side.other
        // A create that is asked for again may be answered with what somebody made of the record since: it cannot be told from what the
        // system made of it, so that the two sides meet in these fields for the first time.
        if operation.verb == .create, round.plan.askedAgain[source][round.plan.id(operation.source)] != nil {
            return base?.without(stored.values.keys).encoded
        }
        return base?.with(stored.values, on: operation.side).encoded
    }

    /// What came of the write to the record of the other side: where that was not made, its fields do not move; where it was made, they
    /// are what was stored.
    private func earlier(_ number: Int) -> Base? {
        let operation = round.plan.operations[number]
        if let twin = failed[operation.link] {
            let link = round.plan.linkedAnew[operation.link] ?? operation.link
            let old = (try? round.inputs.bases.base(of: Int(link))) ?? nil
            return round.requests.base(
                of: operation, without: round.plan.operations[twin],
                old: old ?? Base(fieldCount: round.inputs.sync.fields.count))
        }
        guard let stored = kept[operation.link] else { return nil }
        return round.requests.base(after: operation)?.with(stored, on: operation.side.other)
    }

    /// What the system made of the fields that it was given.
    func stored(_ outcome: WriteOutcome, _ number: Int) -> StoredFields {
        let operation = round.plan.operations[number]
        guard case .stored(_, let record?) = outcome, let content = record.content,
            let base = earlier(number) ?? round.requests.base(after: operation)
        else { return StoredFields() }
        return round.requests.stored(content, by: operation, base)
    }

    /// An answer as far as it can be believed: a create without the id of what was made is as good as none, and one with the id of a
    /// record that has a link made nothing.
    func believed(_ answer: WriteOutcome, _ number: Int, _ links: LinkTable) -> WriteOutcome {
        let operation = round.plan.operations[number]
        guard operation.target.range.isEmpty, case .stored(_, let record) = answer else { return answer }
        guard let id = record?.id, id.isAssigned else { return .uncertain("it told no id of the new record") }
        guard let link = links.find(id, on: operation.side) else { return answer }
        return .refused("it answered with \(id), which is linked with \(links.id(link, operation.side.other))")
    }
}
