internal import FileIO
internal import Glibc

/// A folder for the files of a test; it is gone with the last reference.
package final class ScratchFolder: Sendable {
    package let path: String

    /// - Parameter inMemory: whether it may lie in memory, where the system has a folder for that: for a test in which only what the
    ///   kernel was handed counts.
    package init(inMemory: Bool = false) throws {
        let root = inMemory && access(Self.memory, W_OK) == 0 ? Self.memory : Self.root
        var template = Array("\(root)/lockstep-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw FileFailure(.makeFolder, root) }
        path = String(cString: made)
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        for name in (try? Disk().list(path)) ?? [] where unlink(path + "/" + name) != 0 { remove(path + "/" + name) }
        rmdir(path)
    }

    private static let memory = "/dev/shm"
    private static let root = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

    /// Writes a file, and gives its path.
    @discardableResult
    package func write(_ name: String, _ bytes: [UInt8]) throws -> String {
        let disk = Disk()
        let path = self.path + "/" + name
        // Written in place, as an editor might: nothing depends on how it came there.
        let file = try disk.openToAppend(path)
        try file.truncate(to: 0)
        try file.write(bytes)
        try file.flush()
        return path
    }

    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String {
        try write(name, Array(text.utf8))
    }

    package func read(_ name: String) throws -> [UInt8] { try Disk().read(path + "/" + name) }

    package func text(_ name: String) throws -> String { String(decoding: try read(name), as: UTF8.self) }

    package var names: [String] { (try? Disk().list(path)) ?? [] }
}
