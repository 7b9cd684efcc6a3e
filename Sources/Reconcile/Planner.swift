package import Model
import Values

/// Works out all the writes of a run. Pure: the same inputs make the same plan.
package struct Planner {
    let inputs: Inputs
    let rules: [FieldRule]
    let dependencies: Dependencies
    let policies: Policies
    let readers: Sides<SideReader>
    var links: KnownLinks
    var drafter: Drafter
    var drafts: Drafts
    var newIDs: Sides<NewIDSource>
    var plan: Plan
    /// How many new pairs have a link number already.
    var newPairs = 0
    /// New records that may be those of a create in doubt, or are the source of one.
    var setAside = Sides<[Int]>(left: [], right: [])
    /// Links of which a record is gone that the match rules have settled.
    var settledLinks: Set<Int> = []
    /// Reused for encoding, so that a record costs no buffer of its own.
    var buffer: [UInt8] = []
    private var fieldSetNumbers: [[Int]: Int32] = [:]
    private var lastFieldSet: (fields: [Int], number: Int32)?

    /// The plan of a run over these inputs.
    ///
    /// - Parameter drafts: what was worked out of it ahead; it changes nothing but the time that this takes.
    package static func plan(_ inputs: Inputs, _ drafts: consuming Drafts = Drafts()) -> Plan {
        var planner = Planner(inputs, drafts)
        planner.run()
        return planner.plan
    }

    /// The links whose bases a plan over these snapshots needs.
    package static func touchedLinks(_ snapshots: Sides<Snapshot>, _ links: LinkTable) -> [Int] {
        let changes = Changes(snapshots, links)
        return (changes.touched + changes.resting).map(\.link)
    }

    init(_ inputs: Inputs, _ drafts: consuming Drafts = Drafts()) {
        self.inputs = inputs
        self.drafts = drafts
        drafter = Drafter(inputs)
        rules = drafter.rules
        dependencies = Dependencies(rules)
        policies = Policies(firstValues: inputs.sync.firstValues)
        readers = Sides(left: SideReader(.left, inputs), right: SideReader(.right, inputs))
        links = KnownLinks(inputs)
        newIDs = Sides(left: NewIDSource(.left, inputs), right: NewIDSource(.right, inputs))
        plan = Plan(sync: inputs.sync.name)
        plan.archive = inputs.sync.archive
        plan.isJobFileChanged = inputs.isJobFileChanged
        plan.linkCount = inputs.links.count
        plan.firstNewLink = Int32(inputs.links.numbers.count)
        plan.recordCounts = inputs.snapshots.map { $0.isOfAll ? $0.count : nil }
    }

    private mutating func run() {
        var changes = Changes(inputs.snapshots, inputs.links)
        if let only = inputs.only { changes.keep(only) }
        setAsideOpenCreates(&changes.unlinked)
        // New records first: those that exist may come to refer to them.
        planUnlinked(changes)
        for touched in changes.touched where !settledLinks.contains(touched.link) {
            plan(touched)
            noteWidowed(touched)
        }
        for link in changes.unknown { passUnknown(link) }
        holdUnreadable()
        if inputs.only == nil {
            plan.skips.archived += changes.restingCount - changes.resting.count { settledLinks.contains($0.link) }
        }
        plan.greatestNumbers = newIDs.map(\.greatest)
        plan.knownNumbers = newIDs.map(\.known)
        if let only = inputs.only { plan.keep(only, inputs.links) }
        plan.order()
    }

    /// A link of which a record could not be had is left alone, and looked at again.
    private mutating func passUnknown(_ link: Int) {
        for side in Side.allCases where inputs.snapshots[side].isUnknown(link: link) {
            // Those that cannot be read are told one by one.
            if inputs.snapshots[side].unreadable.isEmpty { plan.skips.unknown[side] += 1 }
        }
        markOpen(link)
    }

    /// Counts the links that lost one record since it was last looked at.
    private mutating func noteWidowed(_ touched: TouchedLink) {
        guard touched.gone.left != touched.gone.right, inputs.links.archivedSide(touched.link) == nil else { return }
        let side: Side = touched.gone.left ? .left : .right
        if inputs.links.fingerprint(touched.link, side) != .none { plan.widowed[side] += 1 }
    }

    func hold(_ ids: Sides<RecordID?>, _ reason: Hold.Reason, _ rule: FieldRule? = nil) -> Hold {
        Hold(ids: ids, reason: reason, place: rule?.mapping.place ?? inputs.sync.place)
    }

    mutating func fieldSet(_ fields: [Int]) -> Int32 {
        if let last = lastFieldSet, last.fields == fields { return last.number }
        let number = fieldSetNumbers[fields] ?? Int32(plan.fieldSets.count)
        if Int(number) == plan.fieldSets.count {
            plan.fieldSets.append(fields)
            fieldSetNumbers[fields] = number
        }
        lastFieldSet = (fields, number)
        return number
    }

    mutating func encode(_ base: Base) -> ByteArena.Range {
        buffer.removeAll(keepingCapacity: true)
        base.encode(to: &buffer)
        return plan.arena.append(buffer)
    }

    mutating func encode(_ record: WholeRecord) -> ByteArena.Range {
        buffer.removeAll(keepingCapacity: true)
        record.encode(to: &buffer)
        return plan.arena.append(buffer)
    }

    mutating func encode(list values: [Value]) -> ByteArena.Range {
        buffer.removeAll(keepingCapacity: true)
        StateJSON.write(.list(values), to: &buffer)
        return plan.arena.append(buffer)
    }
}

extension Plan {
    /// Creates before the updates that may refer to them, deletes last; within each, parents first and otherwise as they came.
    mutating func order() {
        let rank: (WriteRequest.Verb) -> Int = { $0 == .create ? 0 : $0 == .update ? 1 : 2 }
        if zip(operations, operations.dropFirst()).allSatisfy({ rank($0.verb) <= rank($1.verb) }) { return }
        operations = [WriteRequest.Verb.create, .update, .delete].flatMap { verb in
            operations.filter { $0.verb == verb }
        }
    }
}
