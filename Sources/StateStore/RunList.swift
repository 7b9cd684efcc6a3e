import FileIO
package import Model
package import Values

/// One run, as `runs.jsonl` tells of it.
package struct RunSummary: Sendable {
    /// The run's file; nil where it wrote none, for there was nothing to write.
    package var run: String?
    package var started: Timestamp
    package var finished: Timestamp
    package var outcome: RunOutcome
    /// What was written; nil where the run failed: what it wrote before stands in its file.
    package var writes: Sides<WriteCounts>?
    package var held: Int
    /// A sentence of what went wrong; empty where nothing did.
    package var problem: String
    /// The digest of the saved plan that the run carried out; nil for every other run.
    package var plan: String?

    package init(
        run: String?, started: Timestamp, finished: Timestamp, outcome: RunOutcome, writes: Sides<WriteCounts>?,
        held: Int, problem: String = "", plan: String? = nil
    ) {
        self.plan = plan
        self.run = run
        self.started = started
        self.finished = finished
        self.outcome = outcome
        self.writes = writes
        self.held = held
        self.problem = problem
    }
}

extension SyncFolder {
    /// Adds a line to the list of runs.
    package func append(_ summary: RunSummary) throws(StateFailure) {
        let line = JSON.text(.object(summary.object)) + "\n"
        try onFiles { () throws(FileFailure) in
            let file = try disk.openToAppend(runList)
            let whole = try wholeLines(of: file.size)
            if whole < file.size { try file.truncate(to: whole) }
            if whole == 0 {
                try file.write(#"{"version":1,"sync":"# + JSON.text(.text(sync.description)) + "}\n")
            }
            try file.write(line)
            try file.flush()
        }
    }

    /// The bytes of the list up to its last whole line: what stands behind was being written when a process died.
    private func wholeLines(of size: Int) throws(FileFailure) -> Int {
        var tail = [UInt8](repeating: 0, count: min(size, 1 << 16))
        if tail.isEmpty { return 0 }
        let start = size - tail.count
        let file = try disk.openToRead(runList)
        let read = tail.withUnsafeMutableBytes { buffer in
            Result { () throws(FileFailure) in try file.read(into: buffer, at: start) }
        }
        let count = try read.get()
        return tail[..<count].lastIndex(of: 0x0A).map { start + $0 + 1 } ?? (start == 0 ? 0 : size)
    }
}

extension RunSummary {
    fileprivate var object: Object {
        var object = Object()
        object["run"] = run.map { .text($0) } ?? .null
        object["started"] = .text(started.description)
        object["finished"] = .text(finished.description)
        object["outcome"] = .text(outcome.rawValue)
        if !problem.isEmpty { object["problem"] = .text(problem) }
        if let plan { object["plan"] = .text(plan) }
        guard let writes else { return object }
        for side in Side.allCases {
            object[side.rawValue] = .object(
                Object([
                    ("created", .int(Int64(writes[side].creates))), ("updated", .int(Int64(writes[side].updates))),
                    ("deleted", .int(Int64(writes[side].deletes))),
                ]))
        }
        object["held"] = .int(Int64(held))
        return object
    }
}
