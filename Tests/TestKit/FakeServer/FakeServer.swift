package import Model
internal import Synchronization
package import Values

/// A write through an endpoint that took effect.
package struct FakeEffect: Sendable {
    package var verb: WriteRequest.Verb
    package var id: RecordID
    package var fields: [(path: FieldPath, value: Value)]
    package var key: String?

    init(_ request: WriteRequest, _ id: RecordID) {
        verb = request.verb
        self.id = id
        fields = request.fields
        key = request.key
    }
}

/// A server with one collection, in memory: it outlives the runs that talk to it, people use it beside them, and at any call something
/// may go wrong.
///
/// Its clock is a number of ticks; every change takes one.
package final class FakeServer: Sendable {
    package let options: FakeOptions
    /// Where its calls wait while it does not answer.
    package let door = FakeDoor()
    private let state: Mutex<(store: FakeStore, script: FakeScript, broken: EndpointFailure?)>

    package init(_ options: FakeOptions = FakeOptions(), _ records: [Object] = []) {
        self.options = options
        var store = FakeStore(options)
        for record in records { _ = store.put(record) }
        state = Mutex((store, FakeScript(), nil))
    }

    /// What a run talks to. All endpoints of a server are views of the same records.
    package var endpoint: any Endpoint { FakeEndpoint(server: self) }

    func withStore<R: Sendable>(_ body: (inout FakeStore) -> sending R) -> R { state.withLock { body(&$0.store) } }

    /// Counts a call; what is to happen beside it happens. Throws where no call is answered.
    func answer(_ call: FakeCall) throws(EndpointFailure) -> FakeFault? {
        var fault: FakeFault?
        for event in state.withLock({ $0.script.next(call) }) {
            switch event {
            case .fault(let what): if fault == nil, what.strikes(call) { fault = what }
            case .meanwhile(let body): body(self)
            }
        }
        if let broken = state.withLock({ $0.broken }) { throw broken }
        return fault
    }
}

// What people do with it.
extension FakeServer {
    /// The records as they are now, in the order in which they are listed.
    package var records: [Object] { withStore { $0.records } }

    package subscript(id: RecordID) -> Object? { withStore { $0.entries[id]?.record } }

    /// Makes a record, or puts it in the place of the one with its id. Where the server gives ids, a record without one gets one.
    ///
    /// - Returns: its id; nil where it has none, and nothing was stored.
    @discardableResult
    package func put(_ record: Object) -> RecordID? { withStore { $0.put(record) } }

    package func edit(_ id: RecordID, _ body: (inout Object) -> Void) {
        withStore { store in
            guard var record = store.entries[id]?.record else { return }
            body(&record)
            _ = store.put(record)
        }
    }

    package func remove(_ id: RecordID) { withStore { $0.remove(id) } }

    /// Gives a record a new time, as if it had changed.
    package func touch(_ id: RecordID) { withStore { $0.touch(id) } }

    /// Lets time pass.
    package func wait(_ ticks: Int) { withStore { $0.clock += ticks } }
}

// What a test asks of it.
extension FakeServer {
    /// Lets something go wrong at calls.
    ///
    /// - Parameters:
    ///   - number: the first of the calls, counted from 1 since the server was made or ``forgetCalls()``.
    ///   - call: which calls are counted, and struck; all where it is nil.
    ///   - times: how many of them in a row.
    package func fail(_ fault: FakeFault, at number: Int, of call: FakeCall? = nil, times: Int = 1) {
        script(.fault(fault), number, call, times)
    }

    /// From now on no call is answered: each fails so, and nothing takes effect.
    package func breakDown(_ failure: EndpointFailure) { state.withLock { $0.broken = failure } }

    /// Lets someone do something right before a call is answered.
    package func meanwhile(
        at number: Int, of call: FakeCall? = nil, _ body: @escaping @Sendable (FakeServer) -> Void
    ) {
        script(.meanwhile(body), number, call, 1)
    }

    private func script(_ event: FakeScript.Event, _ number: Int, _ call: FakeCall?, _ times: Int) {
        let end = number.addingReportingOverflow(times)
        let entry = FakeScript.Entry(
            event: event, call: call, numbers: number..<(end.overflow ? .max : end.partialValue))
        state.withLock { $0.script.entries.append(entry) }
    }

    /// Nothing goes wrong any more.
    package func heal() {
        state.withLock { state in
            state.script.entries = []
            state.broken = nil
        }
    }

    package func calls(_ call: FakeCall) -> Int { state.withLock { $0.script.counts[call, default: 0] } }

    package var callCount: Int { state.withLock { $0.script.total } }

    /// Counts calls from nothing on.
    package func forgetCalls() { state.withLock { $0.script.forgetCalls() } }

    /// The writes through endpoints that took effect, in their order.
    package var log: [FakeEffect] { withStore { $0.log } }

    package func clearLog() { withStore { $0.log = [] } }
}
