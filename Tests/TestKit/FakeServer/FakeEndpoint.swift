import Model
import Values

/// A fake server as a run sees it.
struct FakeEndpoint: Endpoint {
    let server: FakeServer

    var capabilities: Capabilities { server.options.capabilities }

    func stamp() async throws(EndpointFailure) -> CollectionStamp? {
        guard server.options.hasStamp else { return nil }
        try await ask(.stamp)
        return currentStamp
    }

    func probe() async throws(EndpointFailure) { try await ask(.stamp) }

    func declaredSchema() async throws(EndpointFailure) -> CollectionSchema? {
        try await ask(.stamp)
        return server.options.schema
    }

    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        try await FakeReading(endpoint: self, known: known).read(extent)
    }

    var currentStamp: CollectionStamp? {
        server.options.hasStamp ? server.withStore { CollectionStamp("\($0.version)") } : nil
    }

    /// Makes a call that reads.
    ///
    /// - Returns: what goes wrong with its answer, where it has one.
    @discardableResult
    func ask(_ call: FakeCall) async throws(EndpointFailure) -> FakeFault? {
        await Task.yield()
        await server.door.pass()
        let fault = try server.answer(call)
        switch fault {
        case .refused: throw .unavailable(message: "400 Bad Request")
        case .forbidden where call != .get: throw .forbidden(message: "403 Forbidden")
        case .later: throw .busy(message: "429 Too Many Requests", after: .seconds(1))
        case .serverError: throw .unavailable(message: "500 Internal Server Error")
        case .unauthorised: throw .unauthorised(message: "401 Unauthorized")
        case .unreachable: throw .unreachable(message: "no connection")
        case .lost, .timeOut: throw .unreachable(message: "no answer")
        case .cut: throw .unreachable(message: "the answer ended early")
        case .slow: for _ in 0..<10 { await Task.yield() }
        case nil, .forbidden, .truncated, .twice, .shifts, .vanishes, .expired: break
        }
        return fault
    }
}

// Writing.
extension FakeEndpoint {
    func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        try await batch.mayTakeEffect()
        let size = max(1, server.options.groupSize ?? batch.count)
        var hasNews = batch.isNews(currentStamp)
        for start in stride(from: 0, to: batch.count, by: size) {
            let numbers = start..<min(start + size, batch.count)
            await Task.yield()
            await server.door.pass()
            let before = currentStamp
            let fault = try server.answer(.write)
            if case .slow? = fault { for _ in 0..<10 { await Task.yield() } }
            hasNews = hasNews || currentStamp != before
            let outcomes = try outcomes(batch, numbers, fault)
            for (number, outcome) in zip(numbers, outcomes) { report(number, outcome) }
        }
        return hasNews ? nil : currentStamp
    }

    /// One call that makes some writes.
    private func outcomes(
        _ batch: WriteBatch, _ numbers: Range<Int>, _ fault: FakeFault?
    ) throws(EndpointFailure) -> [WriteOutcome] {
        func all(_ outcome: WriteOutcome) -> [WriteOutcome] { numbers.map { _ in outcome } }
        let isOne = server.options.groupSize == nil
        switch fault {
        case .refused: return all(.refused("400 Bad Request"))
        case .forbidden: return all(.forbidden("403 Forbidden"))
        case .unauthorised: throw .unauthorised(message: "401 Unauthorized")
        case .unreachable: throw .unreachable(message: "no connection")
        case .later:
            if isOne { throw .busy(message: "429 Too Many Requests", after: .seconds(1)) }
            return all(.later("429 Too Many Requests", after: .seconds(1)))
        case .timeOut:
            if isOne { throw .unreachable(message: "time ran out before anything was sent") }
            return all(.later("time ran out before anything was sent", after: nil))
        case .serverError, .lost, .cut:
            if fault != .serverError { effect(batch, fault == .cut ? firstHalf(numbers) : numbers) }
            let message = fault == .serverError ? "500 Internal Server Error" : "no answer"
            if isOne { throw .uncertain(message: message) }
            return all(.uncertain(message))
        case nil, .slow, .truncated, .twice, .shifts, .vanishes, .expired:
            return effect(batch, numbers)
        }
    }

    private func firstHalf(_ numbers: Range<Int>) -> Range<Int> { numbers.prefix((numbers.count + 1) / 2) }

    @discardableResult
    private func effect(_ batch: WriteBatch, _ numbers: Range<Int>) -> [WriteOutcome] {
        numbers.map { number in
            let request = batch[number]
            return server.withStore { $0.settle(request) }
        }
    }
}
