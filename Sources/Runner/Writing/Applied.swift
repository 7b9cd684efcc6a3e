import Model
import Reconcile
import Values

/// What came of the writes of a run.
struct Applied {
    var written = Sides(left: WriteCounts(), right: WriteCounts())
    var holds: [Hold] = []
    /// The operations that were not made, by the numbers of their links.
    var failedWrites: [Int32: Int] = [:]
    /// The sources of records that could not be made.
    var failedCreates: [FailedCreate: RecordID] = [:]
    /// The fingerprints of records that were written while their partners are still to be, by the numbers of their links.
    var partners: [Int32: Fingerprint] = [:]
    /// What those records hold in the place of what they were given, and which of them hold other news.
    var stored: [Int32: [Int: Value]] = [:]
    var withNews: Set<Int32> = []
    /// What each collection says of itself after the run.
    var stamps: Sides<CollectionStamp?>
    var count = 0
    /// The records that are not what they were when they were read, by the numbers of their links.
    var moved: [Int32: Hold] = [:]
    /// Whether a write was left to the next run.
    var leftWrites = false
    /// Why the run stopped, and how many writes it left.
    var stopped: (stop: Stop, left: Int)?

    init(_ stamps: Sides<CollectionStamp?>) { self.stamps = stamps }

    /// - Parameters:
    ///   - number: that of the operation in the plan.
    ///   - stored: what the system made of what it was given.
    mutating func note(_ outcome: WriteOutcome, of number: Int, _ plan: Plan, _ stored: StoredFields = StoredFields()) {
        let operation = plan.operations[number]
        count += 1
        switch outcome {
        case .stored(let fingerprint, _):
            written[operation.side][operation.verb] += 1
            guard operation.verb == .update, !operation.settles else { return }
            partners[operation.link] = fingerprint
            if !stored.values.isEmpty { self.stored[operation.link] = stored.values }
            if stored.hasNews { withNews.insert(operation.link) }
        case .moved: fail(number, operation, plan, .moved(side: operation.side))
        case .refused(let message): fail(number, operation, plan, .refused(side: operation.side, message: message))
        case .forbidden(let message): fail(number, operation, plan, .forbidden(side: operation.side, message: message))
        case .later(let message, _):
            leftWrites = true
            fail(number, operation, plan, .askedLater(side: operation.side, message: message))
        case .uncertain(let message):
            fail(
                number, operation, plan, .inDoubt(side: operation.side, verb: operation.verb, message: message))
        }
    }

    private mutating func noteFailure(_ number: Int, _ operation: Operation, _ plan: Plan) {
        if operation.verb == .create, !operation.target.range.isEmpty {
            let create = FailedCreate(side: operation.side, id: plan.id(operation.target))
            failedCreates[create] = plan.id(operation.source)
        }
        if operation.link >= 0 { failedWrites[operation.link] = number }
    }

    private mutating func fail(_ number: Int, _ operation: Operation, _ plan: Plan, _ reason: Hold.Reason) {
        noteFailure(number, operation, plan)
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[operation.side.other] = plan.id(operation.source)
        if operation.verb != .create { ids[operation.side] = plan.id(operation.target) }
        var hold = Hold(ids: ids, reason: reason)
        switch reason {
        case .refused, .forbidden: hold.write = plan.key(of: operation)
        case .moved where operation.link >= 0:
            moved[operation.link] = hold
            return
        case .moved: leftWrites = true
        default: break
        }
        holds.append(hold)
    }

    /// The run is to stop, and these writes were not begun.
    mutating func leave(_ numbers: [Int], _ plan: Plan, _ stop: Stop) {
        for number in numbers {
            let operation = plan.operations[number]
            noteFailure(number, operation, plan)
        }
        leftWrites = true
        stopped = (stop, (stopped?.left ?? 0) + numbers.count)
    }

    /// Those records that moved and were not merged again are left to the next run.
    mutating func leaveMoved() {
        if moved.isEmpty { return }
        leftWrites = true
        holds += moved.sorted { $0.key < $1.key }.map(\.value)
        moved = [:]
    }

    /// Begins a round over the records that moved: what came of the writes of those before it is settled.
    mutating func beginRound() {
        moved = [:]
        failedWrites = [:]
        partners = [:]
        stored = [:]
        withNews = []
    }
}
