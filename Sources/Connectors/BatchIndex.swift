internal import Model
internal import Values

/// Which write of a batch is for which record: the ids, and nothing else of the requests.
struct BatchIndex {
    private var ids = IDIndex()
    private var isCreate: [Bool] = []
    private(set) var met: [Bool] = []

    /// Adds the id of the next request; false where an earlier one is for the same record.
    mutating func add(_ request: WriteRequest) -> Bool {
        let isNew = ids.find(request.id) == nil
        var key = request.id.key
        key.withUTF8 { _ = ids.append(UnsafeRawBufferPointer($0), request.id.kind) }
        isCreate.append(request.verb == .create)
        // A second request for a record is never met: the first stands before it on every look-up.
        met.append(false)
        return isNew
    }

    mutating func reserve(_ count: Int) {
        ids.reserve(count)
        isCreate.reserveCapacity(count)
        met.reserveCapacity(count)
    }

    @inline(__always)
    func find(_ id: UnsafeRawBufferPointer) -> Int? { ids.find(id) }

    /// Notes that the record of a request was found; false where it had been before.
    mutating func meet(_ request: Int) -> Bool {
        if met[request] { return false }
        met[request] = true
        return true
    }

    func isCreate(_ request: Int) -> Bool { isCreate[request] }
}

/// What came of the requests of a batch, kept until it is certain.
struct BatchOutcomes {
    private var stored: [Fingerprint]
    private var others: [Int: WriteOutcome] = [:]

    init(count: Int) { stored = Array(repeating: .none, count: count) }

    mutating func store(_ request: Int, _ fingerprint: Fingerprint) { stored[request] = fingerprint }
    mutating func move(_ request: Int) { others[request] = .moved }
    mutating func refuse(_ request: Int, _ reason: String) { others[request] = .refused(reason) }

    func isSettled(_ request: Int) -> Bool { others[request] != nil }

    func report(_ body: (Int, WriteOutcome) -> Void) {
        for request in stored.indices {
            body(request, others.isEmpty ? .stored(stored[request]) : others[request] ?? .stored(stored[request]))
        }
    }
}
