import FileIO
import TestKit

extension Scenario {
    static let families = [
        "basics", "both-changed", "policies", "guards", "identity", "state", "process", "mapping", "links", "gone",
        "parts",
    ]

    /// All scenarios, in the order of their files.
    static let all: [Scenario] = families.flatMap { family in
        do {
            return try read(text(family), family: family)
        } catch {
            // A file that cannot be read is a test that fails, and no empty list.
            return [Scenario(name: "\(error)", family: family, steps: [])]
        }
    }

    /// Those with the shortest texts.
    static func smallest(_ count: Int) -> [Scenario] {
        Array(all.filter { $0.steps.contains(where: \.isRun) }.sorted { $0.size < $1.size }.prefix(count))
    }

    private static func text(_ family: String) throws -> String {
        let folder = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return String(decoding: try Disk().read("/\(folder)/Scenarios/\(family).txt"), as: UTF8.self)
    }
}
