import Glibc

/// The disk: the only way by which Lockstep touches files. Every operation passes `before` first, which may throw in its place,
/// so that a test can count, refuse, or die at the Nth.
package struct Disk: Sendable {
    let before: @Sendable (DiskOperation) throws(FileFailure) -> Void
    /// How long a write waits for another process that writes the same file.
    package let patience: Duration

    package init(
        patience: Duration = .seconds(20),
        before: @escaping @Sendable (DiskOperation) throws(FileFailure) -> Void = { _ throws(FileFailure) in }
    ) {
        self.patience = patience
        self.before = before
    }

    func ask(_ kind: DiskOperation.Kind, _ path: String) throws(FileFailure) {
        try before(DiskOperation(kind, path))
    }

    /// What the path names; nil where nothing is there.
    package func identity(_ path: String) throws(FileFailure) -> FileIdentity? {
        try ask(.look, path)
        var status = stat()
        guard stat(path, &status) == 0 else {
            let failure = FileFailure(.look, path)
            if failure.isMissing { return nil }
            throw failure
        }
        return FileIdentity(status)
    }

    package func exists(_ path: String) -> Bool {
        (try? identity(path)) != nil
    }

    /// Whether this process may read what a path names.
    package func mayRead(_ path: String) throws(FileFailure) -> Bool {
        try ask(.look, path)
        return access(path, R_OK) == 0
    }

    /// Whether this process may write to the file, or make and replace files in the folder, that a path names.
    package func mayWrite(_ path: String) throws(FileFailure) -> Bool {
        try ask(.look, path)
        return access(path, W_OK) == 0
    }

    /// The whole content of a file.
    package func read(_ path: String) throws(FileFailure) -> [UInt8] {
        let file = try openToRead(path)
        let size = try Int(file.identity().size)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size + 1)
        var buffer = [UInt8](repeating: 0, count: max(4096, min(size + 1, 1 << 20)))
        while true {
            let count = try file.read(into: &buffer)
            if count == 0 { return bytes }
            bytes.append(contentsOf: buffer[..<count])
        }
    }

    /// The content of a file, or nil where there is none.
    package func readIfPresent(_ path: String) throws(FileFailure) -> [UInt8]? {
        do {
            return try read(path)
        } catch {
            if error.isMissing { return nil }
            throw error
        }
    }

    package func openToRead(_ path: String) throws(FileFailure) -> ReadFile {
        try ask(.open, path)
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(.open, path) }
        let file = ReadFile(descriptor: descriptor, path: path, disk: self)
        if try file.identity().isFolder { throw FileFailure(.read, path, EISDIR) }
        return file
    }

    /// The names in a folder, sorted by bytes; without `.` and `..`.
    package func list(_ path: String) throws(FileFailure) -> [String] {
        try ask(.list, path)
        guard let folder = opendir(path) else { throw FileFailure(.list, path) }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Makes a folder and those above it, each with mode 0700; one that is there already is left as it is.
    package func makeFolder(_ path: String) throws(FileFailure) {
        if try identity(path)?.isFolder == true { return }
        let parent = folder(of: path)
        if parent != path, parent != "." && parent != "/" { try makeFolder(parent) }
        try ask(.makeFolder, path)
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw FileFailure(.makeFolder, path) }
        // Else a power cut could take the folder away, and with it the memory of what was written elsewhere.
        try syncFolder(of: path)
    }

    package func remove(_ path: String) throws(FileFailure) {
        try ask(.remove, path)
        guard unlink(path) == 0 || errno == ENOENT else { throw FileFailure(.remove, path) }
    }

    package func rename(_ path: String, to target: String) throws(FileFailure) {
        try ask(.rename, target)
        guard Glibc.rename(path, target) == 0 else { throw FileFailure(.rename, target) }
    }

    /// Gives a file a second name, which is taken from another file where that has it.
    package func link(_ path: String, to target: String) throws(FileFailure) {
        try remove(target)
        try ask(.rename, target)
        guard Glibc.link(path, target) == 0 else { throw FileFailure(.rename, target) }
    }

    /// Makes what was renamed or made in the folder of a path outlive a power cut.
    package func syncFolder(of path: String) throws(FileFailure) {
        let folder = folder(of: path)
        try ask(.syncFolder, path)
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw FileFailure(.syncFolder, path) }
        defer { close(descriptor) }
        // Some file systems have no sync for folders and say so; that is no failure of ours.
        guard fsync(descriptor) == 0 || errno == EINVAL else { throw FileFailure(.syncFolder, path) }
    }
}

/// The folder that holds a path: `a/b` for `a/b/c`, `.` for `c`.
package func folder(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    let folder = path[..<slash]
    return folder.isEmpty ? "/" : String(folder)
}

/// A path below a folder; an absolute path stays what it is.
package func path(_ name: String, in folder: String) -> String {
    if name.hasPrefix("/") || folder.isEmpty || folder == "." { return name }
    return folder.hasSuffix("/") ? folder + name : folder + "/" + name
}
