import FileIO
package import Model
package import Values

/// One run, as `runs.jsonl` tells of it.
package struct RunSummary: Sendable {
    package var run: String
    package var started: Timestamp
    package var finished: Timestamp
    package var outcome: String
    package var writes: Sides<WriteCounts>
    package var held: Int

    package init(
        run: String, started: Timestamp, finished: Timestamp, outcome: String, writes: Sides<WriteCounts>, held: Int
    ) {
        self.run = run
        self.started = started
        self.finished = finished
        self.outcome = outcome
        self.writes = writes
        self.held = held
    }
}

extension SyncFolder {
    /// Adds a line to the list of runs.
    package func append(_ summary: RunSummary) throws(StateFailure) {
        let line = JSON.text(.object(summary.object)) + "\n"
        try onFiles { () throws(FileFailure) in
            let file = try disk.openToAppend(runList)
            if file.size == 0 {
                try file.write(#"{"version":1,"sync":"# + JSON.text(.text(sync.description)) + "}\n")
            }
            try file.write(line)
            try file.flush()
        }
    }
}

extension RunSummary {
    fileprivate var object: Object {
        var object = Object()
        object["run"] = .text(run)
        object["started"] = .text(started.description)
        object["finished"] = .text(finished.description)
        object["outcome"] = .text(outcome)
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
