import FileIO
package import Model
package import Values

extension SyncFolder {
    /// The updates of the last runs to those of some pairs that were written often, the oldest first.
    ///
    /// The logs are first looked through for the ids alone, which costs about what loading them costs; what was written is decoded only
    /// of pairs that were written often enough.
    ///
    /// - Parameters:
    ///   - runs: so many runs are looked back at.
    ///   - largest: no log that is larger is read.
    ///   - pairs: the ids of links.
    ///   - often: how many updates a pair must have.
    package func recentUpdates(
        runs: Int, largest: Int64, of pairs: [Sides<RecordID>], often: Int, _ fields: [String]
    ) throws(StateFailure) -> [LoggedWrite] {
        if pairs.isEmpty { return [] }
        let names = try runsWithLogs().suffix(runs)
        var search = UpdateSearch(pairs, often: often)
        var found: [String] = []
        for (at, run) in names.reversed().enumerated() {
            guard search.canBeOften(in: names.count - at) else { break }
            let size = try onFiles { () throws(FileFailure) in try disk.identity(self.run(run))?.size ?? 0 }
            if size <= largest, try look(into: run, &search) { found.append(run) }
        }
        let frequent = search.frequent
        if frequent.isEmpty { return [] }
        var updates: [LoggedWrite] = []
        for run in found.reversed() {
            updates += try log(of: run, fields: fields).writes.filter { write in
                write.verb == .update && write.ids.left.map(frequent.contains) ?? false
            }
        }
        return updates
    }

    /// Whether a run wrote to any of the pairs.
    private func look(into run: String, _ search: inout UpdateSearch) throws(StateFailure) -> Bool {
        let path = self.run(run)
        let file = try onFiles { () throws(FileFailure) in try disk.openToRead(path) }
        var reader = SealedReader(file, path: path)
        var isFound = false
        while let line = try reader.next() {
            do {
                if try search.meets(line) { isFound = true }
            } catch {
                throw .damaged(path: path, line: reader.number, reason: error.reason)
            }
        }
        return isFound
    }
}

/// How often pairs were written, by the logs of runs from the newest on.
private struct UpdateSearch {
    private let pairs: [Sides<RecordID>]
    private let often: Int
    private var ids = IDIndex()
    private var counts: [Int]
    private var greatest = 0

    /// A run writes a record of either side of a pair, but for what moved meanwhile.
    private static let updatesInRun = 2
    private static let word = Array(#"{"update":"#.utf8)

    init(_ pairs: [Sides<RecordID>], often: Int) {
        self.pairs = pairs
        self.often = often
        counts = Array(repeating: 0, count: pairs.count)
        ids.reserve(pairs.count)
        for pair in pairs {
            var key = pair.left.key
            key.withUTF8 { _ = ids.append(UnsafeRawBufferPointer($0), pair.left.kind) }
        }
    }

    /// Whether any pair can have been written often, with so many logs still to be looked into.
    func canBeOften(in logs: Int) -> Bool { greatest + logs * Self.updatesInRun >= often }

    /// The left ids of the pairs that were written often.
    var frequent: Set<RecordID> { Set(pairs.indices.filter { counts[$0] >= often }.map { pairs[$0].left }) }

    /// Whether a line is an update of one of the pairs.
    mutating func meets(_ line: UnsafeRawBufferPointer) throws(Entry.Malformed) -> Bool {
        guard line.count > Self.word.count, line.prefix(Self.word.count).elementsEqual(Self.word) else { return false }
        let entry = try Entry(line)
        guard let id = entry.ids.left, let number = id.withKey(line, { ids.find($0) }) else { return false }
        counts[number] += 1
        greatest = max(greatest, counts[number])
        return true
    }
}
