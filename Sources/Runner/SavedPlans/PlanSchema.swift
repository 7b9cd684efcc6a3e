import Model
import Values

/// The JSON Schema (draft 2020-12) of what `plan --format json` answers, and of the files of `plan --out`: those have the same form, with
/// what they are applied by.
enum PlanSchema {
    static var text: String { JSON.prettyText(.object(schema)) }

    private static var schema: Object {
        var schema: Object = [
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text("A plan of Lockstep: plan --format json, plan --out"),
        ]
        let root = object([
            ("version", ["const": .int(Int64(SavedPlan.version))], true),
            ("kind", ["const": .text(SavedPlan.kind)], false),
            ("syncs", list(sync), true),
            ("diagnostics", list(["type": .text("object")]), true),
            ("checksum", fingerprint, false),
        ])
        for (name, value) in root { schema[name] = value }
        schema["dependentRequired"] = .object(["kind": .list([.text("checksum")])])
        return schema
    }

    private static var sync: Object {
        object([
            ("sync", text("The job and the sync: helpdesk/tickets."), true),
            (
                "outcome",
                words([
                    "planned", "brake", "unchanged", "disabled", "paused", "waits", "locked", "failed",
                    "stopped", "disconnected", "not-due", "too-soon",
                ]), true
            ),
            ("started", time, true), ("finished", time, true),
            ("gone", orNull(sides(count)), true), ("held", list(held), true),
            ("news", ["type": .text("object")], false),
            ("digest", orNull(fingerprint), false), ("planned", sides(counts), false),
            ("paired", count, false), ("linkedAnew", count, false), ("unlinked", count, false),
            ("leftAlone", ["type": .text("object"), "additionalProperties": .object(count)], false),
            ("brakes", list(brake), false),
            ("waitsFor", text("The sync that it waits for."), false), ("holder", text("Who holds the lock."), false),
            ("connection", ["type": .text("object")], false), ("failure", ["type": .text("object")], false),
            ("stopped", text("Why it stopped."), false), ("left", orNull(count), false),
            ("definition", ["type": .text("object"), "additionalProperties": .object(text("A fingerprint."))], false),
            ("state", object([("runs", count, true), ("lastRun", text("The last run with a log."), true)]), false),
            ("links", list(link), false), ("writes", list(write), false),
        ])
    }

    /// Only in files.
    private static var link: Object {
        object([
            ("kind", words(["link", "forget", "unlink"]), true), ("left", [:], true), ("right", [:], true),
            ("link", fingerprint, true),
        ])
    }

    private static var write: Object {
        object([
            ("verb", words(WriteRequest.Verb.allCases.map(\.rawValue)), true), ("side", side, true),
            ("id", orNull(text("The record that is written; null where its system gives it an id.")), true),
            ("partner", orNull(text("Its partner.")), true),
            (
                "fields",
                list(object([("field", text("Its path."), true), ("before", [:], true), ("after", [:], true)])),
                true
            ),
            ("evidence", evidence, false),
        ])
    }

    /// Only in files.
    private static var evidence: Object {
        object([
            ("ids", sides([:]), true), ("linked", ["type": .text("boolean")], true),
            ("fingerprints", sides(orNull(fingerprint)), true), ("write", fingerprint, true),
        ])
    }

    private static var held: Object {
        object([
            ("state", words(HeldRecord.State.allCases.map(\.rawValue)), true),
            ("left", orNull(text("The record on the left.")), true),
            ("right", orNull(text("The record on the right.")), true),
            ("cause", text("The kind of reason."), true), ("reason", text("A sentence."), true),
            ("place", orNull(text("The line of the job file.")), true), ("since", orNull(time), true),
            ("attempts", count, true), ("nextTry", orNull(time), true),
        ])
    }

    private static var brake: Object {
        object([
            ("limit", words(["creates", "updates", "deletes", "read_drop", "fields", "ids"]), true),
            ("side", side, true), ("field", text("The field that no record has."), false), ("planned", count, true),
            ("allowed", count, true), ("total", count, true), ("message", text("A sentence."), true),
            ("place", orNull(text("The line of the limit.")), true),
        ])
    }

    private static var counts: Object {
        object([("created", count, true), ("updated", count, true), ("deleted", count, true)])
    }
    private static var count: Object { ["type": .text("integer"), "minimum": .int(0)] }
    private static var side: Object { words(Side.allCases.map(\.rawValue)) }
    private static var time: Object { ["type": .text("string"), "format": .text("date-time")] }
    private static var fingerprint: Object { ["type": .text("string"), "pattern": .text("^[0-9a-f]{16}$")] }

    private static func text(_ description: String) -> Object {
        ["type": .text("string"), "description": .text(description)]
    }

    private static func words(_ words: [String]) -> Object { ["enum": .list(words.map { .text($0) })] }
    private static func list(_ items: Object) -> Object { ["type": .text("array"), "items": .object(items)] }
    private static func orNull(_ schema: Object) -> Object {
        ["anyOf": .list([.object(schema), .object(["type": .text("null")])])]
    }
    private static func sides(_ schema: Object) -> Object {
        object(Side.allCases.map { ($0.rawValue, schema, true) })
    }

    private static func object(_ members: [(name: String, schema: Object, isRequired: Bool)]) -> Object {
        [
            "type": .text("object"),
            "properties": .object(Object(members.map { ($0.name, .object($0.schema)) })),
            "required": .list(members.filter(\.isRequired).map { .text($0.name) }),
            "additionalProperties": .bool(false),
        ]
    }
}
