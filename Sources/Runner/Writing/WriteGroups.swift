import Model
import Reconcile
import Values

/// Cuts the writes of a side into groups, each of which an endpoint may make in any order, or all at once.
struct WriteGroups {
    private let plan: Plan
    private let requests: WriteRequests
    private let side: Side
    /// How many writes a group has at most; nil where all of a verb and more are made as one.
    private let size: Int?
    /// The numbers of the fields that name records of the sync itself.
    private let ownLinks: Set<Int>

    init(_ plan: Plan, _ requests: WriteRequests, _ side: Side, _ sync: Sync, size: Int?) {
        self.plan = plan
        self.requests = requests
        self.side = side
        self.size = size.map { max(1, $0) }
        ownLinks = Set(sync.fields.indices.filter { sync.fields[$0].link?.sync == sync.name })
    }

    /// - Parameter numbers: of operations of the side, in their order: creates first, deletes last.
    func groups(_ numbers: [Int]) -> [[Int]] {
        guard let size else { return [numbers] }
        var groups: [[Int]] = []
        var group: [Int] = []
        var made: Set<RecordID> = []
        for number in numbers {
            let operation = plan.operations[number]
            let follows = group.last.map { plan.operations[$0].verb != operation.verb } ?? false
            if group.count == size || follows || refers(operation, to: made) {
                groups.append(group)
                group = []
                made = []
            }
            group.append(number)
            if operation.verb == .create, !ownLinks.isEmpty { made.insert(plan.id(operation.target)) }
        }
        if !group.isEmpty { groups.append(group) }
        return groups
    }

    /// Whether a record is given the id of one that is made in the same group.
    private func refers(_ operation: Operation, to made: Set<RecordID>) -> Bool {
        guard !made.isEmpty, operation.verb == .create, let base = requests.base(after: operation) else { return false }
        return plan.fieldSets[Int(operation.fieldSet)].contains { field in
            guard ownLinks.contains(field), let value = base.entries[field]?.values[side] else { return false }
            return RecordID(value).map(made.contains) ?? false
        }
    }
}
