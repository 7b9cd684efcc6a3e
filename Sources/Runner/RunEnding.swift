import Model
import Reconcile
import StateStore
import Values

// What a run leaves behind: the header, the queue, a line in the list of runs, and its report.
extension Run {
    /// Nothing had changed, and nothing was left to do.
    func end(untouched header: SyncHeader, _ claim: SyncClaim?, _ started: Timestamp) throws(RunFailure) -> SyncReport {
        var report = makeReport(.untouched, started)
        report.gone = GoneRecords(header.gone, sync)
        guard claim != nil else { return report }
        var header = header
        header.note(report, succeeded: true, outcome: .inStep)
        try onState { () throws(StateFailure) in try folder.save(header) }
        return report
    }

    func report(
        _ plan: Plan, _ refusals: [Refusal], _ attempts: Attempts, _ started: Timestamp, _ header: SyncHeader? = nil
    ) -> SyncReport {
        var report = makeReport(refusals.isEmpty ? .planned : .refused(refusals), started)
        if let rest = plan.rest { report.outcome = .stopped(.writeLimit(plan.operations.count), left: rest.count) }
        report.plan = plan
        report.position = header.map { StatePosition(runs: $0.runCount, lastRun: $0.lastRun) }
        report.gone = GoneRecords(plan.skips.gone, sync)
        report.requests = WriteRequests(plan, sync, endpoints.map(\.capabilities))
        report.items = attempts.items(plan.holds, HoldWords(sync))
        return report
    }

    /// A brake stopped the run before its first write.
    func end(
        refused refusals: [Refusal], _ plan: Plan, _ store: SyncStore, _ attempts: Attempts, _ started: Timestamp
    ) throws(RunFailure) -> SyncReport {
        let report = report(plan, refusals, attempts, started)
        if !part.isOfAll { return report }
        var header = store.header
        header.note(report, succeeded: false, outcome: .brake)
        header.lastProblem = refusals.map { BrakeWords(plan.sync, $0).sentence }.joined(separator: "; ")
        if refusals.contains(where: \.isOfLostField) { header.lastCause = Cause.fieldLost.name }
        header.refusedDigest = plan.digest
        // The stamps stay as they were: the next run looks at everything again.
        try save(header, report, plan.holds, run: nil)
        return report
    }

    func end(
        _ plan: Plan, _ inputs: Inputs, _ journal: RunJournal, _ applied: Applied, _ requests: WriteRequests,
        _ attempts: Attempts, _ started: Timestamp
    ) throws(RunFailure) -> SyncReport {
        let holds = plan.holds + applied.holds
        var report = makeReport(.planned, started)
        report.plan = plan
        report.gone = GoneRecords(plan.skips.gone, sync)
        report.requests = requests
        report.written = applied.written
        report.items = attempts.items(holds, HoldWords(sync))
        if let (stop, left) = applied.stopped { report.outcome = .stopped(stop, left: left) }
        let isStopped = applied.stopped != nil
        // Numbers that were given to no record are given again.
        let numbers = isStopped ? greatestNumbers(plan, journal.store.links) : plan.greatestNumbers
        if !part.isOfAll {
            try end(about: &report, journal, numbers, attempts)
            return report
        }
        var header = journal.store.header
        let run = journal.store.lastRun == header.lastRun ? nil : journal.store.lastRun
        // What was planned for records because the job file changed, and was not made, needs them to be looked at anew.
        if !applied.leftWrites { header.definition = definition }
        if header.definition == definition { header.limits = WriteLimits(sync.limits) }
        header.greatestNumbers = numbers
        header.hasRun = header.hasRun || !isStopped
        header.lastRun = journal.store.lastRun
        header.links = journal.store.links.count
        header.gone = plan.skips.gone
        // What is frozen, or gone where deletes are ignored, follows from the records alone: while they stand, so does that.
        header.isSettled =
            holds.isEmpty && !isStopped && journal.store.hasNoDoubts
            && journal.store.links.undecidedCount == explained(plan, inputs, journal.store.links)
        for side in Side.allCases {
            header.stamps[side] = applied.stamps[side]
            if inputs.snapshots[side].isOfAll { header.counts[side] = inputs.snapshots[side].count }
            // Of a part it is known which records came to have links, and which lost them; of the whole, what was written since.
            let written = applied.written[side]
            let isPart = !inputs.snapshots[side].isWhole
            let change = isPart ? header.links - inputs.links.count : written.creates - written.deletes
            header.counts[side] = header.counts[side].map { max(0, $0 + change) }
        }
        // Where writes were left, nothing of them may be remembered.
        if !applied.leftWrites, !isStopped {
            let reading = ReadingEnd(inputs, plan, holds, journal.store.links, started)
            for side in Side.allCases {
                header.progress[side] = reading.progress(of: side, after: header.progress[side])
            }
        }
        let isInStep = holds.isEmpty && !isStopped
        header.note(
            report, succeeded: isInStep, outcome: isStopped ? .stopped : isInStep ? .inStep : .needsSomeone)
        // Once its connection answers it goes on at once, and not when it is next due.
        if case (.connection, _)? = applied.stopped { header.lastStarted = journal.store.header.lastStarted }
        if let (stop, left) = applied.stopped {
            header.lastProblem = "\(stop.words): \(left) \(left == 1 ? "write is" : "writes are") left"
        }
        // Last of all, with the cursors: whatever failed before, changes are read again from where they were.
        try save(header, report, holds, run: run)
        // And then only: what is not settled, or whoever dies here, reads them once more.
        if !applied.leftWrites, !isStopped { try onState { () throws(StateFailure) in try folder.remove(inbox) } }
        return report
    }

    /// The greatest numbers that records have, now that some were made.
    private func greatestNumbers(_ plan: Plan, _ links: LinkTable) -> Sides<Int64> {
        Sides(left: greatestNumber(of: .left, plan, links), right: greatestNumber(of: .right, plan, links))
    }

    private func greatestNumber(of side: Side, _ plan: Plan, _ links: LinkTable) -> Int64 {
        var greatest = plan.knownNumbers[side]
        guard case .numbered(let prefix, let suffix) = endpoints[side].capabilities.newIDs else { return greatest }
        for operation in plan.operations where operation.side == side && operation.verb == .create {
            guard links.find(plan.id(operation.target), on: side) != nil else { continue }
            let number = plan.arena.withBytes(operation.target.range) {
                NewIDs.number(in: $0, prefix: prefix, suffix: suffix)
            }
            greatest = max(greatest, number ?? 0)
        }
        return greatest
    }

    /// How many links are undecided for as long as their records are as they are. A part of a collection shows but some of those that
    /// are out of scope.
    private func explained(_ plan: Plan, _ inputs: Inputs, _ links: LinkTable) -> Int {
        if inputs.snapshots.left.isOfAll, inputs.snapshots.right.isOfAll { return plan.skips.undecidedLinks }
        return links.frozenCount + plan.skips.deletesIgnored
    }

    private func save(
        _ header: SyncHeader, _ report: SyncReport, _ holds: [Hold], run: String?
    ) throws(RunFailure) {
        let summary = RunSummary(
            run: run, started: report.started, finished: report.finished, outcome: header.lastOutcome ?? .failed,
            writes: report.written, held: report.items.count, problem: header.lastProblem)
        try onState { () throws(StateFailure) in
            try folder.saveQueue(report.items)
            try folder.append(summary)
            try folder.save(header)
        }
    }

    private func makeReport(_ outcome: SyncReport.Outcome, _ started: Timestamp) -> SyncReport {
        var report = SyncReport(
            sync: sync.name, outcome: outcome, started: started, finished: world.now(),
            collections: sync.collections.map(\.name))
        report.isAskedFor = isAskedFor
        report.note(inbox, isOfEvents: isOfEvents)
        return report
    }
}

extension SyncHeader {
    /// A run of events puts off none that the schedule asks for, which reads what no event told of.
    private mutating func noteStart(_ report: SyncReport) {
        if !report.isOfEvents || lastStarted == nil { lastStarted = report.started }
    }

    mutating func note(_ report: SyncReport, succeeded: Bool, outcome: RunOutcome) {
        runCount += 1
        noteStart(report)
        if report.isAskedFor { lastAskedFor = report.started }
        lastFinished = report.finished
        if succeeded, !report.isOfEvents || lastSucceeded == nil { lastSucceeded = report.finished }
        lastOutcome = outcome
        lastProblem = ""
        lastCause = ""
        refusedDigest = ""
        lastSide = nil
        held = report.items.count
    }

    mutating func noteFailure(_ report: SyncReport, _ problem: String, _ failure: RunFailure) {
        runCount += 1
        noteStart(report)
        lastFinished = report.finished
        lastOutcome = .failed
        lastProblem = problem
        refusedDigest = ""
        lastCause = failure.cause
        lastSide = failure.side
    }
}
