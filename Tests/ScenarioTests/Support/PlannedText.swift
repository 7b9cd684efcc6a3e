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
        let fields = write.fields.compactMap { field -> String? in
            let before = write.verb == .create ? "null" : spelling(field.before)
            let after = spelling(field.after)
            return before == after || field.path == "id" ? nil : "\(field.path): \(before) -> \(after)"
        }
        return ([mark + write.id.key] + fields.sorted()).joined(separator: " ")
    }

    private static func spelling(_ value: Value) -> String {
        if value.isEmpty, value.object == nil { return "null" }
        return switch value {
        case .date(let date): JSON.text(.text(date.description))
        case .timestamp(let time): JSON.text(.text(time.description))
        default: JSON.text(value)
        }
    }
}
