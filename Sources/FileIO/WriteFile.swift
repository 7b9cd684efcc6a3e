import Glibc

/// A file being written from its end on, through a buffer. Nothing is on disk for sure before ``sync()``.
///
/// Not for two tasks at once: whoever holds it writes.
package final class WriteFile {
    package let path: String
    /// Bytes in the file, those still in the buffer included.
    package private(set) var size: Int
    private let descriptor: CInt
    private let disk: Disk
    private var buffer: UnsafeMutableRawBufferPointer
    private var filled = 0
    /// Whether all that was handed to the system is on disk.
    private var isOnDisk = false
    private var isLocked = false

    private static let bufferSize = 1 << 18

    init(descriptor: CInt, path: String, size: Int, disk: Disk) {
        self.descriptor = descriptor
        self.path = path
        self.size = size
        self.disk = disk
        buffer = .allocate(byteCount: Self.bufferSize, alignment: 16)
    }

    deinit {
        buffer.deallocate()
        if isLocked { flock(descriptor, LOCK_UN) }
        close(descriptor)
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        size += bytes.count
        if bytes.count > buffer.count - filled { try flush() }
        if bytes.count > buffer.count { return try writeOut(bytes) }
        guard let source = bytes.baseAddress else { return }
        buffer.baseAddress!.advanced(by: filled).copyMemory(from: source, byteCount: bytes.count)
        filled += bytes.count
    }

    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(FileFailure) in try write(bytes) }
        }
        try result.get()
    }

    package func write(_ text: String) throws(FileFailure) {
        try write(Array(text.utf8))
    }

    /// Hands what is in the buffer to the system.
    package func flush() throws(FileFailure) {
        guard filled > 0 else { return }
        let count = filled
        filled = 0
        try writeOut(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer)[..<count]))
    }

    /// Flushes, and comes back when the content is on disk.
    package func sync() throws(FileFailure) {
        try flush()
        if isOnDisk { return }
        try disk.ask(.sync, path)
        guard fdatasync(descriptor) == 0 else { throw FileFailure(.sync, path) }
        isOnDisk = true
    }

    /// Cuts the file to so many bytes, and goes on writing there.
    package func truncate(to size: Int) throws(FileFailure) {
        try flush()
        isOnDisk = false
        try disk.ask(.truncate, path)
        guard ftruncate(descriptor, off_t(size)) == 0, lseek(descriptor, off_t(size), SEEK_SET) >= 0 else {
            throw FileFailure(.truncate, path)
        }
        self.size = size
    }

    /// Makes the file like another in mode, owner and group. Where the owner cannot be kept, that is a failure: whoever
    /// could read and write the one must be able to read and write the other.
    func takeAfter(_ old: FileIdentity) throws(FileFailure) {
        let own = try identity()
        if own.owner != old.owner || own.group != old.group {
            // A failure of the caller's making is told in the same words as one of the system.
            do throws(FileFailure) {
                try disk.ask(.changeOwner, path)
                if fchown(descriptor, old.owner, old.group) != 0 { throw FileFailure(.changeOwner, path) }
            } catch {
                throw FileFailure(
                    .changeOwner, path, error.reason,
                    detail: "it belongs to user \(old.owner) and group \(old.group), and this process writes as user "
                        + "\(own.owner) and group \(own.group)")
            }
        }
        setPermissions(old.permissions)
    }

    package func setPermissions(_ mode: UInt32) {
        // Best effort: a file system without modes refuses, and the content is what counts.
        _ = fchmod(descriptor, mode)
    }

    /// What is open now.
    func identity() throws(FileFailure) -> FileIdentity {
        try disk.ask(.look, path)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(.look, path) }
        return FileIdentity(status)
    }

    /// Locks the file for as long as it is open; false where somebody else has locked it.
    func lock() throws(FileFailure) -> Bool {
        isLocked = try disk.tryLock(descriptor, path)
        return isLocked
    }

    private func writeOut(_ bytes: UnsafeRawBufferPointer) throws(FileFailure) {
        isOnDisk = false
        try disk.ask(.write, path)
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress!.advanced(by: done), bytes.count - done)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(.write, path)
            }
            done += count
        }
    }
}

extension Disk {
    /// Opens a file to be written on from its end; it is made, with mode 0600, where there is none.
    package func openToAppend(_ path: String) throws(FileFailure) -> WriteFile {
        try ask(.open, path)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(.open, path) }
        let end = lseek(descriptor, 0, SEEK_END)
        let file = WriteFile(descriptor: descriptor, path: path, size: max(0, Int(end)), disk: self)
        guard end >= 0 else { throw FileFailure(.open, path) }
        return file
    }
}
