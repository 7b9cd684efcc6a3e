import Model
import Runner
import Values

/// The answer of `why` for programs.
enum WhyJSON {
    static func report(_ reports: [WhyReport]) -> Object {
        Object([("version", .int(1)), ("answers", .list(reports.map { .object(object($0)) }))])
    }

    private static func object(_ report: WhyReport) -> Object {
        var object = Object([("sync", .text("\(report.sync)"))])
        for side in Side.allCases {
            if let id = report.ids[side] { object[side.rawValue] = .text(id) }
        }
        if let title = report.title { object["title"] = .text(title) }
        object["cause"] = (report.decisive?.cause.name).map { .text($0) } ?? .null
        object["standing"] = (report.decisive?.standing.rawValue).map { .text($0) } ?? .null
        object["conditions"] = .list(report.conditions.map { .object(Self.object($0)) })
        return object
    }

    /// What was looked at has a name always, a cause only where it is not as it should be.
    private static func object(_ condition: Condition) -> Object {
        Object([
            ("condition", .text(condition.name.rawValue)), ("standing", .text(condition.standing.rawValue)),
            ("cause", condition.standing == .ok ? .null : .text(condition.cause.name)),
            ("text", .text(condition.text)), ("place", condition.place.map { .text($0) } ?? .null),
            ("since", .time(condition.since)), ("evidence", .list(condition.evidence.map { .text($0) })),
            ("remedies", .list(condition.remedies.map { .object(object($0)) })),
        ])
    }

    private static func object(_ remedy: Remedy) -> Object {
        Object([("text", .text(remedy.sentence)), ("steps", .list(remedy.steps.map { .object(object($0)) }))])
    }

    private static func object(_ step: Remedy.Step) -> Object {
        switch step {
        case .command(let words): Object([("do", .text("command")), ("arguments", .list(words.map { .text($0) }))])
        case .shell(let words): Object([("do", .text("shell")), ("arguments", .list(words.map { .text($0) }))])
        case .set(let key, let value, let place):
            Object([("do", .text("set")), ("key", .text(key)), ("value", .text(value)), ("at", .text(place))])
        case .option(let key, let value, let place):
            Object([("do", .text("option")), ("key", .text(key)), ("value", .text(value)), ("at", .text(place))])
        case .edit(let side, let id, let field, let value):
            Object([
                ("do", .text("edit")), ("side", .text(side.rawValue)), ("id", .text(id)), ("field", .text(field)),
                ("value", value),
            ])
        case .variable(let name): Object([("do", .text("variable")), ("name", .text(name))])
        case .wait(let until):
            Object([("do", .text("wait")), ("until", until.map { .text($0.instant.description) } ?? .null)])
        case .person(let words): Object([("do", .text("person")), ("text", .text(words))])
        }
    }
}
