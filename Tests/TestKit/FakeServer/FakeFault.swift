/// A call that a fake server answers.
package enum FakeCall: String, Sendable, CaseIterable {
    /// The cheap look at the collection as a whole.
    case stamp
    /// A page of records, or of changes.
    case page
    /// One record by its id.
    case get
    /// Writes that are made by one call: as many as the server takes at a time.
    case write
}

/// What goes wrong at a call.
package enum FakeFault: String, Sendable, CaseIterable {
    /// 4xx: the call is refused.
    case refused
    /// 403: what the caller may do does not reach so far.
    case forbidden
    /// 429 or 503, with a time to wait.
    case later
    /// 5xx, and nothing took effect; which the caller cannot know of a write.
    case serverError
    /// 401.
    case unauthorised
    /// There is no connection: nothing was sent.
    case unreachable
    /// What was asked for is done, and the answer is lost.
    case lost
    /// Time ran out before anything was sent.
    case timeOut
    /// The answer ends in its middle; of several writes the first half took effect.
    case cut
    /// The page has half its records, and says that it is the last.
    case truncated
    /// The page is given, and the same again as the next.
    case twice
    /// A record that was read already moves to the end, so that those behind it move up past what is read next.
    case shifts
    /// The record that is asked for is deleted at that moment.
    case vanishes
    /// The token of the page, or the cursor, is no longer known.
    case expired
    /// The answer comes, but others go first.
    case slow

    /// Whether it can go wrong at a call of a kind.
    package func strikes(_ call: FakeCall) -> Bool {
        switch self {
        case .refused, .forbidden, .later, .serverError, .unauthorised, .unreachable, .lost, .timeOut, .cut, .slow: true
        case .truncated, .twice, .shifts, .expired: call == .page
        case .vanishes: call == .get
        }
    }
}

/// What is to happen at which calls.
struct FakeScript: Sendable {
    enum Event: Sendable {
        case fault(FakeFault)
        case meanwhile(@Sendable (FakeServer) -> Void)
    }

    struct Entry: Sendable {
        var event: Event
        /// Which calls are counted; nil for all.
        var call: FakeCall?
        /// The numbers of the calls, from 1.
        var numbers: Range<Int>
    }

    var entries: [Entry] = []
    private(set) var counts: [FakeCall: Int] = [:]

    var total: Int { counts.values.reduce(0, +) }

    mutating func forgetCalls() { counts = [:] }

    /// Counts a call, and gives what happens at it.
    mutating func next(_ call: FakeCall) -> [Event] {
        counts[call, default: 0] += 1
        let (total, own) = (self.total, counts[call, default: 0])
        return entries.filter { entry in
            if let counted = entry.call { return counted == call && entry.numbers.contains(own) }
            return entry.numbers.contains(total)
        }.map(\.event)
    }
}
