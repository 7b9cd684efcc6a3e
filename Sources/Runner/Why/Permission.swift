import FileIO
import Glibc
import Values

/// Something on disk that may not be read or written, and the command that lets it be.
struct Permission {
    /// What is done first of all.
    let remedy: [Remedy.Step]

    /// - Returns: nil for a failure of another kind.
    init?(_ failure: FileFailure, of world: World) {
        guard failure.reason == EACCES || failure.reason == EPERM else { return nil }
        let path = Self.nearest(failure.path, world)
        guard let identity = try? world.disk.identity(path) else { return nil }
        // Whoever owns it can let themselves; anybody else has to be given it.
        let isOwn = identity.owner == geteuid() || geteuid() == 0
        let access = identity.isFolder ? "u+rwx" : "u+rw"
        remedy = [.shell(isOwn ? ["chmod", access, path] : ["sudo", "chown", world.user(), path])]
    }

    /// The path, or where it cannot be seen the folder that keeps it from being seen.
    private static func nearest(_ path: String, _ world: World) -> String {
        var path = path
        while (try? world.disk.identity(path)) ?? nil == nil, path != folder(of: path) { path = folder(of: path) }
        return path
    }
}

extension World {
    /// Why a file cannot be replaced; nil where nothing is known to be in the way.
    func obstacle(toWriting path: String) -> FileFailure? {
        do throws(FileFailure) {
            guard let identity = try disk.identity(path) else { return nil }
            let mode = "its mode is " + String(identity.permissions, radix: 8)
            // A file that nobody may write is meant to stay as it is, whoever asks.
            let isFree = identity.permissions & 0o222 == 0 ? false : try disk.mayWrite(path)
            if !isFree {
                return FileFailure(.write, path, EACCES, detail: mode)
            }
            let folder = folder(of: path)
            return try disk.mayWrite(folder) ? nil : FileFailure(.write, folder, EACCES)
        } catch {
            return error
        }
    }
}
