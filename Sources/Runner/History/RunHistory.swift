import FileIO
import JobFiles
package import Model
import StateStore
import Values

/// What the runs of a sync did, as the files tell that they left behind.
package struct RunHistory {
    private let sync: Sync
    private let folder: SyncFolder

    /// nil where the workspace has no such sync.
    package init?(_ name: SyncName, _ workspace: Workspace, world: World) {
        guard let sync = workspace.checked.jobs.flatMap(\.syncs).first(where: { $0.name == name }) else { return nil }
        self.sync = sync
        folder = workspace.state(of: name, world)
    }

    package var name: SyncName { sync.name }

    /// The last runs that wrote, held something or failed, the oldest first.
    package func runs(last most: Int) throws(HistoryFailure) -> [PastRun] {
        try onState { () throws(StateFailure) in try folder.lastRuns(most).map(PastRun.init) }
    }

    /// What a run wrote, in the order in which it was written.
    ///
    /// - Parameter run: its whole name.
    package func writes(of run: String) throws(HistoryFailure) -> [PlannedWrite] {
        let fields = sync.fields.map(\.text)
        return try onState { () throws(StateFailure) in try folder.log(of: run, fields: fields).writes.map(shown) }
    }

    /// What runs wrote to a record and to its partner, the oldest first.
    ///
    /// - Parameter name: `left:4711`, `right:R-9`, or the id alone for both.
    package func writes(to name: String) throws(HistoryFailure) -> [(run: String, write: PlannedWrite)] {
        let name = RecordName(name)
        var found: [(run: String, write: PlannedWrite)] = []
        for run in try onState({ () throws(StateFailure) in try folder.runsWithLogs() }) {
            for write in try writes(of: run) {
                let ids = write.ids
                let isMeant = Side.allCases.contains { side in
                    name.id(on: side).map { $0.key.hasSameBytes(as: ids[side].key) } ?? false
                }
                if isMeant { found.append((run, write)) }
            }
        }
        return found
    }

    /// The last writes, the newest first.
    package func lastWrites(_ most: Int) throws(HistoryFailure) -> [(run: String, write: PlannedWrite)] {
        var found: [(run: String, write: PlannedWrite)] = []
        for run in try onState({ () throws(StateFailure) in try folder.runsWithLogs() }).reversed() {
            if found.count >= most { break }
            found += try writes(of: run).reversed().prefix(most - found.count).map { (run, $0) }
        }
        return found
    }

    private func shown(_ write: LoggedWrite) -> PlannedWrite {
        let id = write.ids[write.side] ?? RecordID(key: "")
        let partner = write.ids[write.side.other] ?? RecordID(key: "")
        return PlannedWrite(verb: write.verb, side: write.side, id: id, partner: partner, fields: fields(of: write))
    }

    private func fields(of write: LoggedWrite) -> [PlannedWrite.Field] {
        switch write.verb {
        case .update:
            return write.fields.map { field in
                let after = field.number.flatMap { write.base?.entries[$0]?.values[write.side] }
                return PlannedWrite.Field(path: path(field, write.side), before: field.was, after: after ?? .null)
            }
        case .create:
            return sync.fields.indices.compactMap { number in
                guard let path = sync.fields[number].path(on: write.side),
                    let value = write.base?.entries[number]?.values[write.side], value != .null
                else { return nil }
                return PlannedWrite.Field(path: path.text, before: .null, after: value)
            }
        case .delete:
            return (write.record?.object.map { ($0, $1) } ?? []).map { name, value in
                PlannedWrite.Field(path: name, before: value, after: .null)
            }
        }
    }

    private func path(_ field: LoggedWrite.Field, _ side: Side) -> String {
        field.number.flatMap { sync.fields[$0].path(on: side)?.text } ?? field.arrow
    }

    private func onState<R>(_ body: () throws(StateFailure) -> R) throws(HistoryFailure) -> R {
        do {
            return try body()
        } catch {
            throw HistoryFailure(sentence: error.description)
        }
    }
}

/// The files that runs left behind cannot be read.
package struct HistoryFailure: Error, Sendable {
    package let sentence: String
}

extension PlannedWrite {
    fileprivate var ids: Sides<RecordID> {
        side == .left ? Sides(left: id, right: partner) : Sides(left: partner, right: id)
    }
}
