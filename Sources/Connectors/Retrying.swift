package import Model

/// How long to wait for a system that asks to be asked later.
package struct Patience: Sendable {
    /// Waits so long; false where there is no time for it, or the run is to stop.
    package var wait: @Sendable (Duration) async -> Bool
    /// A number from 0 up to 1, so that those who were turned away together do not come back together.
    package var random: @Sendable () -> Double
    /// How often one thing is asked for.
    package var attempts = 6
    /// The longest that is waited at a time, and the longest where the system does not say how long.
    package var longest = Duration.seconds(300)
    package var longestUntold = Duration.seconds(60)

    package init(wait: @escaping @Sendable (Duration) async -> Bool, random: @escaping @Sendable () -> Double) {
        self.wait = wait
        self.random = random
    }

    /// Waits before something is asked for once more.
    ///
    /// - Parameters:
    ///   - attempt: how often it has been asked for.
    ///   - told: how long the system asks to be left alone.
    func lasts(after attempt: Int, _ told: Duration?) async -> Bool {
        guard attempt < attempts else { return false }
        let doubled = Duration.seconds(1) * (1 << min(attempt - 1, 10))
        let delay = told ?? min(doubled, longestUntold) * (0.5 + random() / 2)
        return delay <= longest ? await wait(delay) : false
    }
}

/// An endpoint that waits where its system asks to be asked later, and asks again for what was put off, and for nothing else.
package struct Retrying: Endpoint {
    private let inner: any Endpoint
    private let patience: Patience

    package init(_ inner: any Endpoint, _ patience: Patience) {
        self.inner = inner
        self.patience = patience
    }

    package var capabilities: Capabilities { inner.capabilities }

    package func stamp() async throws(EndpointFailure) -> CollectionStamp? {
        try await patiently { () async throws(EndpointFailure) in try await inner.stamp() }
    }

    /// Nobody waits for the answer to a probe.
    package func probe() async throws(EndpointFailure) { try await inner.probe() }

    package func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        try await patiently { () async throws(EndpointFailure) in try await inner.read(known, extent) }
    }

    package func declaredSchema() async throws(EndpointFailure) -> CollectionSchema? {
        try await patiently { () async throws(EndpointFailure) in try await inner.declaredSchema() }
    }

    package func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample {
        try await patiently { () async throws(EndpointFailure) in try await inner.sample(most) }
    }

    private func patiently<R>(_ body: () async throws(EndpointFailure) -> R) async throws(EndpointFailure) -> R {
        var attempt = 0
        while true {
            attempt += 1
            do {
                return try await body()
            } catch {
                guard case .busy(_, let after) = error, await patience.lasts(after: attempt, after) else { throw error }
            }
        }
    }

    @discardableResult
    package func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        var open = PutOff(numbers: Array(0..<batch.count))
        var stamp: CollectionStamp?
        var attempt = 0
        while true {
            let after = try await write(batch, readAs: attempt == 0 ? batch.readAs : stamp, &open, report)
            // A stamp that hides what nobody has read comes back as none, and stays so.
            stamp = attempt > 0 && stamp == nil ? nil : after
            attempt += 1
            if open.numbers.isEmpty { return stamp }
            if await !patience.lasts(after: attempt, open.delay) { break }
        }
        for number in open.numbers { report(number, .later(open.message, after: open.delay)) }
        return stamp
    }

    /// Asks for what is open; what is put off stays so.
    private func write(
        _ batch: WriteBatch, readAs stamp: CollectionStamp?, _ open: inout PutOff,
        _ report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        let asked = open.numbers
        var isReported = [Bool](repeating: false, count: asked.count)
        var next = PutOff(numbers: [])
        let part = WriteBatch(
            count: asked.count, readAs: stamp,
            ready: { () async throws(EndpointFailure) in try await batch.mayTakeEffect() }
        ) { batch[asked[$0]] }
        var result: CollectionStamp?
        do {
            result = try await inner.write(part) { at, outcome in
                isReported[at] = true
                if case .later(let message, let after) = outcome {
                    next.add(asked[at], message, after)
                } else {
                    report(asked[at], outcome)
                }
            }
        } catch {
            guard case .busy(let message, let after) = error else { throw error }
            for at in asked.indices where !isReported[at] { next.add(asked[at], message, after) }
            next.numbers.sort()
        }
        open = next
        return result
    }
}

/// What is to be asked for later.
private struct PutOff {
    var numbers: [Int]
    var message = ""
    /// The longest time that the system asked to be left alone for.
    var delay: Duration?

    mutating func add(_ number: Int, _ message: String, _ after: Duration?) {
        numbers.append(number)
        self.message = message
        if let after { delay = max(delay ?? after, after) }
    }
}
