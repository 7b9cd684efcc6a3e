import Model
import Reconcile
import StateStore
import Values

// The last stages of a run: the plan is carried out, written down ahead, and remembered.
extension Run {
    func carryOut(
        _ plan: Plan, _ inputs: Inputs, _ store: consuming SyncStore, _ creates: SettledCreates,
        _ attempts: Attempts, _ started: Timestamp
    ) async throws(RunFailure) -> (report: SyncReport, links: LinkTable?) {
        let name = RunName.next(after: store, at: started)
        let journal = RunJournal(store, run: name)
        try onState { () throws(StateFailure) in
            try journal.settleDoubts(effective: creates.effective, open: creates.open.map(\.doubt))
            try journal.settle(plan.settlements, of: plan)
        }
        var applied = Applied(inputs.snapshots.map(\.stamp))
        let requests = WriteRequests(plan, sync, endpoints.map(\.capabilities))
        for side in Side.allCases {
            try await apply(plan, requests, side, journal, inputs, &applied)
        }
        try awaitFailedParents(plan, journal, &applied)
        try onState { () throws(StateFailure) in try journal.finish() }
        let report = try end(plan, inputs, journal, applied, requests, attempts, started)
        return (report, journal.store.links)
    }

    /// Makes the writes of one side.
    func apply(
        _ plan: Plan, _ requests: WriteRequests, _ side: Side, _ journal: RunJournal, _ inputs: Inputs,
        _ applied: inout Applied
    ) async throws(RunFailure) {
        let numbers = plan.operations.indices.filter { plan.operations[$0].side == side }
        guard !numbers.isEmpty else { return }
        tell(.writing(sync.name, done: applied.count, of: plan.operations.count))
        let failed = applied.failedWrites
        let partners = applied.partners
        let operations = { @Sendable (number: Int) in
            var operation = plan.operations[number]
            // The other side still lacks what it was to be given: the next run has to look at both again.
            if failed[operation.link] != nil { operation.settles = false }
            // The partner is what this run made of it, and no longer what was read.
            if let written = partners[operation.link] { operation.fingerprints[side.other] = written }
            return operation
        }
        // The endpoint prepares what it can while the intents are written down; nothing takes effect before they are on disk.
        let intended = Task { () -> StateFailure? in
            do throws(StateFailure) {
                for number in numbers {
                    let operation = operations(number)
                    let base = failed[operation.link].flatMap { twin in
                        let old =
                            (try? inputs.bases.base(of: Int(plan.linkedAnew[operation.link] ?? operation.link))) ?? nil
                        return requests.base(
                            of: operation, without: plan.operations[twin],
                            old: old ?? Base(fieldCount: sync.fields.count))
                    }
                    try journal.intend(number, operation, of: plan, base: base)
                }
                try journal.sync()
                return nil
            } catch {
                return error
            }
        }
        let batch = requests.batch(numbers, readAs: inputs.snapshots[side].stamp) { () throws(EndpointFailure) in
            if await intended.value != nil { throw .unavailable(message: "the journal could not be written") }
        }
        var broken: StateFailure?
        var isReported = [Bool](repeating: false, count: numbers.count)
        do {
            let stamp = try await endpoints[side].write(batch) { at, outcome in
                let number = numbers[at]
                isReported[at] = true
                applied.note(outcome, of: number, plan)
                if applied.count & 255 == 0 {
                    tell(.writing(sync.name, done: applied.count, of: plan.operations.count))
                }
                do throws(StateFailure) {
                    if broken == nil { try journal.record(outcome, of: number, operations(number), in: plan) }
                } catch {
                    broken = error
                }
            }
            applied.stamps[side] = stamp
        } catch {
            if let broken = await intended.value { throw .state(broken) }
            let open = numbers.indices.filter { !isReported[$0] }.map { numbers[$0] }
            try giveUp(open, error, side, plan, journal, &applied)
        }
        if let broken { throw .state(broken) }
        try onState { () throws(StateFailure) in try journal.sync() }
    }

    /// The endpoint failed with these writes still to be reported.
    private func giveUp(
        _ numbers: [Int], _ failure: EndpointFailure, _ side: Side, _ plan: Plan, _ journal: RunJournal,
        _ applied: inout Applied
    ) throws(RunFailure) {
        let failed = RunFailure.endpoint(side, failure)
        // Where it is not known what took effect, the intents stay open in the journal, and the next run finds out.
        if case .uncertain = failure {
        } else {
            try onState { () throws(StateFailure) in try journal.giveUp(numbers, why: FailureWords(failed).sentence) }
        }
        guard case .changedMeanwhile = failure else {
            try onState { () throws(StateFailure) in try journal.finish() }
            throw failed
        }
        // Somebody else was faster: the next run looks at these records again.
        for number in numbers { applied.note(.moved, of: number, plan) }
        applied.stamps[side] = nil
    }
}

/// What came of the writes of a run.
struct Applied {
    var written = Sides(left: WriteCounts(), right: WriteCounts())
    var holds: [Hold] = []
    /// The operations that were not made, by the numbers of their links.
    var failedWrites: [Int32: Int] = [:]
    /// The sources of records that could not be made.
    var failedCreates: [FailedCreate: RecordID] = [:]
    /// The fingerprints of records that were written while their partners are still to be, by the numbers of their links.
    var partners: [Int32: Fingerprint] = [:]
    /// What each collection says of itself after the run.
    var stamps: Sides<CollectionStamp?>
    var count = 0
    /// Whether a write was left to the next run, because its record is not what it was.
    var leftWrites = false

    init(_ stamps: Sides<CollectionStamp?>) { self.stamps = stamps }

    /// - Parameter number: that of the operation in the plan.
    mutating func note(_ outcome: WriteOutcome, of number: Int, _ plan: Plan) {
        let operation = plan.operations[number]
        count += 1
        let reason: Hold.Reason
        switch outcome {
        case .stored(let fingerprint, _):
            written[operation.side][operation.verb] += 1
            if operation.verb == .update, !operation.settles { partners[operation.link] = fingerprint }
            return
        case .moved:
            leftWrites = true
            reason = .moved(side: operation.side)
        case .refused(let message), .forbidden(let message), .later(let message, _), .uncertain(let message):
            reason = .refused(side: operation.side, message: message)
        }
        if operation.verb == .create {
            let create = FailedCreate(side: operation.side, id: plan.id(operation.target))
            failedCreates[create] = plan.id(operation.source)
        }
        if operation.link >= 0 { failedWrites[operation.link] = number }
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[operation.side.other] = plan.id(operation.source)
        if operation.verb != .create { ids[operation.side] = plan.id(operation.target) }
        var hold = Hold(ids: ids, reason: reason)
        if case .refused = reason { hold.write = plan.key(of: operation) }
        holds.append(hold)
    }
}

/// Names of runs, which sort in the order of the runs.
enum RunName {
    /// `00000012-20261121T100000`: the number of the run, and when it began.
    static func next(after store: SyncStore, at started: Timestamp) -> String {
        let number = max(store.header.runCount, last(store)) + 1
        let digits = String(number)
        let time = started.description.prefix(19).filter { $0 != "-" && $0 != ":" }
        return String(repeating: "0", count: max(0, 8 - digits.count)) + digits + "-" + time
    }

    private static func last(_ store: SyncStore) -> Int {
        Int(store.lastRun.prefix { $0 != "-" }) ?? 0
    }
}
