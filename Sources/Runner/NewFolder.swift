package import FileIO

/// Files that are to be made where none are yet.
package struct NewFolder: Sendable {
    package enum Failure: Error, Sendable {
        /// Files of these names are there already. Nothing was written.
        case taken([String])
        case file(FileFailure)
    }

    /// Texts by their paths from the folder.
    package var files: [(path: String, text: String)]

    package init(_ files: [(path: String, text: String)]) { self.files = files }

    /// Writes all files, or none where one of them is there already.
    package func write(to folder: String, world: World) throws(Failure) {
        let taken = try onFiles { () throws(FileFailure) in try takenPaths(in: folder, world.disk) }
        guard taken.isEmpty else { throw .taken(taken) }
        try onFiles { () throws(FileFailure) in try writeAll(to: folder, world.disk) }
    }

    private func writeAll(to folder: String, _ disk: Disk) throws(FileFailure) {
        for file in files {
            let path = path(file.path, in: folder)
            try disk.makeFolder(FileIO.folder(of: path))
            try disk.replace(path, with: Array(file.text.utf8), mode: 0o644)
        }
    }

    private func takenPaths(in folder: String, _ disk: Disk) throws(FileFailure) -> [String] {
        var taken: [String] = []
        for file in files {
            let path = path(file.path, in: folder)
            if try disk.identity(path) != nil { taken.append(path) }
        }
        return taken
    }

    private func onFiles<R>(_ body: () throws(FileFailure) -> R) throws(Failure) -> R {
        do {
            return try body()
        } catch {
            throw .file(error)
        }
    }
}
