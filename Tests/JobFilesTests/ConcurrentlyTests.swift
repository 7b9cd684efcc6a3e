import Diagnostics
import Model
import Synchronization
import Testing

@testable import JobFiles

struct ConcurrentlyTests {
    @Test(
        "what comes of things stands in their order, each once, however many are worked on at a time",
        arguments: [0, 1, 2, 15, 16, 17, 1000], [1, 2, 16, .max])
    func order(count: Int, batch: Int) {
        let worked = Mutex(0)
        let answers = concurrently(Array(0..<count), inBatchesOf: batch) { number in
            worked.withLock { $0 += 1 }
            return number * 2
        }
        #expect(answers == (0..<count).map { $0 * 2 })
        #expect(worked.withLock { $0 } == count)
    }

    @Test("many files are told of as each is alone, in the order of their names")
    func files() {
        let names = (100..<180).map { "job\($0)" }
        func job(_ name: String, _ number: Int) -> String {
            let field = ["x <-> x", "x <> x", "x => x", "int(x -> x", "x <-> x: {whne: create}"][number % 5]
            return
                "job: \(name)\nleft: desk\nright: files\nsyncs:\n  a:\n    left: l-\(name)\n    right: r-\(name)\n    fields: ['\(field)']\n"
                .replacing("['x <-> x: {whne: create}']", with: "[x <-> x: {whne: create}]")
        }
        var all = Folder([:])
        var alone: [Diagnostic] = []
        for (number, name) in names.enumerated() {
            all.files["\(name).yaml"] = job(name, number)
            let one = Folder(["\(name).yaml": job(name, number)]).check().diagnostics
            #expect(one.contains { $0.severity == .error } == (number % 5 != 0))
            alone += one.filter { $0.place?.file == "jobs/\(name).yaml" }
        }
        let checked = all.check()
        #expect(checked.diagnostics.filter { $0.place?.file != "jobs/connections.yaml" } == alone)
        #expect(checked.jobs.map(\.name) == stride(from: 0, to: 80, by: 5).map { names[$0] })
    }
}
