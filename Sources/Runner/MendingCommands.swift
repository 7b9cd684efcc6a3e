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
        guard let left = ids.left ?? candidates.left.first, let right = ids.right ?? candidates.right.first else {
            return ""
        }
        return ", or pair two by hand: " + link(left, right)
    }

    /// Behind what keeps a record from being made: another one has its id.
    func link(with id: RecordID, on side: Side) -> String {
        guard let own = ids[side.other] else { return "" }
        return ". If they are one: " + (side == .left ? link(id, own) : link(own, id))
    }

    /// Behind "the one that was made".
    func link(made candidates: [RecordID], on side: Side) -> String {
        guard let own = ids[side.other], let made = candidates.first else { return "" }
        return " (\(side == .left ? link(made, own) : link(own, made)))"
    }

    private func link(_ left: RecordID, _ right: RecordID) -> String {
        "lockstep link \(sync) \(Self.quoted(left.key)) \(Self.quoted(right.key))"
    }

    private var record: String? {
        for side in Side.allCases {
            if let id = ids[side], id.isAssigned { return Self.quoted("\(side):\(id.key)") }
        }
        return nil
    }

    /// A word as a shell takes it.
    private static func quoted(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "-_.:/@+,".utf8.contains(byte)
            }
        }
        return isPlain && !word.isEmpty && !word.hasPrefix("-") ? word : "'" + word.replacing("'", with: #"'\''"#) + "'"
    }
}
