import Diagnostics
import Model
import TestKit
import Values
import YAML

/// A job file with its sides exchanged, by its keys alone: what was on the left is on the right, and every arrow is turned round.
enum MirroredJob {
    static func text(of job: String) throws -> String {
        let document = YAMLDocument.parse(SourceText(name: "crm.yaml", job))
        guard let root = document.root else { throw Breach("the job cannot be read: \(job)") }
        var head = try object(root)
        head = exchanged(head)
        if case .object(let syncs)? = head["syncs"] {
            head["syncs"] = .object(try syncs.mapValues { try sync($0) })
        }
        return yaml(.object(head)) + "\n"
    }

    private static func sync(_ value: Value) throws -> Value {
        guard case .object(var sync) = value else { return value }
        sync = exchanged(sync)
        for key in ["creates", "conflicts", "first_values"] { sync[key] = sync[key].map(side) }
        if let direction = sync["direction"]?.text {
            let other = ["left-to-right": "right-to-left", "right-to-left": "left-to-right"][direction] ?? direction
            sync["direction"] = .text(other)
        }
        if case .object(let archive)? = sync["archive"] { sync["archive"] = .object(exchanged(archive)) }
        for key in ["fields", "match"] { sync[key] = try sync[key].map(arrows) }
        return .object(sync)
    }

    private static func side(_ value: Value) -> Value {
        switch value.text {
        case "left": .text("right")
        case "right": .text("left")
        default: value
        }
    }

    private static func exchanged(_ object: Object) -> Object {
        var other = object
        (other["left"], other["right"]) = (object["right"], object["left"])
        return other
    }

    private static func arrows(_ value: Value) throws -> Value {
        guard case .list(let list) = value else { return try arrow(value) }
        return .list(try list.map(arrow))
    }

    private static func arrow(_ value: Value) throws -> Value {
        switch value {
        case .text(let text): return .text(turned(text))
        case .object(let object):
            return .object(Object(try zip(object.names, object.values).map { (turned($0), try options($1)) }))
        default: throw Breach("no arrow: \(JSON.text(value))")
        }
    }

    /// Arrows stand between spaces, and none stands in an expression of a scenario.
    static func turned(_ arrow: String) -> String {
        for (sign, other) in [(" <-> ", " <-> "), (" -> ", " <- "), (" <- ", " -> ")] {
            let ends = arrow.split(separator: sign, omittingEmptySubsequences: false)
            if ends.count == 2 { return ends[1] + other + ends[0] }
        }
        return arrow
    }

    private static func options(_ value: Value) throws -> Value {
        guard case .object(let before) = value else { return value }
        var options = before
        options["conflicts"] = options["conflicts"].map(side)
        guard case .object(let table)? = before["values"] else {
            (options["to_left"], options["to_right"]) = (before["to_right"], before["to_left"])
            return .object(options)
        }
        let (there, back) = lookups(table, before)
        // The other way round the table holds what values of the right become; what that does not turn round stands beside it.
        let inverted = there.filter { row in !turnsRound(back).contains(row) }
        options["values"] = object(back)
        options["to_right"] = nil
        options["to_left"] = inverted.isEmpty ? nil : object(inverted)
        return .object(options)
    }

    /// What a value becomes on the other side.
    private struct Row: Equatable {
        var key: String
        var value: String

        var inverted: Row { Row(key: value, value: key) }
    }

    /// What each value of a side becomes on the other, whichever of the three tables says it.
    private static func lookups(_ table: Object, _ options: Object) -> (there: [Row], back: [Row]) {
        let rows = rows(table)
        let (toRight, toLeft) = (rows + Self.rows(options["to_right"]?.object), Self.rows(options["to_left"]?.object))
        return (toRight, turnsRound(rows).filter { row in !toLeft.contains { $0.key == row.key } } + toLeft)
    }

    /// The rows the other way round, where that is one thing.
    private static func turnsRound(_ rows: [Row]) -> [Row] {
        rows.filter { row in rows.count { $0.value == row.value } == 1 }.map(\.inverted)
    }

    private static func rows(_ object: Object?) -> [Row] {
        guard let object else { return [] }
        return zip(object.names, object.values).map { Row(key: $0, value: $1.text ?? JSON.text($1)) }
    }

    private static func object(_ rows: [Row]) -> Value {
        .object(Object(rows.map { row in (row.key, Int64(row.value).map(Value.int) ?? .text(row.value)) }))
    }

    /// The value as YAML, which JSON is too, but for names that are numbers.
    private static func yaml(_ value: Value) -> String {
        switch value {
        case .list(let list): "[" + list.map(yaml).joined(separator: ", ") + "]"
        case .object(let object):
            "{"
                + zip(object.names, object.values).map { name, value in
                    (Int64(name) == nil ? JSON.text(.text(name)) : name) + ": " + yaml(value)
                }.joined(separator: ", ") + "}"
        default: JSON.text(value)
        }
    }

    private static func object(_ node: Node) throws -> Object {
        guard case .object(let object) = value(node) else { throw Breach("the job is no mapping") }
        return object
    }

    private static func value(_ node: Node) -> Value {
        switch node.content {
        case .mapping(let entries):
            return .object(Object(entries.map { ($0.key.scalar?.text ?? "", value($0.value)) }))
        case .sequence(let items): return .list(items.map(value))
        case .scalar(let scalar):
            switch scalar.resolved {
            case .null: return .null
            case .bool(let bool): return .bool(bool)
            case .int(let number): return .int(number)
            case .number, .infinity, .nan, .text: return .text(scalar.text)
            }
        }
    }
}

extension Object {
    fileprivate func mapValues(_ body: (Value) throws -> Value) rethrows -> Object {
        Object(try zip(names, values).map { ($0, try body($1)) })
    }
}
