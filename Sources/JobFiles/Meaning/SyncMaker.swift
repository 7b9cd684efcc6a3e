import CEL
import Diagnostics
import Model

/// A sync as it is meant.
struct SyncMaker {
    let subject: Subject
    let job: JobDraft
    let draft: SyncDraft

    init(_ subject: Subject, _ job: JobDraft, _ draft: SyncDraft) {
        self.subject = subject
        self.job = job
        self.draft = draft
    }

    /// nil where a part without which there is no sync is missing or wrong.
    func make(_ findings: inout Findings) -> Sync? {
        let left = collection(.left, &findings)
        let right = collection(.right, &findings)
        let match = draft.match.map { MatchMaker(subject: subject, draft: $0).make(&findings) }
        let fields = draft.fields.map { FieldMaker(subject, job, draft, $0).make(&findings) }
        let archive = Sides(left: archive(.left, &findings), right: archive(.right, &findings))
        let timing = TimingMaker(job: job, own: draft.timing).make()
        let wholeMatch = match.compactMap { $0 }
        let wholeFields = fields.compactMap { $0 }
        guard let left, let right, wholeMatch.count == match.count, wholeFields.count == fields.count else {
            return nil
        }
        let direction = draft.effectiveDirection
        return Sync(
            name: name, collections: Sides(left: left, right: right), direction: direction,
            creates: draft.creates?.content.sides ?? Set(Side.allCases.filter(direction.writes(to:))),
            deletes: draft.deletes?.content ?? .ignore, deleteVersusEdit: draft.deleteVersusEdit?.content ?? .hold,
            archive: archive, match: wholeMatch, firstRun: draft.firstRun?.content ?? .sync,
            firstValues: draft.firstValues?.content ?? .hold, conflicts: draft.conflicts?.content ?? .hold,
            outOfScope: draft.outOfScope?.content ?? .freeze, limits: limits, timing: timing, fullRead: fullRead,
            after: after, retry: retry, fields: wholeFields, place: draft.name.place)
    }

    private func archive(_ side: Side, _ findings: inout Findings) -> [ArchivedField] {
        ArchiveMaker(rows: draft.archive?.rows[side] ?? [], side: side).make(&findings)
    }

    private var name: SyncName { SyncName(job: job.fileName, sync: draft.name.content) }

    private var limits: Model.Limits {
        let usual = Model.Limits()
        return Model.Limits(
            creates: draft.limits.creates ?? usual.creates, updates: draft.limits.updates ?? usual.updates,
            deletes: draft.limits.deletes ?? usual.deletes, readDrop: draft.limits.readDrop ?? usual.readDrop)
    }

    private var fullRead: Duration? {
        switch draft.fullRead?.content {
        case .always: nil
        case .every(let duration): duration
        case nil: .seconds(86_400)
        }
    }

    private var retry: Retry {
        let usual = Retry()
        return Retry(
            attempts: draft.retry.attempts.map(Int.init) ?? usual.attempts,
            backoff: draft.retry.backoff ?? usual.backoff)
    }

    /// What `after` and `link` name, each once; a link to the sync itself makes nobody wait.
    private var after: [SyncName] {
        var seen: Set<SyncName> = [name]
        let names = draft.after + draft.fields.compactMap(\.link)
        return names.map { subject.syncName($0.content, in: job) }.filter { seen.insert($0).inserted }
    }

    private func collection(_ side: Side, _ findings: inout Findings) -> CollectionReference? {
        guard let collection = draft.collections[side] else { return nil }
        let filter = collection.filter.flatMap {
            ExpressionText.compile($0, .filter, subject.surroundings, &findings)
        }
        let settings = settings(of: collection, side, &findings)
        guard let name = collection.name, (filter == nil) == (collection.filter == nil) else { return nil }
        return CollectionReference(
            name: name.content, filter: filter, filterPlace: collection.filter?.place, settings: settings,
            place: name.place)
    }

    private func settings(of collection: CollectionDraft, _ side: Side, _ findings: inout Findings) -> [Setting] {
        // Where the connector is not known, that has been reported, and nothing can be said of its settings.
        guard let connector = subject.connector(of: job, side), connector.isBuilt else { return [] }
        let maker = SettingsMaker(
            connector: connector, options: connector.collectionOptions, noun: "a \(connector.name) collection",
            lines: job.lines, isVariableSet: subject.surroundings.isVariableSet)
        return maker.make(collection.settings, anchor: collection.place, &findings)
    }
}
