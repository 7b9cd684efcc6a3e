import CEL
import Glibc
import Values

// Prints nanoseconds an evaluation of expressions such as job files have, each compiled once, and nanoseconds a parse. With
// `--list` it prints the record and the expressions as JSON, for a peer that does the same.

private let record: Object = [
    "id": .int(4711), "summary": .text("Printer on floor 3 does not answer"), "queue": .text("Service Desk"),
    "status": .text("In Progress"), "priority": .int(2),
    "user": .object(["first": .text("Amélie"), "last": .text("Okonkwo-Lindqvist")]),
    "updated": .text("2026-11-21T10:00:00Z"), "minutes": .int(45), "tags": .list([.text("vip"), .text("printer")]),
    "archived": .bool(false),
]

private let expressions = [
    ("filter", "queue in ['Service Desk', 'Network'] && status != 'Spam' && priority <= 3"),
    ("template", "user.first + ' ' + user.last + ' (' + string(id) + ')'"),
    ("timestamp", "timestamp(updated) > timestamp('2026-01-01T00:00:00Z')"),
    ("plain filter", "queue in ['Service Desk', 'Network'] && status != 'Spam'"),
    ("bools and numbers", "!archived && priority * 2 < minutes"),
    ("macro", "tags.exists(t, t.startsWith('print'))"),
    ("missing field", "has(record.parent) || parent == 'x' || status != 'Spam'"),
]

private func nanoseconds(_ rounds: Int, _ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<7 {
        let time = clock.measure { for _ in 0..<rounds { body() } }
        best = min(
            best,
            Double(time.components.attoseconds) / 1e9 / Double(rounds) + Double(time.components.seconds) * 1e9
                / Double(rounds))
    }
    return best
}

private func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
}

private func number(_ value: Double) -> String {
    let text = String(Int(value.rounded()))
    return String(repeating: " ", count: max(0, 8 - text.count)) + text
}

if CommandLine.arguments.dropFirst().first == "--list" {
    let texts = Value.object(Object(expressions.map { ($0.0, .text($0.1)) }))
    print(JSON.text(.object(["record": .object(record), "expressions": texts])))
    exit(0)
}

let isForPrograms = CommandLine.arguments.contains("--tabs")
let scope = Scope(record: record)
if !isForPrograms { print(padded("", 20), " evaluate", " parse+check", "  (nanoseconds, the best of seven)") }
for (name, text) in expressions {
    do {
        let program = try Expression.compile(text)
        let evaluate = nanoseconds(200_000) { _ = try? program.evaluateCEL(scope) }
        let compile = nanoseconds(5_000) { _ = try? Expression.compile(text) }
        if isForPrograms {
            print(name, evaluate, compile, separator: "\t")
        } else {
            print(padded(name, 20), number(evaluate), "   ", number(compile))
        }
    } catch {
        print("\(name): \(error)")
        exit(1)
    }
}
