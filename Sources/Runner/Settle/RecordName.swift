package import Model
import Values

/// A linked record as a person names it: `left:4711`, `right:R-9`, or the id alone where that is clear.
package struct RecordName: Sendable, Hashable {
    package var text: String
    var side: Side?
    var key: String

    package init(_ text: String) {
        self.text = text
        for side in Side.allCases where text.hasPrefix("\(side):") {
            self.side = side
            key = String(text.dropFirst(side.rawValue.count + 1))
            return
        }
        side = nil
        key = text
    }

    /// A record, or a pair, as commands name it: `left:4711`, or by its right id where it has no left one; nil without any.
    package static func text(_ ids: Sides<String?>) -> String? {
        Side.allCases.lazy.compactMap { side in ids[side].map { "\(side):\($0)" } }.first
    }

    /// The name of a record of a side; nil where it names the other.
    func id(on side: Side) -> RecordID? {
        self.side == side.other ? nil : RecordID(key: key)
    }

    /// The number of the link that is meant.
    func link(in links: LinkTable, of sync: SyncName) throws(SettleFailure) -> Int {
        let found = Sides(left: id(on: .left), right: id(on: .right))
        let left = found.left.flatMap { links.find($0, on: .left) }
        let right = found.right.flatMap { links.find($0, on: .right) }
        if let left, let right, left != right {
            throw .ambiguousRecord(
                key, sync, links.id(left, .right).key, links.id(right, .left).key)
        }
        guard let link = left ?? right else { throw .notLinked(text, sync) }
        return link
    }
}

/// Which links a person means.
package enum WantedRecords: Sendable {
    case named([RecordName])
    case all

    /// Their numbers, each once, in their order.
    func links(in links: LinkTable, of sync: SyncName) throws(SettleFailure) -> [Int] {
        switch self {
        case .all: return links.numbers.filter { !links.isRemoved($0) }
        case .named(let names):
            var numbers: Set<Int> = []
            for name in names { numbers.insert(try name.link(in: links, of: sync)) }
            return numbers.sorted()
        }
    }
}
