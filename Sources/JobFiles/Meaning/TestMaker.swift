import Diagnostics
import Model
import Values
import YAML

/// Tests as they are meant.
struct TestMaker {
    let subject: Subject

    init(_ subject: Subject) { self.subject = subject }

    /// - Returns: the tests that can be played: of a file that has no mistake, about a job that has none.
    func make(_ jobs: [Job], _ findings: Findings) -> [MappingTest] {
        let syncs = Set(jobs.flatMap(\.syncs).map(\.name))
        let wrong = Set(findings.diagnostics.filter { $0.severity == .error }.compactMap(\.place?.file))
        return subject.drafts.tests.flatMap { file -> [MappingTest] in
            guard let job = subject.job(file.fileName) else { return [] }
            return file.tests.compactMap { draft in
                guard let sync = draft.sync, syncs.contains(subject.syncName(sync.content, in: job)),
                    !wrong.contains(draft.place.file)
                else { return nil }
                return test(draft, subject.syncName(sync.content, in: job), job)
            }
        }
    }

    private func test(_ draft: TestDraft, _ sync: SyncName, _ job: JobDraft) -> MappingTest? {
        guard let name = draft.name, let expectation = draft.expectation else { return nil }
        var links: [SyncName: [Sides<Value>]] = [:]
        for (sync, pairs) in draft.links {
            links[subject.syncName(sync.content, in: job), default: []] += pairs.map { $0.map { Value(literal: $0) } }
        }
        return MappingTest(
            name: name.content, sync: sync, links: links, base: (draft.base?.content).map(records) ?? records(nil),
            records: records(draft.records), expectation: make(expectation), place: name.place)
    }

    private func records(_ nodes: Sides<[Node]>?) -> Sides<[Object]> {
        (nodes ?? Sides(left: [], right: [])).map { nodes in
            nodes.compactMap { if case .object(let object) = Value(literal: $0) { object } else { nil } }
        }
    }

    private func make(_ draft: ExpectationDraft) -> MappingTest.Expectation {
        var expectation = MappingTest.Expectation(place: draft.place)
        expectation.isOutOfScope = draft.outcome == "out of scope"
        expectation.isNoChange = draft.outcome == "no change"
        expectation.sides = draft.sides.map { $0.flatMap(outcome) }
        expectation.held = draft.held
        expectation.conflicts = draft.conflicts ?? []
        expectation.plan = draft.plan
        return expectation
    }

    private func outcome(_ node: Node) -> MappingTest.Outcome? {
        if let items = node.items { return .records(items.map(record)) }
        return node.entries == nil ? .deleted(node.place) : .record(record(node))
    }

    private func record(_ node: Node) -> MappingTest.ExpectedRecord {
        let fields = (node.entries ?? []).map { entry in
            (name: entry.key.scalar?.text ?? "", value: Placed(Value(literal: entry.value), at: entry.value.firstLine))
        }
        return MappingTest.ExpectedRecord(fields: fields, place: node.firstLine)
    }
}
