import FileIO
package import Model
package import Values

/// A record that is held, failed or waiting, as it is remembered: told in words, so that it can be shown without the job file.
package struct QueueItem: Sendable, Equatable {
    package enum State: String, Sendable, CaseIterable {
        case held, failed, waiting, conflict
        /// It failed as often as it may, and is not tried again before somebody asks for it.
        case parked
    }

    package var state: State
    package var ids: Sides<String?>
    /// The stable name of the kind of reason.
    package var cause: String
    /// A sentence.
    package var reason: String
    /// Where in the job file the decision stands: `jobs/helpdesk.yaml:27`.
    package var place: String?
    /// When it was first found so.
    package var since: Timestamp?
    /// By which run of the sync that was, counted from 1; 0 where that is not known.
    package var run = 0
    /// Of a write that failed: which, how often it was tried, and when it is tried again; no time where the next run tries it.
    package var write: WriteKey?
    package var attempts = 0
    package var nextTry: Timestamp?

    package init(state: State, ids: Sides<String?>, cause: String, reason: String, place: String? = nil) {
        self.state = state
        self.ids = ids
        self.cause = cause
        self.reason = reason
        self.place = place
    }
}

extension SyncFolder {
    /// What is held, failed or waiting since the last run.
    package func queueItems() throws(StateFailure) -> [QueueItem] {
        let bytes = try onFiles { () throws(FileFailure) in try disk.readIfPresent(queue) } ?? []
        var items: [QueueItem] = []
        for (number, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if line.isEmpty { continue }
            guard case .object(let object)? = try? JSON.parse(Array(line)) else {
                throw .damaged(path: queue, line: number + 1, reason: "the line is not as it was written")
            }
            if number > 0 {
                items.append(QueueItem(object))
                continue
            }
            guard case .int(let version)? = object["version"] else {
                throw .damaged(path: queue, line: 1, reason: "it has no version")
            }
            guard version == 1 else { throw .newer(path: queue, version: Int(version)) }
        }
        return items
    }

    /// Replaces what is held, failed or waiting. Nothing is written where nothing changed.
    package func saveQueue(_ items: [QueueItem]) throws(StateFailure) {
        var lines = [JSON.text(.object(Object([("version", .int(1)), ("sync", .text(sync.description))])))]
        lines += items.map { JSON.text(.object($0.object)) }
        let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
        try onFiles { () throws(FileFailure) in
            let before = try disk.readIfPresent(queue)
            if before == bytes || (before == nil && items.isEmpty) { return }
            try disk.replace(queue, with: bytes)
        }
    }
}

extension QueueItem {
    fileprivate var object: Object {
        var object = Object()
        object["state"] = .text(state.rawValue)
        if let id = ids.left { object["left"] = .text(id) }
        if let id = ids.right { object["right"] = .text(id) }
        object["cause"] = .text(cause)
        object["reason"] = .text(reason)
        if let place { object["place"] = .text(place) }
        if let since { object["since"] = .text(since.description) }
        if run > 0 { object["run"] = .int(Int64(run)) }
        if let write {
            object["attempts"] = .int(Int64(attempts))
            if let nextTry { object["next_try"] = .text(nextTry.description) }
            object["write"] = .object(write.object)
        }
        return object
    }

    fileprivate init(_ object: Object) {
        self.init(
            state: object["state"]?.text.flatMap(State.init) ?? .held,
            ids: Sides(left: object["left"]?.text, right: object["right"]?.text),
            cause: object["cause"]?.text ?? "", reason: object["reason"]?.text ?? "", place: object["place"]?.text)
        since = object["since"]?.text.flatMap { Timestamp($0) }
        run = max(0, Int(object["run"]?.exactNumber?.int64 ?? 0))
        guard case .object(let write)? = object["write"] else { return }
        self.write = WriteKey(write)
        attempts = Int(object["attempts"]?.exactNumber?.int64 ?? 0)
        nextTry = object["next_try"]?.text.flatMap { Timestamp($0) }
    }
}

extension WriteKey {
    fileprivate var object: Object {
        Object([
            ("verb", .text(verb.rawValue)), ("side", .text(side.rawValue)), ("id", id.value),
            ("digest", .text(digest.description)),
        ])
    }

    fileprivate init?(_ object: Object) {
        guard let verb = object["verb"]?.text.flatMap(WriteRequest.Verb.init),
            let side = object["side"]?.text.flatMap(Side.init), let id = object["id"].flatMap({ RecordID($0) }),
            let digest = object["digest"]?.text.flatMap({ Fingerprint($0) })
        else { return nil }
        self.init(verb: verb, side: side, id: id, digest: digest)
    }
}
