import Model
import Runner

/// The sentences about what a change of the job files does to a sync.
enum AgainstWords {
    static func standing(_ difference: SyncDifference) -> String? {
        switch difference.standing {
        case .same: nil
        case .added: "added"
        case .removed: "removed: it is no longer kept in step, and its links stay as they are"
        case .enabled: "enabled"
        case .disabled: "no longer enabled"
        }
    }

    /// `340 records leave the scope on the left (812 before, 472 now)`.
    static func leaving(_ scope: SyncDifference.Scope, _ side: Side) -> String {
        "\(verb(scope.leaving.count, "leave")) the scope on the \(side) (\(counts(scope)))"
    }

    static func entering(_ scope: SyncDifference.Scope, _ side: Side) -> String {
        "\(verb(scope.entering.count, "enter")) the scope on the \(side) (\(counts(scope)))"
    }

    private static func counts(_ scope: SyncDifference.Scope) -> String {
        "\(CountWords.grouped(scope.before)) before, \(CountWords.grouped(scope.after)) now"
    }

    private static func verb(_ count: Int, _ word: String) -> String {
        "\(CountWords.count(count, "record")) \(word)\(count == 1 ? "s" : "")"
    }

    static func writes(_ writes: SyncDifference.Writes) -> String {
        let count = CountWords.grouped(writes.writes.count)
        let verb = writes.verb.rawValue + (writes.writes.count == 1 ? "" : "s")
        return switch writes.change {
        case .new: "\(count) new \(verb) on the \(writes.side)"
        case .gone: "\(count) \(verb) on the \(writes.side) no longer made"
        case .changed: "\(count) \(verb) on the \(writes.side) with other values"
        }
    }

    static func newFields(_ names: [String], _ side: Side) -> String {
        "newly written on the \(side): \(names.joined(separator: ", "))"
    }

    static func lostFields(_ names: [String], _ side: Side) -> String {
        "no longer written on the \(side): \(names.joined(separator: ", "))"
    }

    static func newHolds(_ count: Int) -> String { "\(CountWords.count(count, "new hold"))" }
    static func goneHolds(_ count: Int) -> String { "\(CountWords.count(count, "hold")) gone" }

    static func readTwice(_ sides: [Side]) -> String {
        "read once for each, since its settings differ: the \(sides.map(\.rawValue).joined(separator: " and the "))"
    }

    /// What the whole comes to: `3 of 4 syncs differ`, and what was not compared.
    static func summary(_ differences: [SyncDifference], _ mistakes: AgainstMistakes) -> String {
        if differences.isEmpty, let sentence = mistakes.sentence { return "not compared: \(sentence)" }
        let count = differences.count { !$0.isEmpty }
        let failed = differences.count { !$0.troubles.isEmpty }
        var rest = failed == 0 ? "" : "; \(CountWords.count(failed, "sync")) could not be compared"
        if let sentence = mistakes.sentence { rest += "; not all was compared: \(sentence)" }
        if count == 0 { return rest.isEmpty ? "no difference" : "no difference in the others" + rest }
        return
            "\(CountWords.grouped(count)) of \(CountWords.count(differences.count, "sync")) differ\(count == 1 ? "s" : "")"
            + rest
    }
}
