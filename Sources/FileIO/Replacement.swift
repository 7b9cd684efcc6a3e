internal import Glibc

/// A new content for a file, written beside it. Nothing happens to the file before ``takePlace(of:)``; a replacement that is
/// dropped leaves no trace.
///
/// While it is open it is locked, as the file is that it replaces: what lies there unlocked was left by a process that died.
package final class Replacement {
    package let file: WriteFile
    /// The path as it was given, which may be that of a link.
    private let path: String
    private let target: String
    private let temporary: String
    private let disk: Disk
    /// What is replaced, with its lock; nil where the caller sees to it that nobody else replaces it.
    private let original: ReadFile?
    private var isOpen = true

    init(file: WriteFile, path: String, target: String, temporary: String, disk: Disk, original: ReadFile?) {
        self.file = file
        self.path = path
        self.target = target
        self.temporary = temporary
        self.disk = disk
        self.original = original
    }

    deinit {
        if isOpen { try? disk.remove(temporary) }
    }

    /// Puts the new content in the place of the old: synced, renamed, the folder synced. Another process sees the one or the
    /// other, never a mixture.
    package func commit() throws(FileFailure) {
        try file.sync()
        try takePlace()
        try syncFolder()
    }

    /// Puts the new content, which was synced, in the place of the file that was read. false, and nothing is done, where the path
    /// names something else by now, or somebody wrote to it: nothing stands between that look and the renaming.
    package func takePlace(of read: FileIdentity) throws(FileFailure) -> Bool {
        try disk.ask(.rename, target)
        guard try disk.identity(path) == read else { return false }
        try renameNow()
        return true
    }

    /// Makes the renaming outlive a power cut.
    package func syncFolder() throws(FileFailure) { try disk.syncFolder(of: target) }

    private func takePlace() throws(FileFailure) {
        try disk.ask(.rename, target)
        try renameNow()
    }

    private func renameNow() throws(FileFailure) {
        guard rename(temporary, target) == 0 else { throw FileFailure(.rename, target) }
        isOpen = false
    }
}

extension Disk {
    /// Starts a new content for a file. It gets the mode, the owner and the group of the old one, or the mode given where there is
    /// none. A link is followed, so that it still stands afterwards.
    ///
    /// - Parameter original: the file that is replaced, as ``openToReplace(_:)`` gave it; stays locked as long as the replacement lives.
    package func replacement(
        for path: String, mode: UInt32 = 0o600, original: ReadFile? = nil
    ) throws(FileFailure) -> Replacement {
        let target = try resolved(path)
        // One fixed name: what a killed process left is found by the next that writes, and never piles up.
        let temporary = target + ".lockstep-new"
        let old = try identity(target)
        let file = try make(temporary, for: target)
        let replacement = Replacement(
            file: file, path: path, target: target, temporary: temporary, disk: self, original: original)
        if let old { try file.takeAfter(old) } else { file.setPermissions(mode) }
        return replacement
    }

    /// Replaces the content of a file as a whole.
    package func replace(_ path: String, with bytes: [UInt8], mode: UInt32 = 0o600) throws(FileFailure) {
        let replacement = try replacement(for: path, mode: mode)
        try replacement.file.write(bytes)
        try replacement.commit()
    }

    /// Makes the new file, and locks it.
    private func make(_ temporary: String, for target: String) throws(FileFailure) -> WriteFile {
        while true {
            try ask(.open, temporary)
            let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            if descriptor < 0, errno == EEXIST {
                try removeLeftover(temporary)
                continue
            }
            guard descriptor >= 0 else { throw FileFailure(.open, temporary) }
            let file = WriteFile(descriptor: descriptor, path: target, size: 0, disk: self)
            // Before it was locked another could take it for one that was left.
            do throws(FileFailure) {
                if try file.lock(), try identity(temporary)?.isSameFile(as: file.identity()) == true { return file }
            } catch {
                try? remove(temporary)
                throw error
            }
        }
    }

    /// Removes what a process that died left; one that lives has locked it.
    private func removeLeftover(_ temporary: String) throws(FileFailure) {
        try ask(.open, temporary)
        let descriptor = open(temporary, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        let leftover = descriptor < 0 ? nil : FileLock(descriptor: descriptor)
        if leftover != nil, try !tryLock(descriptor, temporary) { throw FileFailure(.lock, temporary, EWOULDBLOCK) }
        try remove(temporary)
        withExtendedLifetime(leftover) {}
    }

    /// The path without links, as far as there is something.
    private func resolved(_ path: String) throws(FileFailure) -> String {
        try ask(.look, path)
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }
}
