import FileIO
import Model
import Values

/// Reads bases from the store's files, in the order in which they lie there, a window at a time.
struct BaseReader {
    private let store: SyncStore
    private static let windowSize = 1 << 20

    init(_ store: SyncStore) { self.store = store }

    /// Throws ``StateFailure/damaged(path:line:reason:)`` where a file ends before a base does.
    func read(_ bases: [(link: Int, range: StoredRange)]) throws(StateFailure) -> BaseTable {
        var table = BaseTable()
        table.reserve(bases.count)
        var byFile: [UInt32: [(link: Int, range: StoredRange)]] = [:]
        for base in bases { byFile[base.range.file, default: []].append(base) }
        for (file, wanted) in byFile.sorted(by: { $0.key < $1.key }) {
            let columns = table.addColumns(store.columns(of: Int(file)))
            try read(wanted.sorted { $0.range.offset < $1.range.offset }, from: Int(file), columns, &table)
        }
        return table
    }

    private func read(
        _ wanted: [(link: Int, range: StoredRange)], from file: Int, _ columns: Int, _ table: inout BaseTable
    ) throws(StateFailure) {
        let path = store.files[file].path
        let open = try onFiles { () throws(FileFailure) in try store.folder.disk.openToRead(path) }
        let span = wanted.map { $0.range.offset + Int($0.range.count) - wanted[0].range.offset }.max() ?? 0
        var window = [UInt8](repeating: 0, count: min(Self.windowSize, span))
        var start = 0
        var end = 0
        for (link, range) in wanted {
            let count = Int(range.count)
            if range.offset < start || range.offset + count > end {
                if count > window.count { window = Array(repeating: 0, count: count) }
                start = range.offset
                let read = window.withUnsafeMutableBytes { buffer in
                    Result { () throws(FileFailure) in try open.read(into: buffer, at: start) }
                }
                end = start + (try onFiles { () throws(FileFailure) in try read.get() })
            }
            guard range.offset + count <= end else {
                throw .damaged(path: path, line: 1, reason: "it ends before a base that it held does")
            }
            window.withUnsafeBytes { bytes in
                let from = range.offset - start
                table.add(UnsafeRawBufferPointer(rebasing: bytes[from..<from + count]), of: link, columns: columns)
            }
        }
    }
}

extension SyncStore {
    /// Where each of the sync's fields stands in the bases of a file; nil where it does not.
    func columns(of file: Int) -> [Int?] {
        let stored = files[file].fields
        if stored == fields { return Array(fields.indices) }
        return fields.map { stored.firstIndex(of: $0) }
    }
}
