import FileIO
import Model
import Values

// A new links file is written when the run files have outgrown it: the cost of a run stays in proportion to what it changed.
extension SyncStore {
    /// Run files of which the links file has taken in the content are kept as logs, the newest so many.
    private static let keptLogs = 200
    /// So many run files are loaded one after another without harm.
    private static let manyRuns = 64
    private static let smallSize = 1 << 20
    /// What a line has beside its ids and its base, about.
    private static let lineOverhead = 80

    mutating func compactIfDue() throws(StateFailure) {
        // What is in doubt stands in the run files alone.
        guard hasNoDoubts else { return }
        let openRuns = files.count - (files.first?.path == folder.links ? 1 : 0)
        let total = files.reduce(0) { $0 + $1.size }
        guard openRuns > Self.manyRuns || (openRuns > 1 && total > Self.smallSize && total > 2 * liveSize) else {
            return
        }
        try compact()
    }

    /// About what a links file would take up.
    private var liveSize: Int {
        links.numbers.reduce((passed.left.count + passed.right.count) * Self.lineOverhead) { sum, link in
            links.isRemoved(link) ? sum : sum + Int(links.base(link).count) + Self.lineOverhead
        }
    }

    private mutating func compact() throws(StateFailure) {
        let replacement = try onFiles { () throws(FileFailure) in try folder.disk.replacement(for: folder.links) }
        try write(to: replacement.file)
        try onFiles { () throws(FileFailure) in
            let disk = folder.disk
            if try disk.identity(folder.links) != nil { try disk.link(folder.links, to: folder.previousLinks) }
            try replacement.commit()
        }
        let loaded = try LoadedLinks(folder)
        links = loaded.links
        passed = loaded.passed
        files = loaded.files
        try onFiles { () throws(FileFailure) in
            for name in try folder.runNames().dropLast(Self.keptLogs) { try folder.disk.remove(folder.run(name)) }
        }
    }

    private func write(to file: WriteFile) throws(StateFailure) {
        var writer = EntryWriter()
        let count = links.count + passed.left.count + passed.right.count
        FileHead(kind: .links, sync: folder.sync.description, fields: fields, run: lastRun, count: count)
            .write(to: &writer)
        let live = links.numbers.filter { !links.isRemoved($0) }
        for start in stride(from: 0, to: live.count, by: 4096) {
            let part = Array(live[start..<min(start + 4096, live.count)])
            let bases = try BaseReader(self).read(part.map { ($0, links.base($0)) })
            for link in part { writer.write(link, of: links, bases, fieldCount: fields.count) }
            try onFiles { () throws(FileFailure) in try file.write(writer.buffer) }
            writer.clear()
        }
        for side in Side.allCases {
            passed[side].forEach { key, kind, fingerprint, isApart in
                writer.writePassed(key, kind, side, fingerprint, isApart: isApart)
            }
        }
        try onFiles { () throws(FileFailure) in try file.write(writer.buffer) }
    }
}
