import Values

extension Plan {
    /// The links as they will be once this plan is carried out: what syncs that translate ids through them go by, before it is.
    package func applied(to links: LinkTable) -> LinkTable {
        var links = links
        let nowhere = StoredRange(file: 0, offset: 0, count: 0)
        for settlement in settlements {
            switch settlement.kind {
            case .link: append(settlement.ids, to: &links, nowhere)
            case .forget, .unlink: links.remove(Int(settlement.link))
            case .agree, .pass, .apart: break
            }
        }
        for operation in operations {
            if operation.bond == .lone { continue }
            switch operation.verb {
            case .create where operation.restores: break
            case .create where operation.target.range.isEmpty:
                links.awaitingID[operation.side.other].insert(id(operation.source))
            case .create:
                let ids =
                    operation.side == .left
                    ? Sides(left: operation.target, right: operation.source)
                    : Sides(left: operation.source, right: operation.target)
                append(ids, to: &links, nowhere)
            case .delete: links.remove(Int(operation.link))
            case .update: break
            }
        }
        return links
    }

    private func append(_ ids: Sides<IDRange>, to links: inout LinkTable, _ base: StoredRange) {
        arena.withBytes(ids.left.range) { left in
            arena.withBytes(ids.right.range) { right in
                _ = links.append(
                    ids: Sides(left: left, right: right), kinds: ids.map(\.kind),
                    fingerprints: Sides(left: .none, right: .none), base: base)
            }
        }
    }
}
