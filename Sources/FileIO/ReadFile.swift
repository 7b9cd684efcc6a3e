import Glibc

/// A file open for reading. Closed when the last reference goes.
package final class ReadFile: Sendable {
    package let path: String
    private let descriptor: CInt
    private let disk: Disk
    /// Whether it is locked, so that no other process replaces it.
    private let isLocked: Bool

    init(descriptor: CInt, path: String, disk: Disk, isLocked: Bool = false) {
        self.descriptor = descriptor
        self.path = path
        self.disk = disk
        self.isLocked = isLocked
    }

    deinit {
        // A child that was forked but is not yet another program has a copy of the descriptor, which would keep the lock.
        if isLocked { flock(descriptor, LOCK_UN) }
        close(descriptor)
    }

    /// What is open now: of the file itself, whatever its path names by now.
    package func identity() throws(FileFailure) -> FileIdentity {
        try disk.ask(.look, path)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileFailure(.look, path) }
        return FileIdentity(status)
    }

    /// Reads on from where the last read ended. 0 is the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer) throws(FileFailure) -> Int {
        try disk.ask(.read, path)
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count >= 0 { return count }
            if errno != EINTR { throw FileFailure(.read, path) }
        }
    }

    package func read(into buffer: inout [UInt8]) throws(FileFailure) -> Int {
        try disk.ask(.read, path)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 { return count }
            if errno != EINTR { throw FileFailure(.read, path) }
        }
    }

    /// Fills the buffer from an offset; less comes back only at the end of the file.
    package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFailure) -> Int {
        try disk.ask(.read, path)
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress!.advanced(by: done), buffer.count - done, off_t(offset + done))
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileFailure(.read, path)
            }
            done += count
        }
        return done
    }
}
