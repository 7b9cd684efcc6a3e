import Diagnostics
import FileIO

/// The files of a folder that need not be there. One that cannot be read is a mistake like any other.
struct FolderTexts {
    private(set) var texts: [SourceText] = []
    private(set) var unreadable: [Diagnostic] = []

    /// - Parameter ending: what the names of the files that count end with.
    init(of folder: String, ending: String, _ disk: Disk) throws(FileFailure) {
        guard try disk.identity(folder)?.isFolder == true else { return }
        for name in try disk.list(folder) where name.hasSuffix(ending) {
            let path = FileIO.path(name, in: folder)
            do throws(FileFailure) {
                texts.append(SourceText(name: path, bytes: try disk.read(path)))
            } catch {
                let place = Place(file: path, line: 1, column: 1, length: 0)
                unreadable.append(Diagnostic(.error, ReadingCode.unreadableFile.rawValue, error.description, at: place))
            }
        }
    }
}
