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
        try log(of: run).map(shown)
    }

    /// What runs wrote to a record and to its partner, the oldest first.
    ///
    /// - Parameter name: `left:4711`, `right:R-9`, or the id alone for both.
    package func writes(to name: String) throws(HistoryFailure) -> [PastWrite] {
        let name = RecordName(name)
        let undos = Set(try runs(last: .max).filter { $0.outcome == .undo }.compactMap(\.name))
        var found: [PastWrite] = []
        for run in try onState({ () throws(StateFailure) in try folder.runsWithLogs() }) {
            for logged in try log(of: run) {
                let isMeant = Side.allCases.contains { side in
                    guard let meant = name.id(on: side), let id = logged.ids[side] else { return false }
                    return meant.key.hasSameBytes(as: id.key)
                }
                guard isMeant else { continue }
                let origin: PastWrite.Origin =
                    undos.contains(run) ? .undo : logged.setFields.isEmpty ? .side(logged.side.other) : .archive
                var past = PastWrite(run: run, origin: origin, write: shown(logged))
                if case .side(let side) = origin { past.found = sources(of: logged, on: side) }
                found.append(past)
            }
        }
        return found
    }

    private func log(of run: String) throws(HistoryFailure) -> [LoggedWrite] {
        let fields = sync.fields.map(\.text)
        return try onState { () throws(StateFailure) in try folder.log(of: run, fields: fields).writes }
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

    /// What the fields held that the values of a write came from.
    private func sources(of write: LoggedWrite, on side: Side) -> [PlannedWrite.Field] {
        let numbers: [Int] =
            switch write.verb {
            case .create: Array(sync.fields.indices)
            case .update: write.fields.compactMap(\.number)
            case .delete: []
            }
        return numbers.compactMap { number in
            guard let path = sync.fields[number].path(on: side),
                let value = write.base?.entries[number]?.values[side]
            else { return nil }
            return PlannedWrite.Field(path: path.text, before: .null, after: value)
        }
    }

    private func fields(of write: LoggedWrite) -> [PlannedWrite.Field] {
        switch write.verb {
        case .update:
            return write.fields.map { field in
                let after = field.number.flatMap { write.base?.entries[$0]?.values[write.side] }
                return PlannedWrite.Field(path: path(field, write.side), before: field.was, after: after ?? .null)
            }
                + write.setFields.map { field in
                    PlannedWrite.Field(path: field.path.text, before: field.was, after: field.wrote ?? .null)
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
