package import FileIO
internal import Glibc

/// All that stands below a folder: what a run may have changed, and can be put back.
package struct FileTree: Sendable, Equatable {
    package struct File: Sendable, Equatable {
        package var bytes: [UInt8]
        package var permissions: UInt32

        package init(bytes: [UInt8], permissions: UInt32 = 0o600) {
            self.bytes = bytes
            self.permissions = permissions
        }
    }

    /// By path from the folder on.
    package var files: [String: File] = [:]
    package var folders: Set<String> = []

    /// Reads all that stands below a folder.
    package init(_ root: String) throws(FileFailure) {
        try Self.walk(root) { path, identity throws(FileFailure) in
            if identity.isFolder {
                folders.insert(path)
            } else {
                files[path] = File(bytes: try Disk().read(root + "/" + path), permissions: identity.permissions)
            }
        }
    }

    package func text(_ path: String) -> String? { files[path].map { String(decoding: $0.bytes, as: UTF8.self) } }

    /// Makes a folder hold this and nothing else. Files that are as they should be are not touched.
    package func restore(_ root: String) throws(FileFailure) {
        let now = try FileTree(root)
        for path in now.files.keys where files[path] == nil { unlink(root + "/" + path) }
        for path in now.folders.subtracting(folders).sorted().reversed() { rmdir(root + "/" + path) }
        for path in folders.subtracting(now.folders).sorted() { try Disk().makeFolder(root + "/" + path) }
        for (path, file) in files where now.files[path] != file {
            unlink(root + "/" + path)
            let written = try Disk().openToAppend(root + "/" + path)
            try written.write(file.bytes)
            try written.flush()
            chmod(root + "/" + path, file.permissions)
        }
    }

    /// What tells whether anything below a folder was touched, by path: the identity of each, with its times.
    package static func identities(_ root: String) throws(FileFailure) -> [String: FileIdentity] {
        var all: [String: FileIdentity] = [:]
        try walk(root) { path, identity throws(FileFailure) in all[path] = identity }
        return all
    }

    /// Makes everything below a folder as old as 2001, so that whatever is written afterwards shows, however coarse the clock of the
    /// file system.
    package static func age(_ root: String) throws(FileFailure) {
        try walk(root) { path, _ throws(FileFailure) in
            let time = timespec(tv_sec: 978_307_200, tv_nsec: 0)
            utimensat(AT_FDCWD, root + "/" + path, [time, time], 0)
        }
    }

    private static func walk(
        _ root: String, _ body: (String, FileIdentity) throws(FileFailure) -> Void
    ) throws(FileFailure) {
        var folders = [""]
        while let folder = folders.popLast() {
            for name in try Disk().list(root + "/" + folder) {
                let path = folder.isEmpty ? name : folder + "/" + name
                guard let identity = try Disk().identity(root + "/" + path) else { continue }
                if identity.isFolder { folders.append(path) }
                try body(path, identity)
            }
        }
    }
}
