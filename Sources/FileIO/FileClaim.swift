internal import Glibc

/// What comes of asking for a file that is to be replaced.
package enum FileClaim: Sendable {
    /// It is open, and locked against others who replace files so, for as long as the file or its ``Replacement`` lives.
    case taken(ReadFile, FileIdentity)
    /// Somebody else has it now: who, in words.
    case busy(String)
}

extension Disk {
    /// Opens a file that is to be replaced by another content, and locks it: processes that replace a file so do it one after another,
    /// and each reads what the one before it wrote. The lock is that of the file itself, and leaves nothing beside it.
    package func openToReplace(_ path: String) throws(FileFailure) -> FileClaim {
        while true {
            try checkWritable(path)
            try ask(.open, path)
            // Some network file systems lock only what is open for writing.
            let descriptor = open(path, O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else { throw FileFailure(.open, path) }
            guard try tryLock(descriptor, path) else {
                defer { close(descriptor) }
                return .busy(try holder(ofLocked: descriptor))
            }
            let file = ReadFile(descriptor: descriptor, path: path, disk: self, isLocked: true)
            let identity = try file.identity()
            // Who had the lock before may have put another file in its place.
            if let there = try self.identity(path), there.isSameFile(as: identity) { return .taken(file, identity) }
        }
    }

    /// A file that is to be replaced is not opened for writing by that, so that nothing else would heed its mode.
    private func checkWritable(_ path: String) throws(FileFailure) {
        guard let identity = try identity(path) else { throw FileFailure(.open, path, ENOENT) }
        if identity.isFolder { throw FileFailure(.write, path, EISDIR) }
        let mode = "its mode is " + String(identity.permissions, radix: 8)
        // To the superuser every file is writable; one that nobody may write is meant to stay as it is all the same.
        if identity.permissions & 0o222 == 0 { throw FileFailure(.write, path, EACCES, detail: mode) }
        try ask(.look, path)
        guard faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 else { throw FileFailure(.write, path, detail: mode) }
    }

    /// Takes the lock of an open file; false where somebody else has it.
    func tryLock(_ descriptor: CInt, _ path: String) throws(FileFailure) -> Bool {
        try ask(.lock, path)
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileFailure(.lock, path) }
            return false
        }
        return true
    }

    /// Who has locked an open file, as the system lists it: `process 4711`.
    private func holder(ofLocked descriptor: CInt) throws(FileFailure) -> String {
        var status = stat()
        guard fstat(descriptor, &status) == 0, let table = try? read("/proc/locks") else { return "another process" }
        let inode = ":" + String(status.st_ino)
        for line in String(decoding: table, as: UTF8.self).split(separator: "\n") {
            // 1: FLOCK  ADVISORY  WRITE 4711 08:01:1311 0 EOF
            let words = line.split(separator: " ")
            if words.count >= 6, words[1] == "FLOCK", words[5].hasSuffix(inode) { return "process \(words[4])" }
        }
        return "another process"
    }
}
