import FileIO
import Model
import Values

extension SyncFolder {
    /// The last runs of the list, the oldest first. A line that was being written when a process died is none.
    package func lastRuns(_ most: Int) throws(StateFailure) -> [RunSummary] {
        var runs: [RunSummary] = []
        for line in try lastLines(most) {
            guard case .object(let object)? = try? JSON.parse(line), let run = RunSummary(object) else { continue }
            runs.append(run)
        }
        return runs.suffix(most)
    }

    /// The last whole lines, and the head of the list where there are fewer.
    private func lastLines(_ most: Int) throws(StateFailure) -> [[UInt8]] {
        try onFiles { () throws(FileFailure) in
            guard let length = try disk.identity(runList).map({ Int($0.size) }) else { return [] }
            let file = try disk.openToRead(runList)
            var size = 1 << 14
            while true {
                let start = max(0, length - size)
                var bytes = [UInt8](repeating: 0, count: length - start)
                let read = bytes.withUnsafeMutableBytes { buffer in
                    Result { () throws(FileFailure) in try file.read(into: buffer, at: start) }
                }
                bytes.removeLast(bytes.count - (try read.get()))
                var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
                // What stands behind the last line feed is not whole; nor is what stands before the first, but at the file's start.
                if !lines.isEmpty { lines.removeLast() }
                if start > 0, !lines.isEmpty { lines.removeFirst() }
                if lines.count >= most || start == 0 { return lines.suffix(most).map(Array.init) }
                size *= 4
            }
        }
    }
}

extension RunSummary {
    /// nil for the head of the list, and for what this Lockstep does not know.
    fileprivate init?(_ object: Object) {
        guard let started = object["started"]?.text.flatMap({ Timestamp($0) }),
            let finished = object["finished"]?.text.flatMap({ Timestamp($0) }),
            let outcome = object["outcome"]?.text.flatMap(RunOutcome.init)
        else { return nil }
        var writes: Sides<WriteCounts>?
        for side in Side.allCases {
            guard case .object(let counts)? = object[side.rawValue] else { continue }
            writes = writes ?? Sides(left: WriteCounts(), right: WriteCounts())
            writes?[side].creates = counts.count("created")
            writes?[side].updates = counts.count("updated")
            writes?[side].deletes = counts.count("deleted")
        }
        self.init(
            run: object["run"]?.text, started: started, finished: finished, outcome: outcome, writes: writes,
            held: object.count("held"), problem: object["problem"]?.text ?? "", plan: object["plan"]?.text)
    }
}

extension Object {
    fileprivate func count(_ name: String) -> Int {
        self[name]?.exactNumber?.int64.flatMap { Int(exactly: $0) } ?? 0
    }
}
