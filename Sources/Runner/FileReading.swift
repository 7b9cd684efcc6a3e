package import FileIO

extension World {
    /// The whole content of a file.
    package func read(_ path: String) throws(FileFailure) -> [UInt8] { try disk.read(path) }

    package func exists(_ path: String) -> Bool { disk.exists(path) }
}
