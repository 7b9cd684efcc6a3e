internal import Glibc

/// What tells whether a path still names the same, untouched file: device, inode, size, and the times of content and inode.
package struct FileIdentity: Sendable, Hashable {
    package var device: UInt64
    package var inode: UInt64
    package var size: Int64
    package var modified: Int64
    package var changed: Int64
    package var permissions: UInt32
    /// The numbers of the user and the group that it belongs to.
    package var owner: UInt32
    package var group: UInt32
    package var isFolder: Bool
    /// Whether it is a file on a disk, and no folder, pipe or device.
    package var isPlain: Bool

    /// Whether both are one file, whatever was done to it meanwhile.
    func isSameFile(as other: FileIdentity) -> Bool { device == other.device && inode == other.inode }

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        modified = Int64(status.st_mtim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_mtim.tv_nsec)
        changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
        permissions = status.st_mode & 0o7777
        owner = status.st_uid
        group = status.st_gid
        isFolder = status.st_mode & S_IFMT == S_IFDIR
        isPlain = status.st_mode & S_IFMT == S_IFREG
    }
}
