package import Model
package import Values

/// How far a side has been read, and what a reading of its changes has to ask for beside them.
package struct SideProgress: Sendable, Equatable {
    /// From where changes are to be read; nil where the next reading is of the whole.
    package var cursor: Cursor?
    /// When a run that went to its end last read the whole, by this host's clock.
    package var readWhole: Timestamp?
    /// Records without a link that are held, failed or waiting: they are looked at again though they do not change.
    package var awaited: [RecordID] = []
    /// How many records without a link there are at most beside those; nil where nobody counted.
    package var unseen: Int?

    /// So many records are asked for one by one; more are had with less by reading the whole.
    package static let greatestAwaited = 1000

    package init() {}
}

extension SideProgress {
    var value: Value {
        var object = Object()
        object["cursor"] = cursor.map { .text($0.text) } ?? .null
        object["read_whole"] = readWhole.map { .text($0.description) } ?? .null
        object["awaited"] = .list(awaited.map(\.value))
        object["unseen"] = unseen.map { .int(Int64($0)) } ?? .null
        return .object(object)
    }

    init(_ fields: HeaderFields) throws(StateFailure) {
        cursor = try fields.optionalText("cursor").map { Cursor($0) }
        readWhole = try fields.timestamp("read_whole")
        awaited = try fields.ids("awaited")
        unseen = try fields.count("unseen")
    }
}
