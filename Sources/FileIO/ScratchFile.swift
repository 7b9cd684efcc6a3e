import Glibc

/// A file without a name: nobody else finds it, and it is gone with the last reference, however the process ends.
///
/// Not for two tasks at once while it is written.
package final class ScratchFile: Sendable {
    private let file: ReadFile
    private let descriptor: CInt
    private let disk: Disk
    private let path: String

    fileprivate init(descriptor: CInt, path: String, disk: Disk) {
        self.descriptor = descriptor
        self.path = path
        self.disk = disk
        file = ReadFile(descriptor: descriptor, path: path, disk: disk)
    }

    /// Writes at its end.
    package func append(_ bytes: [UInt8]) throws(FileFailure) {
        try disk.ask(.write, path)
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes {
                write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(.write, path)
            }
            done += count
        }
    }

    /// At most so many bytes from an offset on; fewer only at the end.
    package func read(_ count: Int, at offset: Int) throws(FileFailure) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        let result = bytes.withUnsafeMutableBytes { buffer in
            Result { () throws(FileFailure) in try file.read(into: buffer, at: offset) }
        }
        bytes.removeLast(count - (try result.get()))
        return bytes
    }
}

/// `O_TMPFILE` of Linux, which the importer of C leaves out.
private let unnamed: CInt = 0o20_000_000 | O_DIRECTORY

extension Disk {
    /// A new file on the disk of a folder, with mode 0600.
    package func scratchFile(in folder: String) throws(FileFailure) -> ScratchFile {
        try ask(.open, folder)
        var descriptor = open(folder, unnamed | O_RDWR | O_CLOEXEC, 0o600)
        // Not every file system has files without names: there it loses its name at once.
        if descriptor < 0, errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL {
            var name = Array("\(folder)/.scratch-XXXXXX".utf8CString)
            descriptor = mkstemp(&name)
            if descriptor >= 0 {
                _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
                unlink(name)
            }
        }
        guard descriptor >= 0 else { throw FileFailure(.open, folder) }
        return ScratchFile(descriptor: descriptor, path: folder, disk: self)
    }
}
