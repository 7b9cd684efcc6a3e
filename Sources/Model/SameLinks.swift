// Whether what was read for one asker answers another.
extension KnownRecords {
    /// Whether links have the same numbers and ids, so that a snapshot that was read for the one can be held against the other.
    package func numbersLinks(as other: KnownRecords) -> Bool {
        side == other.side && links.numbers == other.links.numbers && links.removed == other.links.removed
            && links.ids.left.hasSameIDs(as: other.links.ids.left)
            && links.ids.right.hasSameIDs(as: other.links.ids.right)
    }

    /// The same records, none of which may be passed over.
    package var keepingAll: KnownRecords { KnownRecords(links: links, side: side, trustsFingerprints: false) }
}

extension IDIndex {
    fileprivate func hasSameIDs(as other: IDIndex) -> Bool {
        keys == other.keys
            && entries.elementsEqual(other.entries) {
                $0.offset == $1.offset && $0.count == $1.count && $0.kind == $1.kind
            }
    }
}
