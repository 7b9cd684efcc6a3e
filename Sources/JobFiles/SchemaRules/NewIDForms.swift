import Diagnostics
import Model
import Values
import YAML

extension SchemaRule {
    /// Where new records may be made in a file, something gives them an id: the usual form is a number, and where those that are there
    /// are none, the planner has nothing to count on from. Of JSON, text may well spell numbers, which shows in the records alone.
    static let newIDForms = SchemaRule { sync, findings in
        for side in Side.allCases where sync.creates(on: side) {
            guard let known = sync.sides[side], known.schema.values == .text,
                known.schema.origin != .sampled(records: 0),
                let type = sync.subject.connector(of: sync.job, side),
                (type.connectionOptions + type.collectionOptions).contains(where: { $0.name == "new_id" })
            else { continue }
            let settings = sync.settings(side)
            let name = settings.last { $0.name.content == "id" }.map { $0.node.scalar?.text } ?? "id"
            guard let name, !settings.contains(where: { $0.name.content == "new_id" }),
                known.schema.fields[TextKey(name)]?.type == .text, !sync.writes(name, side)
            else { continue }
            findings.add(
                .missingOption, isCertain: false,
                "the ids of \(known.name.content) are no plain numbers, and nothing says how those of new records are made",
                at: known.name.place, hint: "set 'new_id', such as 'C-{n}', or let an arrow write '\(name)'",
                notes: known.notes)
        }
    }
}

extension KnownSync {
    /// The settings of the connection, and those of the collection, which come after.
    fileprivate func settings(_ side: Side) -> [SettingDraft] {
        let connection = job.connections[side].flatMap { subject.connection($0.content) }
        return (connection?.settings ?? []) + (sync.collections[side]?.settings ?? [])
    }

    fileprivate func writes(_ name: String, _ side: Side) -> Bool {
        sync.fields.contains { field in
            flows(field, to: side) && (texts.path(field.arrow.ends[side])?.steps.first == TextKey(name))
        }
    }
}
