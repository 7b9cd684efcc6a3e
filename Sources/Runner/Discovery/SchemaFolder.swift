import Diagnostics
import FileIO
package import JobFiles
package import Model

/// Whether job files are held against what is known of collections.
package enum SchemaUse: Sendable {
    case none
    /// Against the files of `jobs/schemas/`, and in their place against what systems say now.
    case committed(live: [CollectionName: CollectionSchema] = [:])
}

/// The folder `schemas` below a jobs folder.
struct SchemaFolder {
    let path: String
    private let disk: Disk

    init(jobs folder: String, disk: Disk) {
        path = FileIO.path(CollectionSchemaFile.folder, in: folder)
        self.disk = disk
    }

    /// Its files, in order; none where there is no such folder.
    func files() throws(FileFailure) -> FolderTexts { try FolderTexts(of: path, ending: ".json", disk) }

    /// Where the schema of a collection lies.
    func path(of name: CollectionName) -> String { FileIO.path(name.fileName, in: path) }

    static func path(of name: CollectionName, jobs folder: String) -> String {
        FileIO.path(name.fileName, in: FileIO.path(CollectionSchemaFile.folder, in: folder))
    }

    /// The text of the schema of a collection; nil where there is none.
    func text(of name: CollectionName) throws(FileFailure) -> SourceText? {
        let file = path(of: name)
        return try disk.readIfPresent(file).map { SourceText(name: file, bytes: $0) }
    }

    /// Puts a schema in its place, as open to read as job files are: it holds nothing of what stands in records.
    func write(_ text: String, of name: CollectionName) throws(FileFailure) {
        try disk.makeFolder(path)
        try disk.replace(path(of: name), with: Array(text.utf8), mode: 0o644)
    }
}
