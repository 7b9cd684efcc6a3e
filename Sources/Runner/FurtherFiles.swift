import Diagnostics
import FileIO
import Synchronization

/// The files that job files name, such as tables of values: read when they are asked for, and kept for messages.
final class FurtherFiles: Sendable {
    private let folder: String
    private let disk: Disk
    private let texts = Mutex<[SourceText]>([])

    init(folder: String, disk: Disk) {
        self.folder = folder
        self.disk = disk
    }

    @Sendable
    func load(_ name: String) -> SourceText? {
        let path = FileIO.path(name, in: folder)
        guard let bytes = try? disk.read(path) else { return nil }
        let text = SourceText(name: path, bytes: bytes)
        texts.withLock { $0.append(text) }
        return text
    }

    var loaded: [SourceText] { texts.withLock { $0 } }
}
