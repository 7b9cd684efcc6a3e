import TestKit

/// The job file of a scenario while it is told: keys of syncs come, go and change.
struct JobText {
    /// A sync's keys with their lines, in the order in which they came.
    struct Keys {
        private(set) var blocks: [(key: String, lines: [String])] = []

        /// Takes in lines: each key replaces what it was before.
        mutating func set(_ lines: [String]) {
            var key = ""
            for line in lines {
                if !line.hasPrefix(" "), !line.hasPrefix("-"), let colon = line.firstIndex(of: ":") {
                    key = String(line[..<colon])
                    remove(key)
                    blocks.append((key, []))
                }
                if !blocks.isEmpty { blocks[blocks.count - 1].lines.append(line) }
            }
        }

        mutating func remove(_ key: String) { blocks.removeAll { $0.key == key } }

        var lines: [String] { blocks.flatMap(\.lines) }
        func has(_ key: String) -> Bool { blocks.contains { $0.key == key } }
    }

    private var head = Keys()
    private var syncs: [(name: String, keys: Keys)] = []
    private(set) var connections: [String: String] = [:]

    /// - Returns: whether the step is about job files.
    mutating func take(_ step: Scenario.Step) -> Bool {
        switch step.verb {
        case "crm": head.set(step.body)
        case "job", "with", "without": change(step, step.words.dropFirst().first ?? "things")
        case "sync": change(step, step.words[1])
        case "connection": connections[step.words[1]] = step.rest
        default: return false
        }
        return true
    }

    private mutating func change(_ step: Scenario.Step, _ name: String) {
        if !syncs.contains(where: { $0.name == name }) { syncs.append((name, Keys())) }
        for at in syncs.indices where syncs[at].name == name {
            switch step.verb {
            case "without": step.rest.split(separator: " ").forEach { syncs[at].keys.remove(String($0)) }
            case "with" where !step.rest.isEmpty: syncs[at].keys.set([step.rest])
            case "job", "sync":
                syncs[at].keys = Keys()
                fallthrough
            default: syncs[at].keys.set(step.body)
            }
        }
    }

    /// The whole file, as it is with the connection `desk` on the left.
    var text: String {
        var lines = ["job: crm", "left: desk", "right: shop"] + head.lines + ["syncs:"]
        for (name, keys) in syncs {
            lines.append("  \(name):")
            for side in ["left", "right"] where !keys.has(side) { lines.append("    \(side): \(name)") }
            lines += keys.lines.map { "    " + $0 }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
