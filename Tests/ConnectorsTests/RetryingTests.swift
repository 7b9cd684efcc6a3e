import Connectors
import Model
import Synchronization
import TestKit
import Testing
import Values

/// An endpoint that waits for a system that asks for it.
struct RetryingTests {
    /// Takes what is waited, and has so much time.
    private final class Clock: Sendable {
        private let waits = Mutex<[Duration]>([])
        private let limit: Duration

        init(_ limit: Duration = .seconds(1_000_000)) { self.limit = limit }

        var waited: [Duration] { waits.withLock { $0 } }

        var patience: Patience {
            Patience(
                wait: { [self] duration in
                    waits.withLock { waits in
                        guard waits.reduce(duration, +) <= limit else { return false }
                        waits.append(duration)
                        return true
                    }
                }, random: { 0.5 })
        }
    }

    private func server(_ count: Int = 4) -> FakeServer {
        var options = FakeOptions()
        options.groupSize = 1
        return FakeServer(options, (1...count).map { ["id": .int(Int64($0))] })
    }

    private static func deletes(_ count: Int) -> WriteBatch {
        WriteBatch((1...count).map { WriteRequest(verb: .delete, id: RecordID(.int(Int64($0)))!) })
    }

    @Test("what was put off is asked for again after the time that was told, and nothing else is")
    func told() async throws {
        let server = server()
        let clock = Clock()
        server.fail(.later, at: 2, of: .write)
        server.fail(.later, at: 4, of: .write, times: 2)
        var outcomes: [Int: WriteOutcome] = [:]
        try await Retrying(server.endpoint, clock.patience).write(Self.deletes(4)) { at, outcome in
            #expect(outcomes[at] == nil)
            outcomes[at] = outcome
        }
        #expect(outcomes.count == 4)
        #expect(outcomes.values.allSatisfy { $0 == .stored(.none) })
        #expect(server.log.map(\.id.key) == ["1", "3", "4", "2"])
        #expect(clock.waited == [.seconds(1), .seconds(1)])
    }

    @Test("without a word of how long, each wait is twice the one before, with jitter, and there is an end to it")
    func untold() async throws {
        let clock = Clock()
        let asked = Mutex(0)
        let endpoint = Busy { asked.withLock { $0 += 1 } }
        await #expect(throws: EndpointFailure.busy(message: "503", after: nil)) {
            try await Retrying(endpoint, clock.patience).stamp()
        }
        #expect(clock.waited == [.milliseconds(750), .milliseconds(1500), .seconds(3), .seconds(6), .seconds(12)])
        #expect(asked.withLock { $0 } == 6)
        var outcomes: [WriteOutcome] = []
        try await Retrying(endpoint, clock.patience).write(Self.deletes(2)) { outcomes.append($1) }
        #expect(outcomes == [.later("503", after: nil), .later("503", after: nil)])
    }

    @Test("it waits no longer than there is time, and then the write is put off")
    func noTime() async throws {
        let server = server()
        let clock = Clock(.seconds(2))
        server.fail(.later, at: 1, of: .write, times: 100)
        var outcomes: [WriteOutcome] = []
        try await Retrying(server.endpoint, clock.patience).write(Self.deletes(1)) { outcomes.append($1) }
        #expect(outcomes == [.later("429 Too Many Requests", after: .seconds(1))])
        #expect(clock.waited.count == 2)
        #expect(server.log.isEmpty)
    }

    @Test("a reading waits too; other failures come through at once")
    func reading() async throws {
        let server = server()
        let clock = Clock()
        server.fail(.later, at: 1, of: .page, times: 2)
        let known = KnownRecords(links: LinkTable(), side: .left)
        #expect(try await Retrying(server.endpoint, clock.patience).read(known).count == 4)
        #expect(clock.waited.count == 2)
        server.fail(.unauthorised, at: 1, times: 100)
        await #expect(throws: EndpointFailure.unauthorised(message: "401 Unauthorized")) {
            try await Retrying(server.endpoint, clock.patience).read(known)
        }
        #expect(clock.waited.count == 2)
    }
}

/// An endpoint that never has time.
private struct Busy: Endpoint {
    let asked: @Sendable () -> Void

    var capabilities: Capabilities { Capabilities(newIDs: .fields, idFields: []) }

    func stamp() async throws(EndpointFailure) -> CollectionStamp? {
        asked()
        throw .busy(message: "503", after: nil)
    }

    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        throw .busy(message: "503", after: nil)
    }

    func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        throw .busy(message: "503", after: nil)
    }
}
