import FileIO
import Model
import Values

/// Reads a links file or a run file into the links.
struct FileLoader: ~Copyable {
    private let path: String
    private let sync: SyncName
    /// The store's number of this file.
    private let number: UInt32
    private var reader: SealedReader
    /// Intents without an outcome so far, by their lines.
    private var pending = Awaited<PendingIntent>()
    private(set) var entryCount = 0
    /// The run that wrote the file.
    var run = ""

    init(_ file: ReadFile, path: String, number: UInt32, sync: SyncName) {
        reader = SealedReader(file, path: path)
        self.sync = sync
        self.path = path
        self.number = number
    }

    /// The head; nil where the file ends before one was written. A links file is never without.
    mutating func readHead(_ kind: FileHead.Kind) throws(StateFailure) -> FileHead? {
        guard let content = try reader.next() else {
            if kind == .run { return nil }
            throw .damaged(path: path, line: 1, reason: "the file ends before its head does")
        }
        let head = try FileHead(content, path: path)
        guard head.sync == sync.description else { throw .foreign(path: path, sync: head.sync) }
        guard head.kind == kind else { throw .damaged(path: path, line: 1, reason: "it is not a file of this kind") }
        return head
    }

    mutating func readEntries(_ loaded: inout LoadedLinks) throws(StateFailure) {
        while let line = try reader.next() {
            entryCount += 1
            let entry: Entry
            do {
                entry = try Entry(line)
            } catch {
                throw damaged(error.reason)
            }
            try apply(entry, line, &loaded)
        }
        for intent in pending.open {
            if let id = intent.lone {
                if intent.verb == .create { loaded.passed[intent.side].add(id, .none) }
                continue
            }
            switch intent.verb {
            case .create: loaded.doubt(intent)
            case .update:
                loaded.intended[intent.link] = IntendedUpdate(
                    side: intent.side, base: intent.base, restores: intent.restores, putsBack: intent.putsBack)
                loaded.links.clearFingerprints(intent.link)
            case .delete where intent.isParting:
                loaded.partings.insert(intent.link)
                loaded.links.clearFingerprints(intent.link)
            case .delete:
                loaded.deletions[intent.link] = intent.side
                loaded.links.clearFingerprints(intent.link)
            }
        }
    }

    private func damaged(_ reason: String) -> StateFailure {
        .damaged(path: path, line: reader.number, reason: reason)
    }

    private mutating func apply(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks
    ) throws(StateFailure) {
        switch entry.kind {
        case .link: _ = try append(entry.ids, entry, line, &loaded)
        case .pass, .apart: pass(entry, line, &loaded)
        case .agree:
            let link = try find(entry, line, loaded)
            loaded.settle(link)
            loaded.links.update(
                link, fingerprints: entry.fingerprints, base: base(of: entry) ?? loaded.links.base(link))
        case .forget: loaded.end(try find(entry, line, loaded))
        case .unlink:
            loaded.end(try find(entry, line, loaded))
            pass(entry, line, &loaded)
        case .create, .update, .delete, .restore: try intend(entry, line, &loaded)
        case .done:
            try finish(entry, line, &loaded)
        case .stored: try finishAsStored(entry, line, &loaded)
        case .moved, .refused:
            guard let intent = pending.take(entry.first) else { throw damaged("it is the outcome of no write") }
            loaded.giveUp(intent)
        case .failed:
            for line in 0..<entry.count {
                guard let intent = pending.take(entry.first + line) else {
                    throw damaged("it is the outcome of no write")
                }
                loaded.giveUp(intent)
            }
        case .settled:
            loaded.doubtful = []
            if entry.count == Entry.settlesUpdates { loaded.intended = [:] }
        }
    }

    private mutating func intend(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks
    ) throws(StateFailure) {
        let verb: WriteRequest.Verb = entry.kind == .create ? .create : entry.kind == .delete ? .delete : .update
        if entry.bond == .lone, entry.ids[entry.side] != nil { return try intendLone(verb, entry, line) }
        var intent = PendingIntent(
            link: -1, verb: verb, side: entry.side,
            base: base(of: entry) ?? StoredRange(file: number, offset: 0, count: 0), restores: entry.kind == .restore,
            isParting: entry.bond == .parting, putsBack: entry.putsBack)
        if verb != .create {
            intent.link = try find(entry, line, loaded)
            // The record was seen since an earlier delete of it was in doubt.
            if verb == .delete { loaded.deletions[intent.link] = nil }
        } else if entry.ids[entry.side] != nil {
            intent.link = try append(entry.ids, entry, line, &loaded)
        } else {
            guard let source = entry.ids[entry.side.other] else { throw damaged("a create lacks its source") }
            intent.source = source.withKey(line) {
                RecordID(key: String(decoding: $0, as: UTF8.self), kind: source.kind)
            }
            intent.fields = entry.fields
            intent.record = entry.record.flatMap { range in
                (try? JSON.parse(Array(line[range]))).flatMap(WholeRecord.init)
            }
            intent.isLone = entry.bond == .lone
            intent.key =
                entry.key.map { String(decoding: line[$0], as: UTF8.self) }
                ?? CreateKey.text(sync: sync, run: run, line: entryCount + 1)
        }
        pending.add(intent, entryCount + 1)
    }

    /// A write took effect, as the system has it.
    private mutating func finishAsStored(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks
    ) throws(StateFailure) {
        guard let intent = pending.take(entry.first) else { throw damaged("it is the outcome of no write") }
        let base = base(of: entry) ?? intent.base
        if let source = intent.source {
            guard let id = entry.ids[intent.side] else { throw damaged("it lacks the id of the record that was made") }
            let made = id.withKey(line) { RecordID(key: String(decoding: $0, as: UTF8.self), kind: id.kind) }
            if intent.isLone {
                loaded.passed[intent.side].add(made, entry.fingerprints[intent.side])
            } else {
                loaded.links.append(source, made, made: intent.side, entry.fingerprints, base)
            }
            return
        }
        loaded.settle(intent.link)
        loaded.links.update(intent.link, fingerprints: entry.fingerprints, base: base)
    }

    private mutating func intendLone(
        _ verb: WriteRequest.Verb, _ entry: Entry, _ line: UnsafeRawBufferPointer
    ) throws(StateFailure) {
        guard let id = entry.ids[entry.side] else { throw damaged("a write names no record") }
        let key = id.withKey(line) { String(decoding: $0, as: UTF8.self) }
        pending.add(
            PendingIntent(
                link: -1, verb: verb, side: entry.side, base: StoredRange(file: number, offset: 0, count: 0),
                lone: RecordID(key: key, kind: id.kind)),
            entryCount + 1)
    }

    /// Writes took effect: their links move.
    private mutating func finish(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks
    ) throws(StateFailure) {
        for at in 0..<entry.count {
            let digits = entry.stored.lowerBound + at * PackedDigits.count * 2
            guard let intent = pending.take(entry.first + at), intent.source == nil,
                let left = PackedDigits.read(line, at: digits),
                let right = PackedDigits.read(line, at: digits + PackedDigits.count)
            else { throw damaged("it is the outcome of no write") }
            if let id = intent.lone {
                let stored = Fingerprint(bits: intent.side == .left ? left : right)
                if intent.verb == .create { loaded.passed[intent.side].add(id, stored) }
                continue
            }
            if intent.verb == .delete {
                loaded.end(intent.link)
                continue
            }
            loaded.settle(intent.link)
            loaded.links.update(
                intent.link, fingerprints: Sides(left: Fingerprint(bits: left), right: Fingerprint(bits: right)),
                base: intent.base)
        }
    }

    private mutating func append(
        _ ids: Sides<Entry.IDText?>, _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks
    ) throws(StateFailure) -> Int {
        guard let left = ids.left, let right = ids.right, let base = base(of: entry) else {
            throw damaged("a link lacks an id or its base")
        }
        return left.withKey(line) { leftKey in
            right.withKey(line) { rightKey in
                loaded.links.append(
                    ids: Sides(left: leftKey, right: rightKey), kinds: Sides(left: left.kind, right: right.kind),
                    fingerprints: entry.fingerprints, base: base)
            }
        }
    }

    private func pass(_ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: inout LoadedLinks) {
        for side in Side.allCases {
            guard let id = entry.ids[side] else { continue }
            let key = id.withKey(line) { String(decoding: $0, as: UTF8.self) }
            loaded.passed[side].add(
                RecordID(key: key, kind: id.kind), entry.fingerprints[side],
                isApart: entry.kind == .apart || entry.kind == .unlink)
        }
    }

    /// The link that an entry names by its left id, and by its right where there is no other.
    private func find(
        _ entry: Entry, _ line: UnsafeRawBufferPointer, _ loaded: borrowing LoadedLinks
    ) throws(StateFailure) -> Int {
        if let id = entry.ids.left {
            let links = loaded.links
            let found = id.withKey(line) { key in links.ids.left.find(key) { !links.isRemoved($0) } }
            if let found { return found }
        }
        throw damaged("it names a link that there is not")
    }

    private func base(of entry: Entry) -> StoredRange? {
        guard let range = entry.base else { return nil }
        return StoredRange(file: number, offset: reader.offset + range.lowerBound, count: range.count)
    }
}

/// An intent of which the outcome has not been met yet.
struct PendingIntent {
    var link: Int
    var verb: WriteRequest.Verb
    var side: Side
    var base: StoredRange
    /// Whether it makes a deleted record again.
    var restores = false
    /// The record, where it has no link and gets none.
    var lone: RecordID?
    /// Whether it ends the link while the other record stays.
    var isParting = false
    /// Whether it puts back what a run wrote.
    var putsBack = false
    /// Of a create whose record has no id yet: its source, which stands in no link, the fields that it sets, and under which key it is
    /// asked for.
    var source: RecordID?
    var fields: [Int] = []
    var key: String?
    /// Of an undo, the whole record that it makes; and whether that gets no link.
    var record: WholeRecord?
    var isLone = false
}

extension LoadedLinks {
    /// The process died before it was told what came of a create.
    fileprivate mutating func doubt(_ intent: PendingIntent) {
        var create = DoubtfulCreate(
            link: intent.link, side: intent.side, fields: intent.fields, key: intent.key, record: intent.record,
            isLone: intent.isLone)
        if let source = intent.source {
            let none = Sides(left: Fingerprint.none, right: Fingerprint.none)
            create.link = links.append(source, .unassigned, made: intent.side, none, intent.base)
        }
        links.remove(create.link)
        doubtful.append(create)
    }
}
