import Model
import Values

extension Plan {
    /// A fingerprint of a write, by which it is known again in a later plan: of the records, what they were, the fields with what they
    /// held and are to hold, and the base of the link. The number of the link is none of it, nor how many records stand before one:
    /// both change with other records.
    func digest(of operation: Operation) -> Fingerprint {
        var hash = FingerprintHash()
        hash.add("\(operation.verb.rawValue) \(operation.side.rawValue) \(operation.archives) ")
        hash.add("\(operation.link >= 0 && operation.link < firstNewLink) ")
        for id in [operation.target, operation.source] {
            hash.add("\(id.kind.rawValue) \(id.range.count) ")
            arena.withBytes(id.range) { hash.update($0) }
        }
        let fields = fieldSets.indices.contains(Int(operation.fieldSet)) ? fieldSets[Int(operation.fieldSet)] : []
        for field in fields {
            hash.add("\(field) ")
            guard operation.archives else { continue }
            let archived = archive[operation.side][field]
            hash.add("\(archived.path)=\(JSON.text(archived.value)) ")
        }
        for range in [operation.base, operation.before] {
            hash.add("\(range.count) ")
            arena.withBytes(range) { hash.update($0) }
        }
        // Of a record that is to be deleted the partner is gone: what the link remembers of it is nothing that was read.
        for side in Side.allCases where operation.verb != .delete || side == operation.side {
            hash.add("\(side.rawValue) \(operation.fingerprints[side]) ")
        }
        return hash.finish()
    }

    /// The links that are made or end without a write.
    var savedLinks: [SavedLink] {
        settlements.compactMap { settlement in
            switch settlement.kind {
            case .link, .forget, .unlink: break
            case .agree, .pass, .apart: return nil
            }
            var hash = FingerprintHash()
            hash.add("\(settlement.kind.rawValue) \(settlement.fingerprints.left) \(settlement.fingerprints.right) ")
            arena.withBytes(settlement.base) { hash.update($0) }
            return SavedLink(kind: settlement.kind, ids: settlement.ids.map { id($0) }, digest: hash.finish())
        }
    }

    /// The records of a write, by side; nil for one that there is not, or that has no id yet.
    func ids(of operation: Operation) -> Sides<RecordID?> {
        var ids = Sides<RecordID?>(left: nil, right: nil)
        ids[operation.side] = operation.target.range.isEmpty ? nil : id(operation.target)
        ids[operation.side.other] = operation.source.range.isEmpty ? nil : id(operation.source)
        return ids
    }
}

extension FingerprintHash {
    mutating func add(_ text: String) {
        var text = text
        text.withUTF8 { update(UnsafeRawBufferPointer($0)) }
    }
}
