import Model
import StateStore
import Values

/// Decides what one notifier is told: pure.
struct Telling: Sendable {
    let notifier: Notifier
    let situation: Situation

    /// What one notifier is to be told now, and what is remembered of it.
    struct Result: Sendable {
        /// Empty where nothing is new, or all that is new has to wait.
        var news = News()
        /// What is remembered where the news do not arrive: they are new to the notifier still.
        var noted: ToldNotifier
        /// What is remembered where they arrive.
        var told: ToldNotifier
    }

    /// Of one event of one sync there is no second message within that time: what comes meanwhile is gathered.
    private static let pause = Duration.seconds(3_600)

    func callAsFunction(_ before: ToldNotifier) -> Result {
        var result = Result(noted: before, told: before)
        let concerns = Concerns(notifier: notifier, situation: situation)
        let found = concerns.all()
        // By the subject, so that what concerns one job stands together.
        let keys = Set(found.keys).union(before.alerts.keys).sorted { ($0.subject, $0.event) < ($1.subject, $1.event) }
        for key in keys {
            let alert = before.alerts[key]
            if let concern = found[key] {
                tell(key, concern, Self.look(concern, alert), &result)
            } else if let alert {
                end(key, alert, concerns.verdict(on: key), &result)
            }
        }
        tellJobChanges(before, &result)
        return result
    }

    /// The alert of something that is so now, with what came since it was last looked at.
    private static func look(_ concern: Concern, _ before: Alert?) -> Alert {
        var alert = before ?? Alert(since: concern.since)
        let wasSo = before?.isSo ?? false
        if !wasSo { alert.since = concern.since }
        alert.waiting +=
            concern.records.isEmpty
            ? (wasSo ? 0 : 1) : concern.records.count { isNewer($0, than: alert.seen, wasSo: wasSo) }
        alert.seen = concern.records.compactMap(\.foundAt).reduce(alert.seen) { max($0 ?? $1, $1) }
        alert.count = concern.records.count
        alert.isSo = true
        return alert
    }

    private static func isNewer(_ record: HeldRecord, than known: FoundAt?, wasSo: Bool) -> Bool {
        guard let found = record.foundAt, let known else { return !wasSo }
        return found > known
    }

    private func tell(_ key: AlertKey, _ concern: Concern, _ alert: Alert, _ result: inout Result) {
        result.noted.alerts[key] = alert
        result.told.alerts[key] = alert
        let fresh = concern.records.filter {
            !alert.isOpen || Self.isNewer($0, than: alert.through, wasSo: alert.through != nil)
        }
        guard isDue(alert), !alert.isOpen || !fresh.isEmpty || alert.waiting > 0 else { return }
        var group = NewsGroup(key: key, since: alert.since, sentence: concern.sentence, count: concern.records.count)
        group.fresh = fresh.count
        group.samples = Array(fresh.prefix(NewsGroup.sampleLimit))
        group.advice = concern.advice
        group.passed = max(0, alert.waiting - (concern.records.isEmpty ? 1 : fresh.count))
        group.passedSince = alert.told
        result.news.groups.append(group)
        result.told.alerts[key] = told(alert) {
            $0.isOpen = true
            $0.through = alert.seen
        }
    }

    /// What was so, and is not found any more.
    private func end(_ key: AlertKey, _ before: Alert, _ verdict: Concerns.Verdict, _ result: inout Result) {
        if verdict == .unknown { return }
        result.noted.alerts[key] = nil
        result.told.alerts[key] = nil
        if verdict == .dropped { return }
        var alert = before
        alert.isSo = false
        var over = NewsGroup(key: key, since: alert.since, sentence: "", count: alert.count)
        over.passed = alert.waiting
        over.passedSince = alert.told
        if alert.isOpen, verdict == .over, notifier.events.contains(.recovered) {
            result.noted.alerts[key] = alert
            result.news.recovered.append(over)
            alert.isOpen = false
            alert.waiting = 0
            result.told.alerts[key] = isDue(alert) ? nil : alert
            return
        }
        alert.isOpen = false
        // Until then what comes again is gathered, and what came and went is not forgotten.
        if alert.waiting > 0 || !isDue(alert) { result.noted.alerts[key] = alert }
        result.told.alerts[key] = result.noted.alerts[key]
        guard alert.waiting > 0, isDue(alert) else { return }
        over.count = 0
        result.news.groups.append(over)
        result.told.alerts[key] = told(alert) { _ in }
    }

    private func told(_ alert: Alert, _ body: (inout Alert) -> Void) -> Alert {
        var alert = alert
        alert.told = situation.now
        alert.waiting = 0
        body(&alert)
        return alert
    }

    /// A clock that was put back puts nothing off.
    private func isDue(_ alert: Alert?) -> Bool {
        guard let told = alert?.told, told <= situation.now else { return true }
        return situation.now.since(told) >= Self.pause
    }

    /// What job files say of records is compared with what it was when the notifier was last told.
    private func tellJobChanges(_ before: ToldNotifier, _ result: inout Result) {
        result.noted.definitions = [:]
        result.told.definitions = [:]
        guard notifier.events.contains(.jobChanged) else { return }
        for (name, parts) in before.definitions where isLeftOut(name) {
            result.noted.definitions[name] = parts
            result.told.definitions[name] = parts
        }
        for sync in situation.syncs where notifier.isAbout(job: sync.sync.job) {
            tellJobChange(sync, before.definitions["\(sync.sync)"], &result)
        }
    }

    private func tellJobChange(_ sync: SyncStanding, _ before: [String: String]?, _ result: inout Result) {
        let name = "\(sync.sync)"
        let key = AlertKey(.jobChanged, name)
        guard let change = JobChange(from: before, to: sync), isDue(result.told.alerts[key]) else {
            // The parts of what was told may be known only now.
            let isSame = before?[""] == sync.definition && !sync.definitionParts.isEmpty
            let known = isSame ? JobChange.parts(of: sync) : before ?? JobChange.parts(of: sync)
            result.noted.definitions[name] = known
            result.told.definitions[name] = known
            return
        }
        result.noted.definitions[name] = before
        result.told.definitions[name] = JobChange.parts(of: sync)
        result.news.groups.append(
            NewsGroup(
                key: key, since: sync.finished ?? situation.now, sentence: change.sentence, count: 0,
                advice: "lockstep log \(name)"))
        var alert = Alert(since: situation.now)
        alert.isSo = false
        result.told.alerts[key] = told(alert) { _ in }
    }

    /// Whether a sync is not to be seen only because its job file is wrong now.
    private func isLeftOut(_ name: String) -> Bool { situation.brokenJobs[String(name.prefix { $0 != "/" })] != nil }
}
