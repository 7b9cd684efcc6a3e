import Diagnostics
import Model
import Runner
import Values

/// A write of a plan, for people: what, whose partner, and each field's before and after.
struct WriteView {
    let style: Style

    /// The line of the write itself, without its fields.
    func head(_ write: PlannedWrite) -> String {
        // A record whose id its own system gives it has none before it is made.
        let id = write.id.isAssigned ? "\(write.side) \(ItemsView.id(write.id.key))" : "\(write.side) record"
        let partner = "\(write.side.other) \(ItemsView.id(write.partner.key))"
        switch write.verb {
        case .create:
            return style.paint("+", .green) + " create \(write.id.isAssigned ? "" : "new ")\(id) from \(partner)"
        case .update: return style.paint("~", .yellow) + " update \(id) from \(partner)"
        case .delete: return style.paint("-", .red) + " delete \(id), as \(partner) is gone"
        }
    }

    /// Lines with their line feeds.
    func text(_ write: PlannedWrite, indent: String) -> String {
        self.text(write, head: head(write), indent: indent)
    }

    /// - Parameter head: the line of the write itself.
    func text(_ write: PlannedWrite, head: String, indent: String) -> String {
        var text = indent + head + "\n"
        for field in write.fields { text += indent + "    " + line(field, write.verb) + "\n" }
        return text
    }

    private func line(_ field: PlannedWrite.Field, _ verb: WriteRequest.Verb) -> String {
        let path = field.path.escapedForDisplay
        switch verb {
        case .create: return "\(path): \(field.after.shown)"
        case .update:
            let change = ShownChange(field.before, field.after)
            return "\(path): \(change.before) → \(change.after)"
        case .delete: return "\(path): \(field.before.shown)"
        }
    }
}
