import FileIO
package import Model
package import Values

/// When the records of a link last came to hold what they hold, as the files of runs tell.
package enum LastSettled: Sendable, Equatable {
    /// The run that wrote one of them, paired them, or found that both came to agree: its whole name.
    case by(run: String)
    /// None of the runs from this one on did; those before it left no file, or are too many to look through.
    case before(run: String)
    /// No run left a file.
    case unknown

    /// The run, and whether it is the one that did.
    package var run: (name: String, isKnown: Bool)? {
        switch self {
        case .by(let run): (run, true)
        case .before(let run): (run, false)
        case .unknown: nil
        }
    }
}

extension SyncFolder {
    /// Looks through the files of runs, the newest first, and stops at the first that moved a link.
    ///
    /// - Parameter most: so many files are read.
    package func lastSettled(_ ids: Sides<RecordID>, most: Int) throws(StateFailure) -> LastSettled {
        var oldest: String?
        for run in try runsWithLogs().suffix(most).reversed() {
            if try settles(ids, run) { return .by(run: run) }
            oldest = run
        }
        return oldest.map { .before(run: $0) } ?? .unknown
    }

    private func settles(_ ids: Sides<RecordID>, _ run: String) throws(StateFailure) -> Bool {
        let path = self.run(run)
        let file = try onFiles { () throws(FileFailure) in try disk.openToRead(path) }
        var reader = SealedReader(file, path: path)
        guard try reader.next() != nil else { return false }
        // The lines that moved it, without the writes that took no effect.
        var lines: Set<Int> = []
        while let line = try reader.next() {
            guard let entry = try? Entry(line) else { continue }
            switch entry.kind {
            case .moved, .refused, .failed:
                let undone = entry.first..<entry.first &+ max(1, entry.kind == .failed ? entry.count : 1)
                lines = lines.filter { !undone.contains($0) }
            default:
                if entry.moves(ids, line) { lines.insert(reader.number) }
            }
        }
        return !lines.isEmpty
    }
}

extension Entry {
    /// Whether it says that one of two records was written, or that they agree on something new.
    fileprivate func moves(_ wanted: Sides<RecordID>, _ line: UnsafeRawBufferPointer) -> Bool {
        switch kind {
        case .create, .update, .restore, .link: break
        case .agree where base != nil: break
        default: return false
        }
        return Side.allCases.contains { side in
            ids[side].map { $0.withKey(line) { $0.elementsEqual(wanted[side].key.utf8) } } ?? false
        }
    }
}
