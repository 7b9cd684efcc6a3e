import Model
import Values

/// A link that a run has to look at: which of its records was kept by the reading, and which is gone.
struct TouchedLink {
    var link: Int
    /// The number of the kept record on each side; nil where the record stands as it is remembered, or is gone.
    var kept: Sides<Int?>
    var gone: Sides<Bool>
}

/// What the readings found, against what is remembered.
struct Changes {
    var touched: [TouchedLink] = []
    /// Links that stay as they are, one record archived and the other as it was when that was done; and those among them that a new
    /// record may take up again.
    var restingCount = 0
    var resting: [TouchedLink] = []
    /// Kept records without a link, in the order of their collection.
    var unlinked = Sides<[Int]>(left: [], right: [])
    /// Links of which a record could not be had or read: whatever their other record shows, nothing follows for now.
    var unknown: [Int] = []
}

extension Changes {
    init(_ snapshots: Sides<Snapshot>, _ links: LinkTable) {
        var kept = Sides<[Int: Int]>(left: [:], right: [:])
        for side in Side.allCases {
            for (number, record) in snapshots[side].kept.enumerated() {
                if record.link < 0 {
                    unlinked[side].append(number)
                } else {
                    kept[side][Int(record.link)] = number
                }
            }
        }
        if kept.left.isEmpty, kept.right.isEmpty, snapshots.left.isUntouched, snapshots.right.isUntouched { return }
        let hasUnknown = snapshots.left.hasUnknown || snapshots.right.hasUnknown
        for link in links.numbers where !links.isRemoved(link) {
            if hasUnknown, snapshots.left.isUnknown(link: link) || snapshots.right.isUnknown(link: link) {
                unknown.append(link)
                continue
            }
            let gone = snapshots.map { !$0.saw(link: link) }
            let numbers = kept.map { $0[link] }
            if let archived = links.archivedSide(link), !gone[archived], numbers[archived.other] == nil,
                links.fingerprint(link, archived.other) != .none
            {
                restingCount += 1
                guard gone[archived.other], !unlinked[archived.other].isEmpty else { continue }
                resting.append(TouchedLink(link: link, kept: numbers, gone: gone))
                continue
            }
            if gone.left || gone.right || numbers.left != nil || numbers.right != nil {
                touched.append(TouchedLink(link: link, kept: numbers, gone: gone))
            }
        }
    }
}
