import Model
import Reconcile
import StateStore
import Values

/// The run of one sync: each stage hands a value to the next. `plan` and `run` are this same drawing with different ends.
struct Run {
    enum Mode: Sendable {
        /// Writes nothing, to neither side nor the state.
        case plan
        /// Carries the plan out; brakes are lifted for the plan of this digest alone.
        case run(accepting: String?)

        var digest: String? { if case .run(let digest) = self { digest } else { nil } }
    }

    let sync: Sync
    let endpoints: Sides<any Endpoint>
    let folder: SyncFolder
    /// What of the job files decides about records, as a fingerprint.
    let definition: String
    /// The links of the syncs through which ids are translated, loaded when they are needed.
    let parents: @Sendable () throws(RunFailure) -> [SyncName: LinkTable]
    let world: World
    var part = RunPart()
    let tell: @Sendable (RunEvent) -> Void
    /// Whether a person asked for it, due or not.
    var isAskedFor = false
    /// What systems said of their own accord that it is to read.
    var inbox = Inbox()
    /// Whether nothing else is read: it is no run that the schedule asks for.
    var isOfEvents = false

    private var saved: SavedSync? { part.saved?.plan(of: sync.name) }

    /// Whether a person accepted the plan that is to be carried out, whatever brakes say.
    private func isAccepted(_ mode: Mode) -> Bool {
        mode.digest != nil || saved.map { part.saved?.accepted.contains($0.digest) ?? false } ?? false
    }

    /// - Returns: the report, and the links as they are, or would be, afterwards.
    func callAsFunction(_ mode: Mode) async throws(RunFailure) -> (report: SyncReport, links: LinkTable?) {
        let started = world.now()
        let claim = try claim(for: mode)
        let header = try onState { () throws(StateFailure) in try folder.header() ?? SyncHeader() }
        let stamps = try await stampsNow(header)
        if try isInStep(header, stamps) { return (try end(untouched: header, claim, started), nil) }

        var store = try onState { () throws(StateFailure) in
            try SyncStore(folder, fields: sync.fields.map(\.text), claim: claim)
        }
        let ended = try await settleDeletes(&store)
        var creates = try await settleCreates(&store)
        creates.ended = ended
        let snapshots = try await read(store, stamps, confirmsAll: isAccepted(mode))
        let attempts = try attempts(started)
        var inputs = try inputs(store, consume snapshots, creates)
        inputs.putOff = attempts.putOff
        inputs.only = try onlyRecords(inputs.snapshots, store.links)
        inputs.reserved = saved?.newIDs ?? inputs.reserved
        let drafts = saved == nil ? await Drafts(inputs) : Drafts()
        let lost = try lostFields(inputs, store)
        // A side that is new is much to hold beside its plan.
        if drafts.areAll { inputs.dropRawBytes() }
        var plan = Planner.plan(inputs, drafts)
        let leftOut = try await keepSaved(&plan, &inputs, store)
        inputs.dropRawBytes()
        let former = inputs.isJobFileChanged ? store.header.limits : nil
        var refusals = Brakes.refusals(plan, sync.limits, former: former, lastCounts: store.header.counts) + lost
        if let saved, isAccepted(mode) { refusals = saved.unseen(refusals) }

        let isRefused = !refusals.isEmpty && (saved != nil || mode.digest != plan.digest)
        if !isRefused { part.cut(&plan) }
        switch mode {
        case .plan:
            return (report(plan, refusals, attempts, started, header), plan.applied(to: store.links))
        case .run where isRefused:
            return (try end(refused: refusals, plan, store, attempts, started).leaving(leftOut), nil)
        case .run:
            let ended = try await carryOut(plan, inputs, store, creates, attempts, started)
            return (ended.report.leaving(leftOut), ended.links)
        }
    }
}
