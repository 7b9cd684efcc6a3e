package import FileIO
internal import Glibc
internal import Synchronization

/// A thing that a run asks of the disk, found again in a run that does the same: the nth operation of a kind on a path. What the tasks
/// of a run ask at once comes in any order, and so the number among all operations would not name it.
package struct DiskPoint: Sendable, Hashable, CustomStringConvertible {
    package var operation: DiskOperation
    /// From 1.
    package var occurrence: Int

    package init(_ operation: DiskOperation, occurrence: Int) {
        self.operation = operation
        self.occurrence = occurrence
    }

    /// Whether the operation changes what is on the disk, or says when that is safe.
    package var isChange: Bool {
        switch operation.kind {
        case .write, .sync, .rename, .remove, .truncate, .makeFolder, .syncFolder, .changeOwner: true
        case .open, .read, .look, .list, .lock: false
        }
    }

    package var description: String { "\(operation.kind.rawValue) \(operation.path), no. \(occurrence)" }
}

/// What befalls a run at a point.
package enum DiskEvent: Sendable, Hashable {
    /// The process is gone before the operation: nothing is asked of the disk any more.
    case death
    /// As ``death``, after half of a write.
    case tornDeath
    /// The process kills itself with a signal that it cannot catch: before the operation, after it, or after half of a write.
    case kill, killAfter, tornKill
    /// The operation is refused, with the system's number of the reason; the process goes on.
    case refusal(CInt)
}

/// A disk that remembers what it was asked, and at one point does what a test says.
package final class DiskScript: Sendable {
    private struct State {
        var counts: [DiskOperation: Int] = [:]
        var points: [DiskPoint] = []
        var isDead = false
        /// A write that went through and is to be cut, and the size of its file before it.
        var torn: (path: String, size: Int)?
        var killsNext = false
        var isMet = false
    }

    private let state = Mutex(State())
    private let point: DiskPoint?
    private let event: DiskEvent
    private let observe: @Sendable (DiskOperation) -> Void

    /// - Parameter observe: is told of each operation before it is made.
    package init(
        _ event: DiskEvent = .death, at point: DiskPoint? = nil,
        observe: @escaping @Sendable (DiskOperation) -> Void = { _ in }
    ) {
        self.event = event
        self.point = point
        self.observe = observe
    }

    /// All that was asked, up to the death if there was one.
    package var points: [DiskPoint] { state.withLock { $0.points } }
    /// Whether its point came, where it has one.
    package var isMet: Bool { point == nil || state.withLock { $0.isMet } }
    /// Whether it died at its point.
    package var isDead: Bool { state.withLock { $0.isDead } }

    package var disk: Disk {
        Disk { [self] operation throws(FileFailure) in
            observe(operation)
            let reason = state.withLock { ask(operation, &$0) }
            if let reason { throw FileFailure(operation.kind, operation.path, reason) }
        }
    }

    /// To be called when the run is over: cuts the write that the death has torn.
    package func finish() {
        state.withLock { state in
            cut(&state)
            if state.killsNext { kill(getpid(), SIGKILL) }
        }
    }

    private func ask(_ operation: DiskOperation, _ state: inout State) -> CInt? {
        if state.killsNext {
            cut(&state)
            kill(getpid(), SIGKILL)
        }
        if state.isDead { return EIO }
        let occurrence = state.counts[operation, default: 0] + 1
        state.counts[operation] = occurrence
        let here = DiskPoint(operation, occurrence: occurrence)
        state.points.append(here)
        return here == point ? strike(operation, &state) : nil
    }

    private func strike(_ operation: DiskOperation, _ state: inout State) -> CInt? {
        state.isMet = true
        switch event {
        case .refusal(let reason): return reason
        case .kill: kill(getpid(), SIGKILL)
        case .killAfter: state.killsNext = true
        case .death:
            state.isDead = true
            return EIO
        case .tornDeath:
            state.isDead = true
            state.torn = written(operation)
        case .tornKill:
            state.killsNext = true
            state.torn = written(operation)
        }
        return nil
    }

    /// The file that a write goes to: a new content stands beside the file that it is for.
    private func written(_ operation: DiskOperation) -> (path: String, size: Int) {
        let new = operation.path + ".lockstep-new"
        let path = access(new, F_OK) == 0 ? new : operation.path
        return (path, size(path))
    }

    private func cut(_ state: inout State) {
        guard let torn = state.torn else { return }
        state.torn = nil
        truncate(torn.path, off_t((torn.size + size(torn.path)) / 2))
    }

    private func size(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 ? Int(status.st_size) : 0
    }
}
