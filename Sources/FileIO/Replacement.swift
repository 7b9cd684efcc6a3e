internal import Glibc

/// A new content for a file, written beside it. Nothing happens to the file before ``commit()``; a replacement that is dropped
/// leaves no trace.
package final class Replacement {
    package let file: WriteFile
    private let target: String
    private let temporary: String
    private let disk: Disk
    private var isOpen = true

    init(file: WriteFile, target: String, temporary: String, disk: Disk) {
        self.file = file
        self.target = target
        self.temporary = temporary
        self.disk = disk
    }

    deinit {
        if isOpen { unlink(temporary) }
    }

    /// Puts the new content in the place of the old: synced, renamed, the folder synced. Another process sees the one or the
    /// other, never a mixture.
    package func commit() throws(FileFailure) {
        try file.sync()
        try disk.rename(temporary, to: target)
        isOpen = false
        try disk.syncFolder(of: target)
    }
}

extension Disk {
    /// Starts a new content for a file. It gets the mode of the old one, or the one given where there is none. A link is followed,
    /// so that it still stands afterwards.
    package func replacement(for path: String, mode: UInt32 = 0o600) throws(FileFailure) -> Replacement {
        let target = resolved(path)
        // One fixed name: what a killed process left is taken over by the next, and never piles up.
        let temporary = target + ".lockstep-new"
        let permissions = try identity(target)?.permissions ?? mode
        try ask(.open, temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw FileFailure(.open, temporary) }
        let file = WriteFile(descriptor: descriptor, path: target, size: 0, disk: self)
        file.setPermissions(permissions)
        return Replacement(file: file, target: target, temporary: temporary, disk: self)
    }

    /// Replaces the content of a file as a whole.
    package func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o600) throws(FileFailure) {
        let replacement = try replacement(for: path, mode: mode)
        try replacement.file.write(bytes)
        try replacement.commit()
    }

    private func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
