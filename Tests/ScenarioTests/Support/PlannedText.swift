import Model
import Runner
import Values

/// The writes of a plan, in the words in which ``RecordText`` tells what became of a file.
enum PlannedText {
    /// By the name of the connection and the collection: `shop/things`.
    static func writes(_ reports: [SyncReport], _ name: (Side) -> String) -> [String: [String]] {
        var writes: [String: [String]] = [:]
        for report in reports {
            for number in (report.plan?.operations ?? []).indices {
                guard let write = report.write(number) else { continue }
                let file = name(write.side) + "/" + report.collections[write.side]
                writes[file, default: []].append(text(write))
            }
        }
        return writes.mapValues { $0.sorted() }
    }

    private static func text(_ write: PlannedWrite) -> String {
        let mark =
            switch write.verb {
            case .create: "+"
            case .update: "~"
            case .delete: "-"
            }
        if write.verb == .delete { return mark + write.id.key }
        var (before, after): ([String: String], [String: String]) = ([:], [:])
        for field in write.fields where field.path != "id" {
            if write.verb == .update { RecordText.flatten(plain(field.before), field.path, &before) }
            RecordText.flatten(plain(field.after), field.path, &after)
        }
        let fields = Set(before.keys).union(after.keys).sorted().compactMap { path -> String? in
            let (old, new) = (before[path], after[path])
            return old == new ? nil : "\(path): \(old ?? "null") -> \(new ?? "null")"
        }
        return ([mark + write.id.key] + fields).joined(separator: " ")
    }

    /// As JSON has it.
    private static func plain(_ value: Value) -> Value {
        switch value {
        case .date(let date): .text(date.description)
        case .timestamp(let time): .text(time.description)
        default: value
        }
    }
}
