import Connectors
import Model
import Synchronization
import TestKit
import Testing
import Values

/// Several writes under way at a time.
struct WriteLanesTests {
    private static func batch(_ count: Int) -> WriteBatch {
        WriteBatch((0..<count).map { WriteRequest(verb: .delete, id: RecordID(key: "\($0)")) })
    }

    /// Counts how many are under way.
    private final class Traffic: Sendable {
        private let state = Mutex((now: 0, most: 0, begun: [String]()))

        var most: Int { state.withLock { $0.most } }
        var begun: [String] { state.withLock { $0.begun } }

        func pass(_ request: WriteRequest, steps: Int) async {
            state.withLock { state in
                state.now += 1
                state.most = max(state.most, state.now)
                state.begun.append(request.id.key)
            }
            for _ in 0..<steps { await Task.yield() }
            state.withLock { $0.now -= 1 }
        }
    }

    @Test("so many are under way and no more, begun in their order, each reported once", arguments: [1, 3, 20])
    func width(width: Int) async throws {
        let traffic = Traffic()
        var reported: [Int] = []
        try await WriteLanes(atMost: width).write(
            Self.batch(12),
            report: { at, outcome in
                reported.append(at)
                #expect(outcome == .stored(.none))
            }
        ) { request in
            await traffic.pass(request, steps: (Int(request.id.key) ?? 0) % 4 * 5)
            return .stored(.none)
        }
        #expect(traffic.most <= width)
        #expect(width == 1 ? traffic.most == 1 : traffic.most > 1)
        if width == 1 { #expect(traffic.begun == (0..<12).map(String.init)) }
        #expect(reported.sorted() == Array(0..<12))
    }

    @Test("a failure that is not of one write alone begins no more; those under way are reported, and it is thrown")
    func failure() async throws {
        let traffic = Traffic()
        var reported: [Int] = []
        await #expect(throws: EndpointFailure.unauthorised(message: "401")) {
            try await WriteLanes(atMost: 2).write(Self.batch(10), report: { at, _ in reported.append(at) }) {
                (request) async throws(EndpointFailure) in
                await traffic.pass(request, steps: request.id.key == "2" ? 0 : 5)
                if request.id.key == "2" { throw .unauthorised(message: "401") }
                return .stored(.none)
            }
        }
        #expect(traffic.begun.count < 6)
        #expect(Set(reported) == Set(traffic.begun.compactMap(Int.init)).subtracting([2]))
    }

    @Test("an answer that was lost belongs to its write alone")
    func uncertain() async throws {
        var outcomes: [Int: WriteOutcome] = [:]
        try await WriteLanes(atMost: 2).write(Self.batch(4), report: { outcomes[$0] = $1 }) {
            (request) throws(EndpointFailure) in
            if request.id.key == "1" { throw .uncertain(message: "lost") }
            return .stored(.none)
        }
        #expect(outcomes == [0: .stored(.none), 1: .uncertain("lost"), 2: .stored(.none), 3: .stored(.none)])
    }

    @Test("where the task is cancelled, those under way are finished and the others are put off")
    func cancelled() async throws {
        let traffic = Traffic()
        let task = Task { () -> [WriteOutcome] in
            var outcomes: [Int: WriteOutcome] = [:]
            try? await WriteLanes(atMost: 2).write(Self.batch(6), report: { outcomes[$0] = $1 }) { request in
                await traffic.pass(request, steps: 1)
                if request.id.key == "2" { withUnsafeCurrentTask { $0?.cancel() } }
                while request.id.key == "1", !Task.isCancelled { await Task.yield() }
                return .stored(.none)
            }
            return outcomes.sorted { $0.key < $1.key }.map(\.value)
        }
        // The second is under way until the whole is cancelled.
        while traffic.begun.count < 3 { await Task.yield() }
        task.cancel()
        let outcomes = await task.value
        let done = outcomes.count { $0 == .stored(.none) }
        #expect(outcomes.count == 6)
        #expect(done == traffic.begun.count)
        #expect(outcomes.count { $0 == .later("the run was stopped", after: nil) } == 6 - done)
    }
}
