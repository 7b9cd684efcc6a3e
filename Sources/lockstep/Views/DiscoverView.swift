import Diagnostics
import JobFiles
import Model
import Runner
import Values

/// What came of asking for schemas, for people.
struct DiscoverView {
    let style: Style

    func text(_ results: [Discovery.Result]) -> String {
        if results.isEmpty { return "no sync names a collection\n" }
        return results.map(text).joined()
    }

    private func text(_ result: Discovery.Result) -> String {
        let file = result.file.escapedForDisplay
        switch result.outcome {
        case .written: return "\(style.paint("wrote", .green))     \(file)\(counts(result))\n"
        case .unchanged: return "\(style.paint("unchanged", .dim)) \(file)\(counts(result))\n"
        case .changed(let changes):
            let lines = changes.map { "  \(line($0))\n" }.joined()
            return "\(style.paint("changed", .yellow))   \(file)\(counts(result))\n\(lines)"
        case .severalPlaces, .failed, .unwritable:
            return "\(style.paint("failed", .red))    \(file): \((result.problem ?? "").escapedForDisplay)\n"
        }
    }

    private func counts(_ result: Discovery.Result) -> String {
        guard let schema = result.schema else { return "" }
        let fields = CountWords.count(schema.fields.list.count, "field")
        guard case .sampled(let records) = schema.origin else { return "  \(fields), declared" }
        return "  \(fields), from \(CountWords.count(records, "record"))"
    }

    private func line(_ change: SchemaChange) -> String {
        let field = (change.steps.isEmpty ? "the collection" : change.field).escapedForDisplay
        let words = change.words.escapedForDisplay
        return switch change.kind {
        case .added: "+ \(field): \(words)"
        case .gone: "- \(field): \(words)"
        case .changed: "~ \(field): \(words)"
        }
    }
}

extension Discovery.Result {
    /// Why there is no schema; nil where there is one.
    var problem: String? {
        switch outcome {
        case .written, .unchanged, .changed: nil
        case .severalPlaces: "syncs read '\(name.collection)' from different places; give each a name of its own"
        case .failed(let failure): FailureWords(failure).sentence
        case .unwritable(let failure): "\(failure)"
        }
    }
}

/// The same for programs.
enum DiscoverJSON {
    static func report(_ results: [Discovery.Result], mistakes: [Diagnostic]) -> Object {
        [
            "version": .int(1), "collections": .list(results.map { .object(object($0)) }),
            "diagnostics": DiagnosticsJSON.list(mistakes),
        ]
    }

    private static func object(_ result: Discovery.Result) -> Object {
        var records: Value = .null
        if case .sampled(let count)? = result.schema?.origin { records = .number(count) }
        return [
            "connection": .text(result.name.connection), "collection": .text(result.name.collection),
            "file": .text(result.file), "outcome": .text(result.word),
            "fields": .number(result.schema?.fields.list.count), "sampled": records,
            "changes": .list(result.changes.map { .object(object($0)) }), "problem": .text(orNull: result.problem),
        ]
    }

    private static func object(_ change: SchemaChange) -> Object {
        [
            "field": .text(orNull: change.steps.isEmpty ? nil : change.field), "change": .text(change.kind.rawValue),
            "text": .text(change.words),
        ]
    }
}

extension Discovery.Result {
    fileprivate var word: String {
        switch outcome {
        case .written: "written"
        case .unchanged: "unchanged"
        case .changed: "changed"
        case .severalPlaces, .failed, .unwritable: "failed"
        }
    }

    fileprivate var changes: [SchemaChange] {
        if case .changed(let changes) = outcome { changes } else { [] }
    }
}
