import FileIO
package import Model
package import Values

extension SyncFolder {
    /// What a run that a person asked for wrote down of a record without a link, or of a pair: the base that it left, which has no
    /// entries where there is no pair. nil where the run says nothing of it.
    ///
    /// - Parameters:
    ///   - ids: those of the pair, or the one of the record.
    ///   - fields: the arrows of the sync's fields as they are now.
    package func settled(
        _ ids: Sides<RecordID?>, by run: String, fields: [String]
    ) throws(StateFailure) -> Base? {
        let path = self.run(run)
        let file = try onFiles { () throws(FileFailure) in try disk.openToRead(path) }
        var reader = SealedReader(file, path: path)
        guard let first = try reader.next() else { return nil }
        let columns = LogColumns(stored: try FileHead(first, path: path).fields, now: fields)
        var found: Base?
        while let line = try reader.next() {
            guard let entry = try? Entry(line), entry.settles(ids, line) else { continue }
            let base = entry.base.flatMap { range in
                try? Base(decoding: UnsafeRawBufferPointer(rebasing: line[range]), columns: columns.columns)
            }
            found = base ?? Base(fieldCount: fields.count)
        }
        return found
    }
}

extension Entry {
    fileprivate func settles(_ wanted: Sides<RecordID?>, _ line: UnsafeRawBufferPointer) -> Bool {
        guard [.agree, .pass, .update, .create].contains(kind) else { return false }
        return Side.allCases.contains { side in
            guard let id = wanted[side], let own = ids[side] else { return false }
            return own.withKey(line) { $0.elementsEqual(id.key.utf8) }
        }
    }
}
