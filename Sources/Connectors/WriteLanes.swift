package import Model

/// Asks for the writes of a batch one by one, several of them under way at a time. Any endpoint may use it whose system takes one record
/// at a time.
package struct WriteLanes: Sendable {
    private let width: Int

    package init(atMost width: Int) { self.width = max(1, width) }

    /// Begins the writes in their order, and reports each as soon as it is answered. Where one fails for a reason that is not its own,
    /// none is begun any more: those under way are reported, and the failure is thrown. Where the task is cancelled, those not begun are
    /// put off.
    ///
    /// - Parameter ask: makes one write. What it throws says that this write had no effect; except
    ///   ``EndpointFailure/uncertain(message:)``, which belongs to this write alone.
    package func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void,
        _ ask: @escaping @Sendable (WriteRequest) async throws(EndpointFailure) -> WriteOutcome
    ) async throws(EndpointFailure) {
        try await batch.mayTakeEffect()
        var failure: EndpointFailure?
        await withTaskGroup(of: Answer.self) { tasks in
            var next = 0
            while next < min(width, batch.count), !Task.isCancelled { begin(&next, batch, &tasks, ask) }
            while let answer = await tasks.next() {
                switch answer.result {
                case .success(let outcome): report(answer.number, outcome)
                case .failure(.uncertain(let message)): report(answer.number, .uncertain(message))
                case .failure(let error): failure = failure ?? error
                }
                if failure == nil, next < batch.count, !Task.isCancelled { begin(&next, batch, &tasks, ask) }
            }
            guard failure == nil else { return }
            for number in next..<batch.count { report(number, .later("the run was stopped", after: nil)) }
        }
        if let failure { throw failure }
    }

    private struct Answer: Sendable {
        var number: Int
        var result: Result<WriteOutcome, EndpointFailure>
    }

    private func begin(
        _ next: inout Int, _ batch: WriteBatch, _ tasks: inout TaskGroup<Answer>,
        _ ask: @escaping @Sendable (WriteRequest) async throws(EndpointFailure) -> WriteOutcome
    ) {
        let number = next
        next += 1
        tasks.addTask {
            do throws(EndpointFailure) {
                return Answer(number: number, result: .success(try await ask(batch[number])))
            } catch {
                return Answer(number: number, result: .failure(error))
            }
        }
    }
}
