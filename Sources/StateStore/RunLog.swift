import FileIO
package import Model
package import Values

/// What a run wrote, as the file tells of it that it left behind.
package struct RunLog: Sendable {
    /// The writes that took effect, and those of which it is not known; in the order in which they were made.
    package private(set) var writes: [LoggedWrite] = []
    /// Records that an undo before it made under new ids, as this run found out.
    package private(set) var found: [Renamed] = []
    private var lines: [Int: Int] = [:]
    private var undone: Set<Int> = []

    /// A record that was made again under an id that its system gave it.
    package struct Renamed: Sendable {
        package var side: Side
        package var was: RecordID
        package var now: RecordID
    }
}

extension SyncFolder {
    /// The runs that left a file, the oldest first.
    package func runsWithLogs() throws(StateFailure) -> [String] {
        try onFiles { () throws(FileFailure) in try runNames() }
    }

    /// Reads what a run wrote.
    ///
    /// - Parameter fields: the arrows of the sync's fields as they are now.
    package func log(of run: String, fields: [String]) throws(StateFailure) -> RunLog {
        let path = self.run(run)
        let file = try onFiles { () throws(FileFailure) in try disk.openToRead(path) }
        var reader = SealedReader(file, path: path)
        guard let first = try reader.next() else { return RunLog() }
        let head = try FileHead(first, path: path)
        guard head.kind == .run else { throw .damaged(path: path, line: 1, reason: "it is not a file of this kind") }
        guard head.sync.hasSameBytes(as: sync.description) else { throw .foreign(path: path, sync: head.sync) }
        let columns = LogColumns(stored: head.fields, now: fields)
        var log = RunLog()
        while let line = try reader.next() {
            do {
                try log.take(line, number: reader.number, columns)
            } catch {
                throw .damaged(path: path, line: reader.number, reason: error.reason)
            }
        }
        log.dropUndone()
        return log
    }
}

/// Where the fields of a log stand among those of the sync, and the reverse.
struct LogColumns {
    let stored: [String]
    /// For each field of the sync, its number in the log.
    let columns: [Int?]

    init(stored: [String], now fields: [String]) {
        self.stored = stored
        columns = fields.map { field in stored.firstIndex { $0.hasSameBytes(as: field) } }
    }

    func field(_ number: Int, was: Value) -> LoggedWrite.Field? {
        guard stored.indices.contains(number) else { return nil }
        return LoggedWrite.Field(
            number: columns.firstIndex { $0 == number }, arrow: stored[number], was: was)
    }
}

extension RunLog {
    fileprivate mutating func take(
        _ line: UnsafeRawBufferPointer, number: Int, _ columns: LogColumns
    ) throws(Entry.Malformed) {
        let entry = try Entry(line)
        switch entry.kind {
        case .create, .update, .delete, .restore:
            lines[number] = writes.count
            writes.append(try write(entry, line, columns))
        case .done:
            for at in 0..<entry.count {
                let digits = entry.stored.lowerBound + (at * 2) * PackedDigits.count
                guard let write = lines[entry.first + at] else { throw Entry.Malformed(reason: Self.strayOutcome) }
                let isRight = writes[write].side == .right
                guard let bits = PackedDigits.read(line, at: digits + (isRight ? PackedDigits.count : 0)) else {
                    throw Entry.Malformed(reason: Self.strayOutcome)
                }
                writes[write].stored = Fingerprint(bits: bits)
            }
        case .stored:
            guard let write = lines[entry.first] else { throw Entry.Malformed(reason: Self.strayOutcome) }
            let side = writes[write].side
            writes[write].stored = entry.fingerprints[side]
            if let id = entry.ids[side] {
                let key = id.withKey(line) { String(decoding: $0, as: UTF8.self) }
                writes[write].ids[side] = RecordID(key: key, kind: id.kind)
            }
            if let range = entry.base {
                writes[write].base = try? Base(
                    decoding: UnsafeRawBufferPointer(rebasing: line[range]), columns: columns.columns)
            }
        case .moved, .refused, .failed:
            for at in 0..<(entry.kind == .failed ? entry.count : 1) {
                guard let write = lines[entry.first + at] else { throw Entry.Malformed(reason: Self.strayOutcome) }
                undone.insert(write)
            }
        case .link, .pass:
            guard let (side, range) = entry.former,
                let was = (try? JSON.parse(Array(line[range]))).flatMap(RecordID.init),
                let now = entry.ids[side]
            else { return }
            let key = now.withKey(line) { String(decoding: $0, as: UTF8.self) }
            found.append(Renamed(side: side, was: was, now: RecordID(key: key, kind: now.kind)))
        case .agree, .forget, .unlink, .apart, .settled: break
        }
    }

    private static let strayOutcome = "it is the outcome of no write"

    private func write(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ columns: LogColumns
    ) throws(Entry.Malformed) -> LoggedWrite {
        guard case .object(let object)? = try? JSON.parse(Array(line) + [UInt8(ascii: "}")]) else {
            throw Entry.Malformed(reason: "it cannot be read")
        }
        let was = object["was"]?.list ?? []
        let numbers = (object["w"]?.list ?? []).map { $0.exactNumber?.int64.flatMap { Int(exactly: $0) } ?? -1 }
        let base = entry.base.flatMap { range in
            try? Base(decoding: UnsafeRawBufferPointer(rebasing: line[range]), columns: columns.columns)
        }
        let verb: WriteRequest.Verb =
            switch entry.kind {
            case .create, .restore: .create
            case .delete: .delete
            default: .update
            }
        var write = LoggedWrite(
            verb: verb, side: entry.side,
            ids: entry.ids.map { id in
                id.map { id in
                    RecordID(key: id.withKey(line) { String(decoding: $0, as: UTF8.self) }, kind: id.kind)
                }
            },
            fields: zip(numbers, was).compactMap { number, was in
                columns.field(number, was: (try? StateJSON.value(was)) ?? was)
            },
            base: base, record: object["record"].flatMap(WholeRecord.init), bond: entry.bond)
        write.setFields = setFields(object, was)
        return write
    }

    /// The fields of a line that archives a record, or takes that back.
    private func setFields(_ line: Object, _ was: [Value]) -> [LoggedWrite.SetField] {
        let wrote = line["set"]?.list
        return zip(line["archive"]?.list ?? [], was).enumerated().compactMap { number, pair in
            let steps = pair.0.list.map { $0.compactMap(\.text) } ?? [pair.0.text].compactMap(\.self)
            if steps.isEmpty { return nil }
            let value = wrote.flatMap { $0.indices.contains(number) ? $0[number] : nil }
            return LoggedWrite.SetField(
                path: FieldPath(steps: steps, text: steps.joined(separator: ".")), was: Self.value(pair.1),
                wrote: value.map(Self.value))
        }
    }

    private static func value(_ stored: Value) -> Value { (try? StateJSON.value(stored)) ?? stored }

    fileprivate mutating func dropUndone() {
        if undone.isEmpty { return }
        writes = writes.indices.filter { !undone.contains($0) }.map { writes[$0] }
    }
}
