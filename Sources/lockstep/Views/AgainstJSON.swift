import Diagnostics
import Model
import Runner
import Values

/// What a change of the job files does to the data as it is, for programs: every count, and some records of each kind.
struct AgainstJSON {
    let mistakes: AgainstMistakes

    func object(_ differences: [SyncDifference]) -> Object {
        let isDifferent = differences.contains { !$0.isEmpty }
        let isWhole = mistakes.all.isEmpty && differences.allSatisfy(\.troubles.isEmpty)
        return [
            "version": .int(1), "against": .text(mistakes.earlier),
            "isDifferent": Self.answer(isDifferent, isWhole: isWhole),
            "syncs": .list(differences.map { .object(object($0)) }),
            "diagnostics": DiagnosticsJSON.list(mistakes.all),
        ]
    }

    /// Where not all was compared, that nothing differs is not known.
    private static func answer(_ isDifferent: Bool, isWhole: Bool) -> Value {
        isDifferent || isWhole ? .bool(isDifferent) : .null
    }

    private func object(_ difference: SyncDifference) -> Object {
        [
            "sync": .text(difference.sync.description), "standing": .text(difference.standing.rawValue),
            "isDifferent": Self.answer(!difference.isEmpty, isWhole: difference.troubles.isEmpty),
            "failures": .list(
                difference.troubles.map { trouble in
                    var object = ReportJSON.object(trouble.report)
                    object["written"] = nil
                    return .object(["of": .text(trouble.isBefore ? "before" : "after"), "report": .object(object)])
                }),
            "scope": .object([
                "left": .object(Self.scope(difference.scope.left)),
                "right": .object(Self.scope(difference.scope.right)),
            ]),
            "writes": .list(difference.writes.map { .object(Self.writes($0)) }),
            "newFields": Self.names(difference.newFields), "lostFields": Self.names(difference.lostFields),
            "newHolds": .object(Self.holds(difference.newHolds)),
            "goneHolds": .object(Self.holds(difference.goneHolds)),
            "newBrakes": Self.brakes(difference.sync, difference.newBrakes),
            "goneBrakes": Self.brakes(difference.sync, difference.goneBrakes),
            "readTwice": .list(difference.readTwice.map { .text($0.rawValue) }),
        ]
    }

    private static func scope(_ scope: SyncDifference.Scope) -> Object {
        [
            "before": .number(scope.before), "after": .number(scope.after),
            "leave": .object(ids(scope.leaving)), "enter": .object(ids(scope.entering)),
        ]
    }

    private static func ids(_ records: Sampled<RecordID>) -> Object {
        ["count": .number(records.count), "sample": .list(records.sample.map { .text($0.key) })]
    }

    private static func writes(_ writes: SyncDifference.Writes) -> Object {
        [
            "change": .text(writes.change.rawValue), "verb": .text(writes.verb.rawValue),
            "side": .text(writes.side.rawValue), "count": .number(writes.writes.count),
            "sample": .list(writes.writes.sample.map { .object(PlanJSON.object($0)) }),
        ]
    }

    private static func names(_ names: Sides<[String]>) -> Value {
        .object(["left": .list(names.left.map(Value.text)), "right": .list(names.right.map(Value.text))])
    }

    private static func holds(_ items: Sampled<HeldRecord>) -> Object {
        [
            "count": .number(items.count),
            "sample": .list(
                items.sample.map { item in
                    .object([
                        "left": .text(orNull: item.ids.left), "right": .text(orNull: item.ids.right),
                        "cause": .text(item.cause), "reason": .text(item.reason), "place": .text(orNull: item.place),
                    ])
                }),
        ]
    }

    private static func brakes(_ sync: SyncName, _ refusals: [Refusal]) -> Value {
        .list(refusals.map { .text(BrakeWords(sync, $0).sentence) })
    }
}
