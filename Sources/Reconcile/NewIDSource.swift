import Model
import Values

/// Gives ids to records that are made on a side, and sees to it that none is given twice.
struct NewIDSource {
    private let side: Side
    private let capabilities: Capabilities
    private let links: LinkTable
    private let snapshot: Snapshot
    private var last: Int64
    private var given = IDIndex()
    /// Ids of records of the collection that have no link; made when first asked for.
    private var unlinked: IDIndex?

    init(_ side: Side, _ inputs: Inputs) {
        self.side = side
        capabilities = inputs.capabilities[side]
        links = inputs.links
        snapshot = inputs.snapshots[side]
        last = snapshot.greatestNumber
    }

    /// The id of a new record: the one that its fields say, or a number of its own.
    mutating func id(_ said: RecordID?) throws(Hold.Reason) -> RecordID {
        let id: RecordID
        if let said { id = said } else { id = try numbered() }
        guard !isTaken(id) else { throw .idTaken(side: side, id: id) }
        var key = id.key
        key.withUTF8 { bytes in
            _ = given.append(UnsafeRawBufferPointer(bytes), id.kind)
        }
        return id
    }

    private mutating func numbered() throws(Hold.Reason) -> RecordID {
        let cannot = Hold.Reason.noNewID(side: side, fields: capabilities.idFields.map(\.text))
        guard case .numbered(let prefix, let suffix) = capabilities.newIDs, snapshot.idsAreNumbered,
            capabilities.idFields.count == 1
        else { throw cannot }
        let kind: RecordID.Kind = prefix.isEmpty && suffix.isEmpty && capabilities.values != .text ? .number : .text
        while last < Int64.max {
            last += 1
            let id = RecordID(key: "\(prefix)\(last)\(suffix)", kind: kind)
            // A record that is gone may still have its link, and with it its number.
            if !isTaken(id) { return id }
        }
        throw cannot
    }

    private mutating func isTaken(_ id: RecordID) -> Bool {
        if links.find(id, on: side) != nil || given.find(id) != nil { return true }
        if unlinked == nil { unlinked = snapshot.unlinkedIDs() }
        return unlinked?.find(id) != nil
    }
}
