package import FileIO
import Model
package import Values

/// What is remembered of files that systems have: `files/CONNECTION.json`, a digest for each that was looked at once, so that it is not
/// fetched again to be known. Whoever removes it loses nothing but that.
package struct FileDigests: Sendable {
    /// The form of the file that this Lockstep writes.
    static let version = 1

    /// Where files lie on their way from one system to another; they have no names there.
    package let folder: String
    private let file: String
    private let disk: Disk

    package init(_ state: StateFolder, connection: String) {
        folder = FileIO.path("files", in: state.path)
        file = FileIO.path(connection + ".json", in: folder)
        disk = state.disk
    }

    /// A new file without a name, on the disk of the state.
    package func scratchFile() throws(FileFailure) -> ScratchFile {
        try disk.makeFolder(folder)
        return try disk.scratchFile(in: folder)
    }

    /// What is remembered, by a text that names the file; nothing where that cannot be read.
    package func load() -> [TextKey: String] {
        guard let object = try? object(), case .object(let digests)? = object["digests"] else { return [:] }
        var known: [TextKey: String] = [:]
        known.reserveCapacity(digests.count)
        for (name, value) in digests {
            if case .text(let digest) = value { known[TextKey(name)] = digest }
        }
        return known
    }

    /// Remembers these beside those that are there. What a newer Lockstep left is not written over.
    package func add(_ digests: [TextKey: String]) throws(FileFailure) {
        if case .int(let version)? = (try? object())?["version"], version != Self.version { return }
        let all = load().merging(digests) { $1 }
        var object = Object(minimumCapacity: all.count)
        for (name, digest) in all.sorted(by: { $0.key.text.precedesByBytes($1.key.text) }) {
            object.append(name.text, .text(digest))
        }
        let whole: Object = ["version": .int(Int64(Self.version)), "digests": .object(object)]
        try disk.makeFolder(folder)
        try disk.replace(file, with: Array(JSON.prettyText(.object(whole)).utf8))
    }

    private func object() throws(FileFailure) -> Object? {
        guard let bytes = try disk.readIfPresent(file), case .object(let object)? = try? JSON.parse(bytes) else {
            return nil
        }
        return object
    }
}
