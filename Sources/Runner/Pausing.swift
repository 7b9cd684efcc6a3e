import FileIO
import JobFiles
package import Model
package import StateStore
import Values

// Stopping syncs for a while without a commit.
extension Workspace {
    /// Pauses the syncs of a selection. A run that is at work goes to its end.
    ///
    /// - Returns: those that were not paused before.
    package func pause(
        _ selection: Selection, reason: String, world: World
    ) throws(PausingFailure) -> [SyncName] {
        let pause = Pause(by: world.user(), since: world.now(), reason: reason)
        return try each(of: selection, world) { (folder) throws(StateFailure) in
            if try folder.pause() != nil { return false }
            try folder.save(pause)
            return true
        }
    }

    /// Ends the pause of the syncs of a selection: what changed meanwhile is picked up by their next runs.
    ///
    /// - Returns: those that were paused.
    package func resume(_ selection: Selection, world: World) throws(PausingFailure) -> [SyncName] {
        try each(of: selection, world) { (folder) throws(StateFailure) in
            guard try folder.pause() != nil else { return false }
            try folder.save(nil)
            return true
        }
    }

    /// The syncs of a selection of which something is so.
    private func each(
        of selection: Selection, _ world: World, _ isSo: (SyncFolder) throws(StateFailure) -> Bool
    ) throws(PausingFailure) -> [SyncName] {
        let names: [SyncName]
        do {
            names = try selection.syncs(of: checked.jobs).map(\.sync.name)
        } catch {
            throw .unknown(error)
        }
        var found: [SyncName] = []
        for name in names {
            do {
                if try isSo(state(of: name, world)) { found.append(name) }
            } catch {
                throw .state(error.description)
            }
        }
        return found
    }
}

/// Why a pause was not begun or ended.
package enum PausingFailure: Error, Sendable {
    case unknown(Selection.Unknown)
    /// The state cannot be read or written, with the sentence that says why.
    case state(String)
}

extension Pause {
    /// Who, since when and why, as a sentence goes on.
    package var words: String {
        "paused by \(by) since \(since)" + (reason.isEmpty ? "" : ": \(reason)")
    }
}
