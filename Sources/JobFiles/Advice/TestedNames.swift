import CEL
import Diagnostics
import Model
import Values
import YAML

extension Advice {
    /// A name in a test's record that no arrow, key or filter has, and that is close to one that does: most likely a slip. What is close
    /// to none is a field that the test tells without need.
    static let testedNames = Advice { meant, findings in
        let syncs = Dictionary(meant.syncs.map { ($0.sync.name, $0) }, uniquingKeysWith: { first, _ in first })
        for file in meant.subject.drafts.tests {
            guard let job = meant.subject.job(file.fileName) else { continue }
            for test in file.tests {
                guard let name = test.sync, let found = syncs[meant.subject.syncName(name.content, in: job)] else {
                    continue
                }
                for side in Side.allCases {
                    let known = TestedFields(side, found.sync, ids: meant.idFields(side, of: found.sync, found.job))
                    let given = test.records[side] + (test.base?.content[side] ?? [])
                    for record in given { known.check(record, isWritten: false, &findings) }
                    guard let expected = test.expectation?.sides[side] else { continue }
                    for record in expected.items ?? [expected] { known.check(record, isWritten: true, &findings) }
                }
            }
        }
    }
}

/// The fields at the top of a side's records that a sync speaks of.
private struct TestedFields {
    let side: Side
    private var read: Set<String> = []
    private var written: Set<String> = []
    private var others: Set<String>

    init(_ side: Side, _ sync: Sync, ids: Set<String>) {
        self.side = side
        others = ids
        for end in sync.fields.map(\.ends) + sync.match.map(\.keys) { read(end[side]) }
        for program in [sync.collections[side].filter] + sync.fields.map({ $0.conversions[side.other] }) {
            if let program { read.formUnion(Self.names(program.uses.paths)) }
        }
        for field in sync.fields where field.flow.goes(to: side) {
            written.formUnion(Self.names([field.path(on: side)].compactMap(\.self)))
        }
    }

    private mutating func read(_ end: FieldMapping.End) {
        switch end {
        case .field(let path): read.formUnion(Self.names([path]))
        case .expression(let program): read.formUnion(Self.names(program.uses.paths))
        }
    }

    private static func names(_ paths: [FieldPath]) -> [String] { paths.compactMap { $0.steps.first?.text } }

    func check(_ record: Node, isWritten: Bool, _ findings: inout Findings) {
        let entries = record.entries ?? []
        let present = Set(entries.compactMap { $0.key.scalar?.text })
        let candidates = (isWritten ? written : read).subtracting(present)
        for entry in entries {
            guard let name = entry.key.scalar?.text, name.unicodeScalars.count > 2,
                !read.contains(name), !written.contains(name), !others.contains(name),
                let near = didYouMean(name, among: candidates)
            else { continue }
            let code = JobFileCode.unknownField
            findings.add(
                Diagnostic(
                    .warning, code.rawValue,
                    "no arrow \(isWritten ? "writes" : "reads") '\(shortened(name))' of the \(side.rawValue)",
                    at: entry.key.place, hint: near))
        }
    }
}
