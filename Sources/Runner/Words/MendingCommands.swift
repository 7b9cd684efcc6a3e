import Diagnostics
import Model
import Values

/// The commands that settle what is held, for the record that is.
struct MendingCommands {
    private let sync: SyncName
    private let ids: Sides<RecordID?>

    init(_ sync: SyncName, _ ids: Sides<RecordID?>) {
        self.sync = sync
        self.ids = ids
    }

    /// Behind "take one".
    var resolve: String { record.map { ": lockstep resolve \(sync) \($0) --take left (or right)" } ?? "" }

    /// Behind what a system said.
    var retry: String { record.map { ". Once that is mended: lockstep retry \(sync) \($0)" } ?? "" }

    /// Behind "make their keys differ".
    func link(among candidates: Sides<[RecordID]>) -> String {
        link(ids.left ?? candidates.left.first, ids.right ?? candidates.right.first)
            .map { ", or pair two by hand: \($0)" } ?? ""
    }

    /// Behind what keeps a record from being made: another one has its id.
    func link(with id: RecordID, on side: Side) -> String {
        link(own: ids[side.other], id, on: side).map { ". If they are one: \($0)" } ?? ""
    }

    private func link(own: RecordID?, _ other: RecordID?, on side: Side) -> String? {
        side == .left ? link(other, own) : link(own, other)
    }

    private func link(_ left: RecordID?, _ right: RecordID?) -> String? {
        guard let left = left.flatMap({ Self.quoted($0.key) }), let right = right.flatMap({ Self.quoted($0.key) })
        else {
            return nil
        }
        return "lockstep link \(sync) \(left) \(right)"
    }

    private var record: String? {
        for side in Side.allCases {
            if let id = ids[side], id.isAssigned, let name = Self.quoted("\(side):\(id.key)") { return name }
        }
        return nil
    }

    /// A word as a shell takes it; nil for one that cannot be shown as it is.
    private static func quoted(_ word: String) -> String? {
        guard word.escapedForDisplay.hasSameBytes(as: word) else { return nil }
        return ShellWord.quoted(word)
    }
}
