import FileIO
import Glibc
import Model
import Synchronization
import TestKit

/// How a run ends too early: at an operation of the disk, perhaps with half of what it wrote last, or at a call to a server.
final class Death: Sendable {
    private struct State {
        var asked = 0
        var isDead = false
        /// The write that was the last operation, and the size that the file had before it.
        var lastWrite: (path: String, size: Int)?
    }

    private let state = Mutex(State())
    private let limit: Int
    private let servers: [FakeServer]

    /// - Parameter limit: the number of the operation that is refused, as are all after it.
    init(at limit: Int, _ servers: [FakeServer]) {
        self.limit = limit
        self.servers = servers
    }

    var isDead: Bool { state.withLock { $0.isDead } }

    /// From now on the process asks for nothing.
    func die() {
        state.withLock { $0.isDead = true }
        for server in servers {
            server.heal()
            server.fail(.unreachable, at: 1, times: .max)
        }
    }

    var disk: Disk {
        Disk { [self] operation throws(FileFailure) in
            let size = operation.kind == .write && limit < .max ? Self.size(of: operation.path) : 0
            let (isDead, dies) = state.withLock { state in
                state.asked += 1
                let dies = !state.isDead && state.asked >= limit
                if !state.isDead, !dies {
                    state.lastWrite = operation.kind == .write ? (operation.path, size) : nil
                }
                return (state.isDead || dies, dies)
            }
            if dies { die() }
            if isDead { throw FileFailure(operation.kind, operation.path, EIO) }
        }
    }

    /// Takes away part of what the last operation wrote, as a power cut may.
    ///
    /// - Parameter part: how much of it stays, of 64.
    func tear(_ part: Int) {
        guard let (path, size) = state.withLock({ $0.lastWrite }) else { return }
        let now = Self.size(of: path)
        guard now > size, let file = try? Disk().openToAppend(path) else { return }
        try? file.truncate(to: size + (now - size) * part / 64)
    }

    private static func size(of path: String) -> Int { Int((try? Disk().identity(path)?.size) ?? 0) }
}
