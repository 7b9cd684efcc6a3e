import Model
import Values

/// Gives ids to records that are made on a side, and sees to it that none is given twice.
struct NewIDSource {
    private let side: Side
    private let capabilities: Capabilities
    private let links: LinkTable
    private let snapshot: Snapshot
    private var last: Int64
    /// The ids that some new records are to get, by those that they are made from; and all of these ids.
    private let reserved: [RecordID: RecordID]
    private let reservedIDs: Set<RecordID>
    /// The greatest number of before.
    let known: Int64
    private var greatestSaid: Int64 = 0
    private var given = IDIndex()
    /// Ids of records of the collection that have no link; made when first asked for.
    private var unlinked: IDIndex?
    private var unlinkedNumbers: [Int] = []

    init(_ side: Side, _ inputs: Inputs) {
        self.side = side
        capabilities = inputs.capabilities[side]
        links = inputs.links
        snapshot = inputs.snapshots[side]
        known = max(snapshot.greatestNumber, inputs.greatestNumbers[side])
        last = known
        reserved = inputs.reserved[side]
        reservedIDs = Set(reserved.values)
    }

    /// The id of a new record: the one that its fields say, or a number of its own.
    ///
    /// - Parameter source: the record that it is made from.
    mutating func id(_ said: RecordID?, for source: RecordID? = nil) throws(Hold.Reason) -> RecordID {
        if case .assigned = capabilities.newIDs { return .unassigned }
        let id: RecordID
        if let said, let number = self.number(in: said) { greatestSaid = max(greatestSaid, number) }
        if let given = said ?? reservedID(source) { id = given } else { id = try numbered() }
        guard !isTaken(id) else { throw .idTaken(side: side, id: id) }
        var key = id.key
        key.withUTF8 { bytes in
            _ = given.append(UnsafeRawBufferPointer(bytes), id.kind)
        }
        return id
    }

    /// Takes the id of a record that is gone for one that takes its place, with its link.
    mutating func reclaim(_ id: RecordID) throws(Hold.Reason) {
        if unlinked == nil { unlinked = snapshot.unlinkedIDs() }
        guard given.find(id) == nil, unlinked?.find(id) == nil else { throw .idTaken(side: side, id: id) }
        var key = id.key
        key.withUTF8 { bytes in
            _ = given.append(UnsafeRawBufferPointer(bytes), id.kind)
        }
    }

    /// The id that was shown for a new record, where no other has it by now.
    private mutating func reservedID(_ source: RecordID?) -> RecordID? {
        guard case .numbered = capabilities.newIDs, let id = source.flatMap({ reserved[$0] }),
            let number = number(in: id),
            !isTaken(id)
        else { return nil }
        last = max(last, number)
        return id
    }

    private mutating func numbered() throws(Hold.Reason) -> RecordID {
        let cannot = Hold.Reason.noNewID(side: side, fields: capabilities.idFields.map(\.text))
        guard case .numbered(let prefix, let suffix) = capabilities.newIDs, snapshot.idsAreNumbered,
            capabilities.idFields.count == 1
        else { throw cannot }
        let isBare = prefix.isEmpty && suffix.isEmpty && capabilities.values != .text
        let kind: RecordID.Kind = isBare ? snapshot.numberKind ?? .number : .text
        while last < Int64.max {
            last += 1
            let digits = String(last)
            let zeros = kind == .number ? 0 : max(0, snapshot.numberWidth - digits.utf8.count)
            let id = RecordID(key: prefix + String(repeating: "0", count: zeros) + digits + suffix, kind: kind)
            // A record that is gone may still have its link, and with it its number.
            if !reservedIDs.contains(id), !isTaken(id) { return id }
        }
        throw cannot
    }

    /// The greatest number that the side ever had, or has been given.
    var greatest: Int64 { max(last, greatestSaid) }

    private func number(in id: RecordID) -> Int64? {
        guard case .numbered(let prefix, let suffix) = capabilities.newIDs else { return nil }
        var key = id.key
        return key.withUTF8 { NewIDs.number(in: UnsafeRawBufferPointer($0), prefix: prefix, suffix: suffix) }
    }

    /// The number of the record without a link that has an id; nil where none has.
    mutating func unlinkedRecord(_ id: RecordID) -> Int? {
        if unlinked == nil { unlinked = snapshot.unlinkedIDs() }
        guard let at = unlinked?.find(id) else { return nil }
        if unlinkedNumbers.isEmpty { unlinkedNumbers = snapshot.kept.indices.filter { snapshot.kept[$0].link < 0 } }
        return unlinkedNumbers.indices.contains(at) ? unlinkedNumbers[at] : nil
    }

    private mutating func isTaken(_ id: RecordID) -> Bool {
        if links.find(id, on: side) != nil || given.find(id) != nil { return true }
        if unlinked == nil { unlinked = snapshot.unlinkedIDs() }
        return unlinked?.find(id) != nil
    }
}
