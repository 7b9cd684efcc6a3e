package import Values

/// A record of a collection that cannot be read, while those around it can.
package struct UnreadableRecord: Sendable, Hashable {
    /// nil where that cannot be read either.
    package var id: RecordID?
    /// Where it stands, and what is wrong with it.
    package var message: String

    package init(id: RecordID?, message: String) {
        self.id = id
        self.message = message
    }
}

extension SnapshotBuilder {
    /// Takes a record that cannot be read.
    package mutating func addUnreadable(_ message: String) {
        snapshot.count += 1
        snapshot.unreadable.append(UnreadableRecord(id: nil, message: message))
    }

    /// The record that was kept last cannot be read.
    package mutating func setAsideLast(_ message: String) {
        guard let record = snapshot.kept.popLast() else { return }
        if record.link >= 0 { snapshot.seen[Int(record.link)] = false }
        let id = RecordID(key: snapshot.ids.text(record.id), kind: record.kind)
        snapshot.unreadable.append(UnreadableRecord(id: id, message: message))
    }

    /// Whether so many cannot be read that most likely something is wrong with the whole collection.
    package var isMostlyUnreadable: Bool {
        let count = snapshot.unreadable.count
        return count > 100 || count * 2 > snapshot.count
    }
}
