package import FileIO
internal import Glibc
internal import Synchronization

/// A disk whose power goes off at the Nth thing that it is asked: every later one fails, and then ``cut(_:)`` takes away what was not
/// synced. A file keeps what stood in it when it was last synced; a folder, if it comes to the worst, the names that it had then.
///
/// What stands in the folder when this is made counts as synced.
package final class PowerCut: Sendable {
    package enum Names: String, Sendable, CaseIterable {
        /// What was renamed, made or removed stays so, whether or not the folder was synced.
        case stand
        /// Every folder has the names that it had when it was last synced.
        case lost
    }

    private struct State {
        var asked = 0
        var last: String?
        /// By inode: how much of a file is on the disk for sure.
        var sizes: [UInt64: Int64] = [:]
        /// By path: the inode that the name stands for on the disk for sure.
        var names: [String: UInt64] = [:]
    }

    private let state: Mutex<State>
    private let folder: String
    private let limit: Int
    /// Holds on to files that lose their names.
    private let kept: ScratchFolder

    package init(_ folder: String, at limit: Int) throws {
        self.folder = folder
        self.limit = limit
        kept = try ScratchFolder()
        state = Mutex(State())
        for (path, file) in try Self.files(folder) {
            state.withLock { $0.sizes[file.inode] = file.size }
            try keep(path, file.inode)
        }
    }

    package var asked: Int { state.withLock { $0.asked } }
    /// The operation at which the power went.
    package var last: String { state.withLock { $0.last } ?? "it did not go off" }

    package var disk: Disk {
        Disk { [self] operation throws(FileFailure) in
            let isOff = state.withLock { state in
                state.asked += 1
                if state.asked == limit { state.last = "\(operation.kind.rawValue) \(operation.path)" }
                return state.asked >= limit
            }
            if isOff { throw FileFailure(operation.kind, operation.path, EIO) }
            switch operation.kind {
            case .sync: noteSync(operation.path)
            case .syncFolder: noteFolder(FileIO.folder(of: operation.path))
            default: break
            }
        }
    }

    /// Takes away what was not synced.
    package func cut(_ names: Names) throws {
        let (durable, sizes) = state.withLock { ($0.names, $0.sizes) }
        if names == .lost {
            for (path, file) in try Self.files(folder) where durable[path] != file.inode { unlink(path) }
            for (path, inode) in durable {
                if try Disk().identity(path)?.inode == inode { continue }
                guard link("\(kept.path)/\(inode)", path) == 0 else { throw Breach("cannot put back \(path)") }
            }
        }
        for (path, file) in try Self.files(folder) {
            let size = sizes[file.inode] ?? 0
            if size < file.size { truncate(path, off_t(size)) }
        }
    }

    /// A file is synced under the name that it will have: where a new content lies beside it, it is that.
    private func noteSync(_ path: String) {
        let new = path + ".lockstep-new"
        guard let file = (try? Disk().identity(new)) ?? (try? Disk().identity(path)) else { return }
        state.withLock { $0.sizes[file.inode] = file.size }
    }

    private func noteFolder(_ path: String) {
        guard let names = try? Disk().list(path) else { return }
        state.withLock { state in
            state.names = state.names.filter { FileIO.folder(of: $0.key) != path }
        }
        for name in names {
            let file = path + "/" + name
            guard let identity = try? Disk().identity(file), !identity.isFolder else { continue }
            try? keep(file, identity.inode)
        }
    }

    private func keep(_ path: String, _ inode: UInt64) throws {
        let copy = "\(kept.path)/\(inode)"
        if try Disk().identity(copy) == nil, link(path, copy) != 0 { throw Breach("cannot keep \(path)") }
        state.withLock { $0.names[path] = inode }
    }

    private static func files(_ folder: String) throws -> [(path: String, file: FileIdentity)] {
        var found: [(String, FileIdentity)] = []
        var folders = [folder]
        while let folder = folders.popLast() {
            for name in try Disk().list(folder) {
                let path = folder + "/" + name
                guard let identity = try Disk().identity(path) else { continue }
                if identity.isFolder { folders.append(path) } else { found.append((path, identity)) }
            }
        }
        return found
    }
}
