import Glibc

/// A lock that dies with its holder, as `flock(2)` gives it. Held until the last reference goes.
package final class FileLock: Sendable {
    private let descriptor: CInt

    init(descriptor: CInt) { self.descriptor = descriptor }

    deinit {
        // A child that was forked but is not yet another program has a copy of the descriptor, which would keep the lock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

extension Disk {
    /// Takes the lock of a file, which is made where there is none, and writes who holds it into it. Where another process holds it,
    /// what that one wrote comes back instead.
    package func lock(_ path: String, holder: String) throws(FileFailure) -> Lock {
        try ask(.lock, path)
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileFailure(.lock, path) }
        let lock = FileLock(descriptor: descriptor)
        var looks = 5
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileFailure(.lock, path) }
            // Somebody who only looks, as `holder(of:)` does, has it for a moment.
            looks -= 1
            guard looks > 0 else { return .held(by: try holderText(path)) }
            usleep(10_000)
        }
        let bytes = Array(holder.utf8)
        guard ftruncate(descriptor, 0) == 0 else { throw FileFailure(.lock, path) }
        let count = pwrite(descriptor, bytes, bytes.count, 0)
        // Less than all is written, without an error, where the disk fills up in between.
        if count < bytes.count { throw FileFailure(.lock, path, count < 0 ? errno : ENOSPC) }
        return .taken(lock)
    }

    /// Who holds the lock of a file, as the holder wrote it; nil where nobody does, or where there is no such file.
    package func holder(of path: String) throws(FileFailure) -> String? {
        try ask(.lock, path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw FileFailure(.lock, path)
        }
        let lock = FileLock(descriptor: descriptor)
        defer { withExtendedLifetime(lock) {} }
        while flock(descriptor, LOCK_SH | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileFailure(.lock, path) }
            return try holderText(path)
        }
        return nil
    }

    private func holderText(_ path: String) throws(FileFailure) -> String {
        String(decoding: try readIfPresent(path) ?? [], as: UTF8.self)
    }

    package enum Lock: Sendable {
        case taken(FileLock)
        case held(by: String)
    }
}
