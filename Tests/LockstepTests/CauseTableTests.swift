import FileIO
import Runner
import TestKit
import Testing

@testable import lockstep

/// The names of causes and states are a promise: each is described.
struct CauseTableTests {
    private static let root = FileIO.folder(of: FileIO.folder(of: FileIO.folder(of: #filePath)))

    /// The names in the first columns of the tables of a part of `Causes.md`.
    private func names(_ part: (String) -> Bool) throws -> [String] {
        let path = Self.root + "/Sources/lockstep/Documentation.docc/Causes.md"
        let text = String(decoding: try Disk().read(path), as: UTF8.self)
        var isMeant = false
        return text.split(separator: "\n").compactMap { line in
            if line.hasPrefix("## ") { isMeant = part(String(line.dropFirst(3))) }
            guard isMeant, line.hasPrefix("| `") else { return nil }
            return line.split(separator: "`").dropFirst().first.map(String.init)
        }
    }

    @Test("the tables of causes have each cause once, and no other")
    func causes() throws {
        let described = try names { $0 != "How a sync stands" }
        #expect(Set(described).count == described.count)
        #expect(described.sorted() == Cause.allCases.map(\.name).sorted())
        #expect(described.count > 70)
    }

    @Test("the table of states has each state once, and no other")
    func states() throws {
        let described = try names { $0 == "How a sync stands" }
        #expect(described.sorted() == SyncStatus.State.allCases.map(StatusJSON.name).sorted())
    }

    @Test("no cause that a set-up leads to is missing")
    func catalogue() {
        let known = Set(Cause.allCases.map(\.name))
        var met: Set<String> = []
        for step in WhyTests.cases.flatMap(\.steps) {
            switch step {
            case .expectCause(let cause): met.insert(String(cause.prefix { $0 != " " }))
            case .expectAlso(let causes): met.formUnion(causes)
            case .then(let cause): met.insert(cause)
            default: break
            }
        }
        #expect(met.subtracting(known) == [])
        #expect(met.count > 50)
    }
}
