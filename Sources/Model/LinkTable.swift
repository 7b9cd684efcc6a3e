package import Values

/// Where a link's base is kept: a stretch of one of the store's files.
package struct StoredRange: Sendable, Hashable {
    /// The store's number of the file.
    package var file: UInt32
    package var count: UInt32
    package var offset: Int

    @inlinable
    package init(file: UInt32, offset: Int, count: Int) {
        self.file = file
        self.offset = offset
        self.count = UInt32(truncatingIfNeeded: count)
    }
}

/// The links of a sync: for each, the ids of its two records, their fingerprints, and where its base is kept.
///
/// A link has a number as long as the table lives; that of a removed one is not used again.
package struct LinkTable: Sendable {
    package private(set) var ids = Sides(left: IDIndex(), right: IDIndex())
    @usableFromInline var fingerprints = Sides<[Fingerprint]>(left: [], right: [])
    @usableFromInline var bases: [StoredRange] = []
    @usableFromInline var removed: [Bool] = []
    /// How many links there are.
    package private(set) var count = 0
    /// Of a plan that is not carried out: the records of each side of which one is to be made on the other, with an id that nobody knows
    /// yet.
    package var awaitingID = Sides<Set<RecordID>>(left: [], right: [])

    package init() {}

    /// All numbers ever given; those of removed links are among them.
    package var numbers: Range<Int> { 0..<bases.count }

    package mutating func reserve(_ count: Int, keyBytes: Int) {
        for side in Side.allCases {
            ids[side].reserve(count, keyBytes: keyBytes)
            fingerprints[side].reserveCapacity(count)
        }
        bases.reserveCapacity(count)
        removed.reserveCapacity(count)
    }

    @inlinable
    package func isRemoved(_ link: Int) -> Bool { removed[link] }

    @inlinable
    package func fingerprint(_ link: Int, _ side: Side) -> Fingerprint {
        side == .left ? fingerprints.left[link] : fingerprints.right[link]
    }

    package func base(_ link: Int) -> StoredRange { bases[link] }

    package func id(_ link: Int, _ side: Side) -> RecordID { ids[side].id(link) }

    /// The link of a record.
    package func find(_ id: RecordID, on side: Side) -> Int? {
        ids[side].find(id) { !removed[$0] }
    }

    /// The record on the other side.
    package func partner(of id: RecordID, on side: Side) -> RecordID? {
        find(id, on: side).map { self.id($0, side.other) }
    }

    /// Adds a link. The caller knows that neither record has one.
    @discardableResult
    package mutating func append(
        ids keys: Sides<UnsafeRawBufferPointer>, kinds: Sides<RecordID.Kind>, fingerprints prints: Sides<Fingerprint>,
        base: StoredRange
    ) -> Int {
        ids.left.append(keys.left, kinds.left)
        ids.right.append(keys.right, kinds.right)
        fingerprints.left.append(prints.left)
        fingerprints.right.append(prints.right)
        bases.append(base)
        removed.append(false)
        count += 1
        return bases.count - 1
    }

    /// Adds the link of a record with the one that was made of it on a side.
    @discardableResult
    package mutating func append(
        _ source: RecordID, _ made: RecordID, made side: Side, _ fingerprints: Sides<Fingerprint>, _ base: StoredRange
    ) -> Int {
        let ids = side == .left ? Sides(left: made, right: source) : Sides(left: source, right: made)
        var leftKey = ids.left.key
        var rightKey = ids.right.key
        return leftKey.withUTF8 { left in
            rightKey.withUTF8 { right in
                append(
                    ids: Sides(left: UnsafeRawBufferPointer(left), right: UnsafeRawBufferPointer(right)),
                    kinds: ids.map(\.kind), fingerprints: fingerprints, base: base)
            }
        }
    }

    /// The base and the fingerprints of a link moved.
    package mutating func update(_ link: Int, fingerprints prints: Sides<Fingerprint>, base: StoredRange) {
        fingerprints.left[link] = prints.left
        fingerprints.right[link] = prints.right
        bases[link] = base
    }

    package mutating func setFingerprint(_ link: Int, _ side: Side, _ fingerprint: Fingerprint) {
        fingerprints[side][link] = fingerprint
    }

    /// Takes a link back that was counted as removed; nothing is known of its records but their ids.
    package mutating func revive(_ link: Int) {
        guard removed[link] else { return }
        removed[link] = false
        count += 1
        clearFingerprints(link)
    }

    /// Both records of a link are to be looked at again. That one is archived stays known.
    package mutating func clearFingerprints(_ link: Int) {
        for side in Side.allCases where fingerprint(link, side) != .archived { setFingerprint(link, side, .none) }
    }

    /// What is known of the records of a link beside what they hold: that one is archived, or was out of scope when it was last seen.
    package func standing(of link: Int) -> Sides<Fingerprint> {
        Sides(left: fingerprints.left[link], right: fingerprints.right[link])
            .map { $0 == .archived || $0 == .frozen ? $0 : .none }
    }

    /// The side whose record is archived, since the other is gone or out of scope; nil where none is.
    package func archivedSide(_ link: Int) -> Side? {
        if fingerprints.left[link] == .archived { return .left }
        return fingerprints.right[link] == .archived ? .right : nil
    }

    /// How many links have a record that each run looks at, because they are not decided.
    package var undecidedCount: Int { numbers.count { !removed[$0] && !isDecided($0) } }

    private func isDecided(_ link: Int) -> Bool {
        if let archived = archivedSide(link) { return fingerprint(link, archived.other) != .none }
        return fingerprints.left[link].isOfContent && fingerprints.right[link].isOfContent
    }

    /// The links of which a record stands in no fingerprint, though none was found to be out of scope: what becomes of them may change
    /// without their records.
    package var openLinks: [Int] {
        numbers.filter { link in
            let prints = Sides(left: fingerprints.left[link], right: fingerprints.right[link])
            return !removed[link] && !(prints.left.isOfContent && prints.right.isOfContent)
                && prints.left != .frozen && prints.right != .frozen
        }
    }

    /// How many links have a record that was found to be out of scope.
    package var frozenCount: Int {
        numbers.count { link in
            !removed[link] && (fingerprints.left[link] == .frozen || fingerprints.right[link] == .frozen)
        }
    }

    package mutating func remove(_ link: Int) {
        guard !removed[link] else { return }
        removed[link] = true
        count -= 1
    }
}
