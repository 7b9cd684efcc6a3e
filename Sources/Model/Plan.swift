package import Values

/// All that a run of a sync would do, complete before the first write.
package struct Plan: Sendable {
    package var sync: SyncName
    /// The writes, in the order in which they are made on their side.
    package var operations: [Operation] = []
    /// What is remembered without a write: new links of records that agree, bases that moved, links that end.
    package var settlements: [Settlement] = []
    package var holds: [Hold] = []
    /// The numbers of new links that go on with the base of another, because a record was found under a new id; with the numbers of
    /// those others, which end.
    package var linkedAnew: [Int32: Int32] = [:]
    /// Links of pairs that a first run met, and did not come to write to.
    package var metBefore: Set<Int32> = []
    /// The number of the first link that this plan makes, and how many links lost their record on each side and were not found anew.
    package var firstNewLink: Int32 = 0
    package var widowed = Sides(left: 0, right: 0)
    /// The greatest number in ids of each side, those among them that this plan gives.
    package var greatestNumbers = Sides<Int64>(left: 0, right: 0)
    /// The greatest number in ids of each side before this plan gives any.
    package var knownNumbers = Sides<Int64>(left: 0, right: 0)
    /// What is left out of a plan of which only the first writes are to be made.
    package internal(set) var rest: PlanRest?
    package var skips = Skips()
    /// Whether the job file says another thing of records than when the last run went to its end.
    package var isJobFileChanged = false
    /// Linked records that this run is the first to find out of scope.
    package var departures = Departures()
    /// Fields of records that were linked before, which are given a value for the first time.
    package var firstValues = 0
    /// What archived records look like, and in the plan of an undo what records held that no field is mapped to; the field sets of
    /// operations that archive are numbers in it.
    package var archive = Sides<[ArchivedField]>(left: [], right: [])
    /// Bytes that operations and settlements refer to.
    package var arena = ByteArena()
    /// The keys of creates that are asked for again, since it is not known whether they took effect, by their sources on each side.
    package var askedAgain = Sides<[RecordID: String]>(left: [:], right: [:])
    /// Sets of field numbers that operations refer to; most operations share a few.
    package var fieldSets: [[Int]] = []
    /// What the brakes are measured against: links, and records read on each side.
    package var linkCount = 0
    package var recordCounts = Sides<Int?>(left: nil, right: nil)

    package init(sync: SyncName) { self.sync = sync }

    /// Whether a run would write nothing to either side.
    package var isEmpty: Bool { operations.isEmpty }
}

/// One write of a plan.
package struct Operation: Sendable {
    package var verb: WriteRequest.Verb
    /// The side that is written.
    package var side: Side
    /// The number of the link; -1 for a record that has none yet. A create that has one makes a deleted record again, under its old id.
    package var link: Int32
    /// The id of the record that is written, and of its partner.
    package var target: IDRange
    package var source: IDRange
    /// Fingerprints of both records as they were read; of the written one it is the precondition.
    package var fingerprints: Sides<Fingerprint>
    /// The link's base once this write is done, as ``Base/encode(to:)`` has it.
    package var base: ByteArena.Range
    /// The number of the set of fields that are written.
    package var fieldSet: Int32
    /// For an update, a JSON array of the written fields' values before; for a delete, the whole record.
    package var before: ByteArena.Range
    /// Whether both records are wholly in step once this is done: no field is held, and nothing else is to be written.
    package var settles: Bool
    /// For a delete, and for a create that brings such a record back, all that the record holds, as ``WholeRecord`` has it.
    package var record: ByteArena.Range
    package var bond: Bond

    /// What a write has to do with a link.
    package enum Bond: Sendable {
        /// An update moves its link, a create makes it, a delete ends it.
        case linked
        /// The record has no link and gets none.
        case lone
        /// A delete that ends the link while the other record stays, whatever becomes of the run.
        case parting
    }
    /// Whether this update sets a record to its archived state, or takes that back: its fields are those of ``Plan/archive``.
    package var archives = false
    /// Whether this update puts back what a run wrote: that a record of its link is archived, or out of scope, stays known.
    package var putsBack = false

    package init(
        verb: WriteRequest.Verb, side: Side, link: Int32 = -1, target: IDRange, source: IDRange,
        fingerprints: Sides<Fingerprint>, base: ByteArena.Range = .empty, fieldSet: Int32 = 0,
        before: ByteArena.Range = .empty, settles: Bool = true, record: ByteArena.Range = .empty, bond: Bond = .linked
    ) {
        self.verb = verb
        self.side = side
        self.link = link
        self.target = target
        self.source = source
        self.fingerprints = fingerprints
        self.base = base
        self.fieldSet = fieldSet
        self.before = before
        self.settles = settles
        self.record = record
        self.bond = bond
    }
}

extension Operation {
    /// Whether a deleted record is made again under its old id, so that its link goes on.
    package var restores: Bool { verb == .create && link >= 0 }
}

/// An id in a plan's arena.
package struct IDRange: Sendable, Hashable {
    package var range: ByteArena.Range
    package var kind: RecordID.Kind

    package init(range: ByteArena.Range, kind: RecordID.Kind) {
        self.range = range
        self.kind = kind
    }
}

/// Something to be remembered without a write.
package struct Settlement: Sendable {
    package enum Kind: String, Sendable {
        /// Two records were paired, and agree.
        case link
        /// Both sides came to agree, or one changed in what is not mapped: the base or the fingerprints move. Or the link is not
        /// decided: then it keeps no fingerprint.
        case agree
        /// The link ends.
        case forget
        /// The link ends, since a record left the scope: both are set apart.
        case unlink
        /// A record that is not to be made on the other side while it stays as it is: it stood before the first run, or a person said so.
        case pass
        /// A record whose link a person ended: while it stays as it is, it is neither made on the other side nor paired.
        case apart
    }

    package var kind: Kind
    /// The number of the link; -1 for a new one.
    package var link: Int32
    package var ids: Sides<IDRange>
    package var fingerprints: Sides<Fingerprint>
    /// Empty where the base stays as it is.
    package var base: ByteArena.Range

    package init(
        kind: Kind, link: Int32, ids: Sides<IDRange>, fingerprints: Sides<Fingerprint>, base: ByteArena.Range = .empty
    ) {
        self.kind = kind
        self.link = link
        self.ids = ids
        self.fingerprints = fingerprints
        self.base = base
    }
}

extension Settlement {
    /// Whether it says of a link that is not decided that it is to be looked at again, and nothing else.
    package var isMark: Bool {
        kind == .agree && base.isEmpty && !fingerprints.left.isOfContent && !fingerprints.right.isOfContent
    }

    /// Whether nothing is left to do for its records: no write, no hold.
    fileprivate var isWhole: Bool {
        switch kind {
        case .link, .agree: fingerprints.left.isOfContent && fingerprints.right.isOfContent
        case .forget, .unlink, .pass, .apart: true
        }
    }
}

/// Linked records that left the scope, by their side.
package struct Departures: Sendable, Hashable {
    /// Because the record changed.
    package var ofChanged = Sides(left: 0, right: 0)
    /// Because the job file changed, and the record did not.
    package var byJobFile = Sides(left: 0, right: 0)

    package init() {}
}

/// What a plan remembers without a write.
package struct SettledCounts: Sendable, Hashable {
    package var paired = 0
    /// Links that go on though a record has a new id, with or without a write.
    package var linkedAnew = 0
    package var agreed = 0
    package var forgotten = 0
    package var unlinked = 0

    package init() {}
}

/// How many records were left alone because the job file says so.
package struct Skips: Sendable, Hashable {
    /// Not linked, and not in scope.
    package var outOfScope = 0
    /// Linked, but no longer in scope.
    package var frozen = 0
    /// New, where nothing new may be made.
    package var createsNotAllowed = 0
    /// Linked, and gone on a side, where the other record stays: deletes are ignored, or do not flow that way.
    package var gone = Sides(left: 0, right: 0)
    /// Linked, and archived, because the partner is gone or out of scope.
    package var archived = 0

    /// Linked, and not to be had though they were asked for: whether they are gone, or what they hold, is not known.
    package var unknown = Sides(left: 0, right: 0)

    package init() {}

    package var deletesIgnored: Int { gone.left + gone.right }

    /// Links that are left as they are for as long as their records are as they are.
    package var undecidedLinks: Int { frozen + deletesIgnored }
}

/// Writes by side and verb.
package struct WriteCounts: Sendable, Hashable {
    package var creates = 0
    package var updates = 0
    package var deletes = 0

    package init() {}

    package var total: Int { creates + updates + deletes }

    package subscript(verb: WriteRequest.Verb) -> Int {
        get {
            switch verb {
            case .create: creates
            case .update: updates
            case .delete: deletes
            }
        }
        set {
            switch verb {
            case .create: creates = newValue
            case .update: updates = newValue
            case .delete: deletes = newValue
            }
        }
    }
}

extension Plan {
    package var counts: Sides<WriteCounts> {
        var counts = Sides(left: WriteCounts(), right: WriteCounts())
        for operation in operations { counts[operation.side][operation.verb] += 1 }
        return counts
    }

    /// What is remembered without a write to either side, in numbers.
    package var settled: SettledCounts {
        var counts = SettledCounts()
        counts.linkedAnew = linkedAnew.count
        for settlement in settlements where settlement.isWhole {
            switch settlement.kind {
            case .link: counts.paired += 1
            case .agree: counts.agreed += 1
            case .forget: counts.forgotten += 1
            case .unlink: counts.unlinked += 1
            case .pass, .apart: break
            }
        }
        // Of a link that goes on under a new id one half ends and one begins.
        counts.forgotten -= linkedAnew.count
        counts.paired -= wholeLinkedAnew
        return counts
    }

    private var wholeLinkedAnew: Int {
        if linkedAnew.isEmpty { return 0 }
        let former = Set(linkedAnew.values)
        var isAnew = false
        return settlements.count { settlement in
            defer { isAnew = settlement.kind == .forget && former.contains(settlement.link) }
            return isAnew && settlement.kind == .link && settlement.isWhole
        }
    }

    /// What names exactly these writes, and what is remembered beside them: 16 hexadecimal digits. Of a plan that was cut, that of the
    /// whole.
    package var digest: String {
        if let rest { return rest.digest }
        var hash = FingerprintHash()
        hash.add("\(recordCounts.left ?? -1) \(recordCounts.right ?? -1) ")
        for operation in operations {
            hash.add(operation.verb.rawValue)
            hash.add(operation.side.rawValue)
            for field in fieldSets.isEmpty ? [] : fieldSets[Int(operation.fieldSet)] { hash.add("\(field) ") }
            for range in [operation.target.range, operation.source.range, operation.base, operation.before] {
                hash.add("\(range.count) ")
                arena.withBytes(range) { hash.update($0) }
            }
            hash.add("\(operation.fingerprints.left)\(operation.fingerprints.right)")
            if operation.archives { archive[operation.side].forEach { hash.add("\($0.path)=\(JSON.text($0.value))") } }
        }
        for settlement in settlements {
            hash.add(settlement.kind.rawValue)
            for range in [settlement.ids.left.range, settlement.ids.right.range, settlement.base] {
                hash.add("\(range.count) ")
                arena.withBytes(range) { hash.update($0) }
            }
            hash.add("\(settlement.fingerprints.left)\(settlement.fingerprints.right)")
        }
        return hash.finish().description
    }

    package func id(_ range: IDRange) -> RecordID {
        RecordID(key: arena.text(range.range), kind: range.kind)
    }

    package mutating func intern(_ id: RecordID) -> IDRange {
        var key = id.key
        return IDRange(range: key.withUTF8 { arena.append(UnsafeRawBufferPointer($0)) }, kind: id.kind)
    }
}

/// Why a plan may not be carried out.
package struct Refusal: Sendable {
    package enum Brake: Sendable, Hashable {
        case writes(WriteRequest.Verb, Side)
        case readDrop(Side)
        /// Many links lost their record on a side, and about as many records are new there: their ids changed.
        case newIDs(Side)
        /// Links held values of a field that no record of the side has any more.
        case lostField(Side, field: String)
    }

    package var brake: Brake
    package var isOfLostField: Bool {
        if case .lostField = brake { return true }
        return false
    }
    /// nil where no limit of the job file is behind it.
    package var limit: Limit?
    /// What the limit allows here, and what the plan has.
    package var allowed: Int
    package var planned: Int
    /// What the percentage is of, or what `planned` is held against: links, or records at the last reading.
    package var total: Int
    /// Whether the limit is the one before the job file changed, which is tighter than the one that it has now.
    package var isFormer: Bool

    package init(
        brake: Brake, limit: Limit?, allowed: Int, planned: Int, total: Int, isFormer: Bool = false
    ) {
        self.brake = brake
        self.limit = limit
        self.allowed = allowed
        self.planned = planned
        self.total = total
        self.isFormer = isFormer
    }
}

extension FingerprintHash {
    fileprivate mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }
}
