package import Values

/// What is known of a side before it is read: which records have links, and their fingerprints.
package struct KnownRecords: Sendable {
    @usableFromInline let links: LinkTable
    @usableFromInline let side: Side
    /// Whether a record whose fingerprint stands may be passed over. Not so after a change of the job file.
    @usableFromInline let trustsFingerprints: Bool
    /// Links whose records are kept all the same.
    @usableFromInline let wanted: Set<Int>

    package init(links: LinkTable, side: Side, trustsFingerprints: Bool = true, wanted: Set<Int> = []) {
        self.links = links
        self.side = side
        self.trustsFingerprints = trustsFingerprints
        self.wanted = wanted
    }

    /// Whether any record of the side is known.
    package var hasLinks: Bool { links.count > 0 }
}

/// A record as it was read: not parsed yet, and kept only because it is new or its fingerprint moved.
package struct KeptRecord: Sendable {
    /// The number of its link; -1 where it has none.
    package var link: Int32
    /// The line, or the position, where it stands in the collection.
    package var line: UInt32
    package var kind: RecordID.Kind
    /// The number of the layout that reads its bytes: readings that were put together may each have their own.
    var layout: UInt8 = 0
    /// How many records of the collection stand before it.
    package var position: UInt32
    package var fingerprint: Fingerprint
    package var id: ByteArena.Range
    package var raw: ByteArena.Range
}

/// How to read the bytes of a collection's records: what its head said, such as the names of columns.
package protocol RecordLayout: Sendable {
    /// The record that the bytes spell.
    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object
}

/// Bytes that spell no record.
package struct RecordFailure: Error, Hashable {
    package var message: String

    package init(_ message: String) { self.message = message }
}

/// A side as a run found it: the records that are new or changed, and which of the linked ones are still there.
package struct Snapshot: Sendable {
    /// Records that are new, or whose fingerprint is not the link's.
    package internal(set) var kept: [KeptRecord] = []
    /// How many records the collection holds.
    package internal(set) var count = 0
    /// Whether the collection said of itself that nothing changed since it was last read, so that it was not read.
    package internal(set) var isUntouched = false
    /// Whether the whole collection was read, so that a record that is not among what was read is not there.
    package internal(set) var isWhole = true
    /// Records that could not be read.
    package internal(set) var unreadable: [UnreadableRecord] = []
    /// From where changes are to be read next time; nil where the collection cannot be read by changes.
    package internal(set) var cursor: Cursor?
    /// How many records the system says there are; nil where it does not say.
    package internal(set) var expectedCount: Int?
    /// What the collection said of itself as a whole, to be compared next time.
    package internal(set) var stamp: CollectionStamp?
    /// The names of all fields, where the collection knows them (the head of a CSV file).
    package internal(set) var fieldNames: [String]?
    /// Fields that the collection is said to have and that no record came with, not even empty: those records hold null in them.
    package internal(set) var unmetFields: Set<TextKey> = []
    /// The greatest number in ids of the form that new ids take; 0 where there is none.
    package internal(set) var greatestNumber: Int64 = 0
    /// The kind of the id that has it; nil where there is none.
    package internal(set) var numberKind: RecordID.Kind?
    /// How many digits numbers with zeros in front have; 0 where there are none.
    package internal(set) var numberWidth = 0
    /// Whether every id has the form that new ids take.
    package internal(set) var idsAreNumbered = true

    var ids = ByteArena()
    var raws = ByteArena()
    var seen: [Bool] = []
    /// Links whose records the system says are not there; and records without a link.
    var absent: Set<Int> = []
    var absentUnlinked = IDIndex()
    /// Links whose records were asked for, and of which it was not told whether they are there.
    var unknown: Set<Int> = []
    var layouts: [any RecordLayout] = []

    /// A collection that was not read, because it said that nothing changed.
    package static func untouched(stamp: CollectionStamp?) -> Snapshot {
        var snapshot = Snapshot()
        snapshot.isUntouched = true
        snapshot.stamp = stamp
        return snapshot
    }

    /// Whether the record of a link is there, as far as this reading can tell. Of a part of a collection: unless the system said that
    /// it is not.
    package func saw(link: Int) -> Bool {
        if !absent.isEmpty, absent.contains(link) { return false }
        // One that was not met may be among those that cannot be read.
        return isUntouched || !isWhole || !unreadable.isEmpty || (link < seen.count && seen[link])
    }

    /// Whether it cannot be told if the record of a link is there, or what it holds: it was asked for in vain, or may be one of those
    /// that cannot be read. Then nothing follows from it: it is neither gone nor as it was.
    package func isUnknown(link: Int) -> Bool {
        guard hasUnknown else { return false }
        if unknown.contains(link) { return true }
        return isOfAll && !unreadable.isEmpty && !(link < seen.count && seen[link]) && !absent.contains(link)
    }

    /// Whether any record is.
    package var hasUnknown: Bool { !unknown.isEmpty || !unreadable.isEmpty }

    /// Whether all that was read is all that there is.
    package var isOfAll: Bool { isWhole && !isUntouched }

    package func id(_ index: Int) -> RecordID {
        RecordID(key: ids.text(kept[index].id), kind: kept[index].kind)
    }

    package func withKey<R>(_ index: Int, _ body: (UnsafeRawBufferPointer) -> R) -> R {
        ids.withBytes(kept[index].id) { body($0) }
    }

    /// The kept record of a number, parsed.
    package func decode(_ index: Int) throws(RecordFailure) -> Object {
        let layout = Int(kept[index].layout)
        guard layouts.indices.contains(layout) else { throw RecordFailure("the collection was not read") }
        return try raws.withBytes(kept[index].raw) { (raw) throws(RecordFailure) in try layouts[layout].decode(raw) }
    }

    /// The kept record of a number as another layout reads it.
    package func decode(_ index: Int, _ layout: any RecordLayout) throws(RecordFailure) -> Object {
        try raws.withBytes(kept[index].raw) { (raw) throws(RecordFailure) in try layout.decode(raw) }
    }

    /// All that the kept record of a number holds; nil where its bytes spell no record.
    package func whole(_ index: Int) -> WholeRecord? {
        guard let object = try? decode(index) else { return nil }
        return WholeRecord(object: object, raw: raws.bytes(kept[index].raw), position: Int(kept[index].position))
    }

    /// Whether a record without a link is among the kept ones.
    package var hasUnlinked: Bool { kept.contains { $0.link < 0 } }

    /// The ids of records that have no link.
    package func unlinkedIDs() -> IDIndex {
        var index = IDIndex()
        for number in kept.indices where kept[number].link < 0 {
            withKey(number) { key in
                _ = index.append(key, kept[number].kind)
            }
        }
        return index
    }

    /// Gives the raw bytes back to the system, when all that was needed of them has been parsed.
    package mutating func dropRawBytes() { raws = ByteArena() }
}

/// Takes records as they are read, and keeps those that a run has to look at.
package struct SnapshotBuilder {
    package enum Added: Sendable {
        /// It stands as it is remembered.
        case unchanged
        /// It is new or changed, and was kept.
        case kept
        /// The id has been met before in this reading: the first stands, and this one is not counted.
        case duplicate
    }

    private let known: KnownRecords
    /// The ids of the side's links: apart, so that a look-up touches nothing else.
    private let ids: IDIndex
    var snapshot = Snapshot()
    private var unlinked = IDIndex()
    private var nextLink = 0
    private let newIDs: NewIDs

    package init(_ known: KnownRecords, newIDs: NewIDs = .numbered(prefix: "", suffix: "")) {
        self.known = known
        ids = known.links.ids[known.side]
        self.newIDs = newIDs
        snapshot.seen = Array(repeating: false, count: known.links.numbers.count)
    }

    package mutating func add(
        id: UnsafeRawBufferPointer, kind: RecordID.Kind, fingerprint: Fingerprint, raw: UnsafeRawBufferPointer,
        line: Int
    ) -> Added {
        snapshot.count += 1
        note(id, kind)
        let link = self.link(of: id)
        if link >= 0 {
            if snapshot.seen[link] { return duplicate() }
            snapshot.seen[link] = true
            if !snapshot.absent.isEmpty { snapshot.absent.remove(link) }
            if known.trustsFingerprints, known.links.fingerprint(link, known.side) == fingerprint,
                known.wanted.isEmpty || !known.wanted.contains(link)
            {
                return .unchanged
            }
        } else {
            if unlinked.find(id) != nil { return duplicate() }
            unlinked.append(id, kind)
        }
        snapshot.kept.append(
            KeptRecord(
                link: Int32(link), line: UInt32(truncatingIfNeeded: line), kind: kind,
                position: UInt32(truncatingIfNeeded: snapshot.count &- 1), fingerprint: fingerprint,
                id: snapshot.ids.append(id), raw: snapshot.raws.append(raw)))
        return .kept
    }

    /// The system says that there is no such record, or no longer.
    package mutating func addAbsent(id: UnsafeRawBufferPointer) {
        if let link = ids.find(id, where: { !known.links.isRemoved($0) }) {
            snapshot.absent.insert(link)
            // It was deleted after it was read.
            if snapshot.seen[link] { snapshot.kept.removeAll { $0.link == link } }
        } else {
            _ = snapshot.absentUnlinked.append(id, .text)
        }
    }

    private mutating func duplicate() -> Added {
        snapshot.count -= 1
        return .duplicate
    }

    /// The reading of a part of the collection is complete.
    ///
    /// - Parameter cursor: from where changes are to be read next time; nil where the extent was ``ReadExtent/only(_:)``.
    package consuming func finishPart(layout: any RecordLayout, cursor: Cursor?) -> Snapshot {
        snapshot.isWhole = false
        snapshot.layouts = [layout]
        snapshot.cursor = cursor
        return snapshot
    }

    /// The reading of the whole collection is complete.
    package consuming func finish(
        layout: any RecordLayout, stamp: CollectionStamp? = nil, fieldNames: [String]? = nil, cursor: Cursor? = nil,
        expectedCount: Int? = nil, unmetFields: Set<TextKey> = []
    ) -> Snapshot {
        snapshot.layouts = [layout]
        snapshot.cursor = cursor
        snapshot.expectedCount = expectedCount
        snapshot.stamp = stamp
        snapshot.fieldNames = fieldNames
        snapshot.unmetFields = unmetFields
        return snapshot
    }

    /// Collections mostly keep their order, so the link after the last one is tried before a search.
    private mutating func link(of id: UnsafeRawBufferPointer) -> Int {
        if nextLink < ids.count, ids.isKey(id, of: nextLink), !known.links.isRemoved(nextLink) {
            nextLink += 1
            return nextLink - 1
        }
        guard let link = ids.find(id, where: { !known.links.isRemoved($0) }) else { return -1 }
        nextLink = link + 1
        return link
    }

    private mutating func note(_ id: UnsafeRawBufferPointer, _ kind: RecordID.Kind) {
        guard case .numbered(let prefix, let suffix) = newIDs else { return }
        if let number = NewIDs.number(in: id, prefix: prefix, suffix: suffix) {
            if number > snapshot.greatestNumber {
                snapshot.greatestNumber = number
                snapshot.numberKind = kind
            }
            let start = prefix.utf8.count
            let width = id.count - start - suffix.utf8.count
            if width > 1, id[start] == UInt8(ascii: "0"), width > snapshot.numberWidth { snapshot.numberWidth = width }
        } else {
            snapshot.idsAreNumbered = false
        }
    }
}
