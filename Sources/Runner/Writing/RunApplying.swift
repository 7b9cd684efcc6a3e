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
        let whole = plan.withTwins
        let requests = WriteRequests(whole, sync, endpoints.map(\.capabilities))
        let again = creates.again(in: plan)
        try onState { () throws(StateFailure) in
            try journal.settleDoubts(
                effective: creates.effective, open: creates.left(beside: again), again: again, ended: creates.ended)
            try journal.settle(plan.settlements, of: plan)
        }
        var applied = Applied(inputs.snapshots.map(\.stamp))
        // Records that may be those of creates that are asked for again were left alone.
        applied.leftWrites = !plan.askedAgain.left.isEmpty || !plan.askedAgain.right.isEmpty
        if let rest = plan.rest { applied.leave(rest, from: plan, whole) }
        let round = WriteRound(plan: whole, requests: requests, inputs: inputs, count: plan.operations.count)
        for side in Side.allCases {
            try await apply(round, side, journal, &applied)
        }
        try awaitFailedParents(plan, journal, &applied)
        // What a record is given that moved is no write of a saved plan.
        if part.saved == nil { try await followMoved(round, journal, &applied) } else { applied.leaveMoved() }
        try onState { () throws(StateFailure) in try journal.finish() }
        let report = try end(plan, inputs, journal, applied, requests, attempts, started)
        return (report, journal.store.links)
    }

    /// Makes the writes of one side, a group after the other: where the process dies, only one of them is in doubt.
    func apply(
        _ round: WriteRound, _ side: Side, _ journal: RunJournal, _ applied: inout Applied
    ) async throws(RunFailure) {
        let numbers = (0..<round.count).filter { round.plan.operations[$0].side == side }
        guard !numbers.isEmpty else { return }
        let capabilities = endpoints[side].capabilities
        let groups = WriteGroups(round.plan, round.requests, side, sync, size: capabilities.groupSize).groups(numbers)
        let before = applied.holds.count
        var untold = ReadBack()
        for (at, group) in groups.enumerated() {
            if let stop = world.stop() {
                applied.leave(groups[at...].flatMap(\.self), round.plan, stop)
                break
            }
            tell(.writing(sync.name, done: applied.count, of: round.count))
            // A group that met what nobody has read leaves no stamp, nor do those after it.
            let hidesNews = at > 0 && applied.stamps[side] == nil
            try await write(group, of: round, side, journal, &applied, &untold)
            if hidesNews { applied.stamps[side] = nil }
            if capabilities.readsByID { try await readBack(&untold, of: round, side, journal, &applied) }
        }
        try await readBack(&untold, of: round, side, journal, &applied)
        try checkPermission(of: side, applied.holds[before...], numbers.count, journal)
    }

    /// Makes the writes of one group.
    private func write(
        _ numbers: [Int], of round: WriteRound, _ side: Side, _ journal: RunJournal, _ applied: inout Applied,
        _ untold: inout ReadBack
    ) async throws(RunFailure) {
        let writing = GroupWriting(round, applied)
        // The endpoint prepares what it can while the intents are written down; nothing takes effect before they are on disk.
        let intended = Task { () -> StateFailure? in
            do throws(StateFailure) {
                for number in numbers {
                    try journal.intend(
                        number + round.offset, writing.operation(number), of: round.plan, base: writing.base(number))
                }
                try journal.sync()
                return nil
            } catch {
                return error
            }
        }
        var keys: [Int: String] = [:]
        if endpoints[side].capabilities.remembersKeys {
            if let broken = await intended.value { throw .state(broken) }
            for number in numbers { keys[number] = journal.key(of: number + round.offset) }
        }
        let batch = round.requests.batch(numbers, readAs: applied.stamps[side], keys: keys) {
            () throws(EndpointFailure) in
            if await intended.value != nil { throw .unavailable(message: "the journal could not be written") }
            if world.stop() != nil { throw Self.stoppedBefore }
        }
        var broken: StateFailure?
        var isReported = [Bool](repeating: false, count: numbers.count)
        do {
            applied.stamps[side] = try await endpoints[side].write(batch) { at, answer in
                isReported[at] = true
                let outcome = writing.believed(answer, numbers[at], journal.store.links)
                if broken != nil || untold.takes(outcome, of: numbers[at], round.plan) { return }
                do throws(StateFailure) {
                    try note(outcome, of: numbers[at], writing, journal, &applied)
                } catch {
                    broken = error
                }
            }
        } catch {
            if let broken = await intended.value { throw .state(broken) }
            let open = numbers.indices.filter { !isReported[$0] }.map { numbers[$0] }
            try giveUp(open, error, side, round, journal, &applied)
        }
        if let broken { throw .state(broken) }
        try onState { () throws(StateFailure) in try journal.sync() }
    }

    /// Writes down what came of a write.
    private func note(
        _ outcome: WriteOutcome, of number: Int, _ writing: GroupWriting, _ journal: RunJournal,
        _ applied: inout Applied
    ) throws(StateFailure) {
        let plan = writing.round.plan
        let stored = writing.stored(outcome, number)
        applied.note(outcome, of: number, plan, stored)
        if applied.count & 255 == 0 { tell(.writing(sync.name, done: applied.count, of: writing.round.count)) }
        var operation = writing.operation(number)
        if stored.hasNews { operation.settles = false }
        try journal.record(
            outcome, of: number + writing.round.offset, operation, in: plan, stored: writing.base(number, stored))
    }

    /// Reads records back of which the system did not tell what it stored. Where that fails, it is found out by the next run, as after a
    /// crash.
    private func readBack(
        _ untold: inout ReadBack, of round: WriteRound, _ side: Side, _ journal: RunJournal, _ applied: inout Applied
    ) async throws(RunFailure) {
        if untold.isEmpty { return }
        let writing = GroupWriting(round, applied)
        let snapshot: Snapshot
        do {
            snapshot = try await readNow(
                untold.records.map(\.id), untold.links(in: round.plan), side, journal.store.links)
        } catch {
            try onState { () throws(StateFailure) in try journal.finish() }
            throw error
        }
        for (number, outcome) in untold.outcomes(snapshot) {
            try onState { () throws(StateFailure) in try note(outcome, of: number, writing, journal, &applied) }
        }
        untold.clear()
        try onState { () throws(StateFailure) in try journal.sync() }
    }

    /// What stands in the way of a batch that has not taken effect when the run is to stop.
    private static let stoppedBefore = EndpointFailure.unavailable(message: "the run was stopped")

    /// The endpoint failed with these writes still to be reported.
    private func giveUp(
        _ numbers: [Int], _ failure: EndpointFailure, _ side: Side, _ round: WriteRound, _ journal: RunJournal,
        _ applied: inout Applied
    ) throws(RunFailure) {
        let failed = RunFailure.endpoint(side, failure)
        // Where it is not known what took effect, the intents stay open in the journal, and the next run finds out.
        if case .uncertain = failure {
        } else {
            try onState { () throws(StateFailure) in
                try journal.giveUp(numbers.map { $0 + round.offset }, why: FailureWords(failed).sentence)
            }
        }
        if failure == Self.stoppedBefore, let stop = world.stop() { return applied.leave(numbers, round.plan, stop) }
        guard case .changedMeanwhile = failure else {
            try onState { () throws(StateFailure) in try journal.finish() }
            throw failed
        }
        // Somebody else was faster: the next run looks at these records again.
        for number in numbers { applied.note(.moved, of: number, round.plan) }
        applied.leaveMoved()
        applied.stamps[side] = nil
    }

    /// A side that permits none of several writes permits nothing: its connection is broken.
    private func checkPermission(
        of side: Side, _ holds: ArraySlice<Hold>, _ count: Int, _ journal: RunJournal
    ) throws(RunFailure) {
        guard count >= 3, holds.count == count else { return }
        var words = ""
        for hold in holds {
            guard case .forbidden(_, let message) = hold.reason else { return }
            words = message
        }
        try onState { () throws(StateFailure) in try journal.finish() }
        throw .endpoint(
            side, .unauthorised(message: "none of \(count) writes is permitted: \(words)", fault: .nothingPermitted))
    }
}
