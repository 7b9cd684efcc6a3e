import FileIO
package import Model
import Values

/// What a run writes down, ahead of what it does: the intent of every write, then its outcome. Afterwards it is the log of the run.
///
/// The file is made when there is something to write. Each outcome moves its link in the store.
///
/// Not for two tasks at once: while one writes the intents of a batch, the run that holds the journal leaves it alone.
package final class RunJournal: @unchecked Sendable {
    package private(set) var store: SyncStore
    /// The name of the run: sorts after those of all runs before it.
    package let run: String
    private var writer = EntryWriter()
    private var file: WriteFile?
    private var fileNumber: UInt32 = 0
    /// Bytes handed to the file so far.
    private var written = 0
    /// Intents whose outcomes are awaited, by the numbers of their operations.
    private var intents = Awaited<Intent>()
    /// Whether the file holds what has to be read again, or what a person may look for: more than writes that were given up.
    private var isLasting = false
    private static let bufferLimit = 1 << 18

    private struct Intent {
        var line: Int
        var link: Int
        var base: StoredRange
        /// Under which key the write is asked for, where the system may remember it.
        var key: String?
        /// Whether the write may have taken effect in an earlier run: only the system can end this doubt.
        var isAskedAgain = false
        var mayBeThere = false
    }

    package init(_ store: consuming SyncStore, run: String) {
        self.run = run
        self.store = store
    }

    /// Writes what is to be remembered without a write to either side.
    package func settle(_ settlements: [Settlement], of plan: Plan) throws(StateFailure) {
        for settlement in settlements {
            try start()
            isLasting = true
            writer.begin(settlement.kind.rawValue, "1")
            write(settlement.ids, plan)
            writeFingerprints(settlement.fingerprints)
            if !settlement.base.isEmpty { plan.arena.withBytes(settlement.base) { writer.base($0) } }
            let base = settlement.base.isEmpty ? nil : endLine(baseCount: Int(settlement.base.count))
            if settlement.base.isEmpty { writer.end() }
            apply(settlement, plan, base)
            try drain()
        }
    }

    /// Settles the creates of a run that died: those that took effect have links, those that are still open are intended again, the
    /// others are forgotten. So are the links of deletes that took effect.
    ///
    /// - Parameters:
    ///   - again: those that are asked for again, by the numbers of their operations: they are intended by this.
    ///   - ended: the links of which a record was deleted.
    package func settleDoubts(
        effective: [DoubtfulCreate], open: [DoubtfulCreate] = [], again: [(number: Int, create: DoubtfulCreate)] = [],
        ended: [Int] = []
    ) throws(StateFailure) {
        for link in ended { try writeEnd(of: link) }
        guard store.doubtful.count > open.count || !again.isEmpty else { return }
        try start()
        isLasting = true
        let bases = try store.bases(of: (effective + open + again.map(\.create)).map(\.link))
        for create in effective where create.isLone {
            writer.begin("pass", "1")
            writer.field(create.side == .left ? #","l":"# : #","r":"#, id: store.links.id(create.link, create.side))
            writeFormerID(create, &writer)
            writer.end()
        }
        for create in effective where !create.isLone {
            writer.write("link", "1", create.link, of: store.links, bases, fieldCount: store.fields.count) { writer in
                writeFormerID(create, &writer)
            }
        }
        // Before the line that ends the doubts of all earlier files: a process that dies between the two forgets none.
        for create in open { writeAgain(create, bases) }
        for (number, create) in again {
            let base = writeAgain(create, bases)
            var intent = Intent(line: writer.line, link: -1, base: base, key: create.key, isAskedAgain: true)
            intent.mayBeThere = create.mayBeThere
            intents.add(intent, number)
        }
        writer.begin("settled", "1")
        writer.end()
        store.doubtful = open
        try drain()
    }

    private func writeFormerID(_ create: DoubtfulCreate, _ writer: inout EntryWriter) {
        guard let id = create.record?.formerID else { return }
        writer.field(create.side == .left ? #","left_was":"# : #","right_was":"#, id: id)
    }

    private func writeEnd(of link: Int) throws(StateFailure) {
        try start()
        isLasting = true
        writer.begin(Entry.Kind.forget.rawValue, "1")
        writer.field(#","l":"#, id: store.links.id(link, .left))
        writer.field(#","r":"#, id: store.links.id(link, .right))
        writer.end()
        try drain()
    }

    @discardableResult
    private func writeAgain(_ create: DoubtfulCreate, _ bases: BaseTable) -> StoredRange {
        let lineStart = written + writer.buffer.count
        let count = writer.write(
            "create", create.side == .left ? "\"left\"" : "\"right\"", create.link, of: store.links, bases,
            fieldCount: store.fields.count
        ) { writer in
            if create.isLone { writer.field("lone", json: "1") }
            if let record = create.record {
                var bytes: [UInt8] = []
                record.encode(to: &bytes)
                bytes.withUnsafeBytes { writer.field(#","record":"#, bytes: $0) }
            }
            guard let key = create.key else { return }
            writer.field("w", json: fieldSet(store.fields(of: create)))
            writer.field("k", json: JSON.text(.text(key)))
        }
        return StoredRange(file: fileNumber, offset: lineStart + writer.baseOffset, count: count)
    }

    /// Writes the intent of a write. Nothing is on disk for sure before ``sync()``.
    ///
    /// - Parameter base: the base that the link has after the write, where it is another than the plan's.
    package func intend(
        _ number: Int, _ operation: Operation, of plan: Plan, base: [UInt8]? = nil
    ) throws(StateFailure) {
        if intents.look(number) != nil { return }
        try start()
        let word = operation.restores ? Entry.Kind.restore.rawValue : operation.verb.rawValue
        writer.begin(word, operation.side == .left ? "\"left\"" : "\"right\"")
        if let word = Entry.word(for: operation.bond) { writer.field(word, json: "1") }
        if operation.putsBack { writer.field("back", json: "1") }
        write(ids(of: operation), plan)
        if !operation.record.isEmpty {
            plan.arena.withBytes(operation.record) { writer.field(#","record":"#, bytes: $0) }
        }
        if !operation.before.isEmpty {
            let numbers = plan.fieldSets[Int(operation.fieldSet)]
            if operation.archives {
                writeArchived(numbers.map { plan.archive[operation.side][$0] })
            } else {
                writer.field("w", json: fieldSet(numbers))
            }
            plan.arena.withBytes(operation.before) { writer.field(#","was":"#, bytes: $0) }
        } else if operation.target.range.isEmpty {
            writer.field("w", json: fieldSet(plan.fieldSets[Int(operation.fieldSet)]))
        }
        var range = StoredRange(file: fileNumber, offset: 0, count: 0)
        if let base {
            base.withUnsafeBytes { writer.base($0) }
            range = endLine(baseCount: base.count)
        } else if !operation.base.isEmpty {
            plan.arena.withBytes(operation.base) { writer.base($0) }
            range = endLine(baseCount: Int(operation.base.count))
        } else {
            writer.end()
        }
        var intent = Intent(line: writer.line, link: Int(operation.link), base: range)
        if operation.target.range.isEmpty {
            intent.key = CreateKey.text(sync: store.folder.sync, run: run, line: writer.line)
        }
        intents.add(intent, number)
        try drain()
    }

    /// Under which key a system that gives ids itself may know the create of a number; nil for any other write.
    package func key(of number: Int) -> String? { intents.look(number)?.key }

    /// Writes what came of a write, and moves the link. Where that is uncertain, the intent stays open.
    ///
    /// - Parameter stored: the base in the terms in which the system stored what was written, where these are others than it was asked
    ///   for in.
    package func record(
        _ outcome: WriteOutcome, of number: Int, _ operation: Operation, in plan: Plan, stored base: [UInt8]? = nil
    ) throws(StateFailure) {
        if case .uncertain = outcome {
            isLasting = true
            return store.leaveOpen(Int(operation.link))
        }
        guard var intent = intents.look(number) else { return }
        if intent.isAskedAgain, !outcome.endsDoubt(mayBeThere: intent.mayBeThere) { return }
        _ = intents.take(number)
        isLasting = true
        switch outcome {
        case .stored(let fingerprint, let record):
            var fingerprints = Sides(left: Fingerprint.none, right: Fingerprint.none)
            if operation.settles || operation.bond == .lone {
                fingerprints = operation.fingerprints
                fingerprints[operation.side] = operation.archives ? .archived : fingerprint
            } else if operation.putsBack {
                fingerprints = store.links.standing(of: intent.link)
            }
            let given = operation.target.range.isEmpty ? record?.id : nil
            if given == nil, base == nil {
                addDone(intent.line, fingerprints)
            } else {
                try flushDone()
                intent.base = writeStored(intent, operation.side, given, fingerprints, base)
            }
            move(operation, plan, intent, fingerprints, given)
        case .moved:
            store.leaveOpen(intent.link)
            try flushDone()
            writer.begin("moved", String(intent.line))
            writer.end()
        case .refused(let reason), .forbidden(let reason), .later(let reason, _):
            store.leaveOpen(intent.link)
            try flushDone()
            writer.begin("refused", String(intent.line))
            writer.field("why", json: JSON.text(.text(reason)))
            writer.end()
        case .uncertain: break
        }
        try drain()
    }

    /// - Returns: where the base of the link stands.
    private func writeStored(
        _ intent: Intent, _ side: Side, _ given: RecordID?, _ fingerprints: Sides<Fingerprint>, _ base: [UInt8]?
    ) -> StoredRange {
        writer.begin("stored", String(intent.line))
        if let given { writer.field(side == .left ? #","l":"# : #","r":"#, id: given) }
        writeFingerprints(fingerprints)
        guard let base else {
            writer.end()
            return intent.base
        }
        base.withUnsafeBytes { writer.base($0) }
        return endLine(baseCount: base.count)
    }

    /// Writes that the rest of a batch was given up: of the writes whose outcome has not been recorded, none took effect.
    ///
    /// - Parameter why: what failed, as a sentence for people.
    package func giveUp(_ numbers: [Int], why: String) throws(StateFailure) {
        try flushDone()
        var first = 0
        var count = 0
        for number in numbers {
            guard intents.look(number)?.isAskedAgain == false, let intent = intents.take(number) else { continue }
            store.leaveOpen(intent.link)
            if count > 0, first + count != intent.line {
                writeFailed(first, count, why)
                count = 0
            }
            if count == 0 { first = intent.line }
            count += 1
        }
        if count > 0 { writeFailed(first, count, why) }
        try drain()
    }

    private func writeFailed(_ first: Int, _ count: Int, _ why: String) {
        writer.begin("failed", String(first))
        writer.field("n", json: String(count))
        writer.field("why", json: JSON.text(.text(why)))
        writer.end()
    }

    /// Comes back when all that was written is on disk.
    package func sync() throws(StateFailure) {
        try flushDone()
        guard let file else { return }
        try onFiles { () throws(FileFailure) in
            try flush(file)
            try file.sync()
        }
    }

    /// Ends the run, also one that could not go to its end: what it wrote is on disk, and the files are put in order where that is
    /// due. What is in doubt stays so for the next.
    package func finish() throws(StateFailure) {
        // Else a file in which a run that died wrote nothing would be looked at by every run to come.
        if file == nil { try onFiles { () throws(FileFailure) in try store.removeHeadless() } }
        if file != nil, !isLasting, intents.openCount == 0 { return try discard() }
        try sync()
        let size = writer.buffer.count + written
        if file != nil {
            store.lastRun = run
            store.files[Int(fileNumber)].size = size
        }
        file = nil
        // A links file has no place for what is in doubt.
        if intents.openCount == 0 { try store.compactIfDue() }
    }

    /// Removes a file in which nothing stands but writes that were given up: runs that fail one after another leave nothing.
    private func discard() throws(StateFailure) {
        file = nil
        store.files.removeLast()
        let path = store.folder.run(run)
        try onFiles { () throws(FileFailure) in
            try store.folder.disk.remove(path)
            try store.folder.disk.syncFolder(of: path)
        }
    }

    // What is done in one go is told in one line: the lines of intents that follow each other, and the fingerprints.
    private var doneFirst = 0
    private var doneFingerprints: [Sides<Fingerprint>] = []
    private static let doneLimit = 1000

    private func addDone(_ line: Int, _ fingerprints: Sides<Fingerprint>) {
        if !doneFingerprints.isEmpty, doneFirst + doneFingerprints.count != line { writeDone() }
        if doneFingerprints.isEmpty { doneFirst = line }
        doneFingerprints.append(fingerprints)
        if doneFingerprints.count == Self.doneLimit { writeDone() }
    }

    private func flushDone() throws(StateFailure) {
        writeDone()
        try drain()
    }

    private func writeDone() {
        guard !doneFingerprints.isEmpty else { return }
        writer.begin("done", String(doneFirst))
        writer.field("n", json: String(doneFingerprints.count))
        var digits: [UInt8] = []
        digits.reserveCapacity(doneFingerprints.count * PackedDigits.count * 2 + 1)
        for fingerprints in doneFingerprints {
            PackedDigits.append(fingerprints.left.bits, to: &digits)
            PackedDigits.append(fingerprints.right.bits, to: &digits)
        }
        digits.append(UInt8(ascii: "\""))
        digits.withUnsafeBytes { writer.field(#","f":""#, bytes: $0) }
        writer.end()
        doneFingerprints.removeAll(keepingCapacity: true)
    }
}

// How the lines come about.
extension RunJournal {
    /// Makes the file, if that has not been done.
    private func start() throws(StateFailure) {
        guard file == nil else { return }
        let folder = store.folder
        file = try onFiles { () throws(FileFailure) in
            try store.removeHeadless()
            try folder.disk.makeFolder(folder.runs)
            let file = try folder.disk.openToAppend(folder.run(run))
            try file.truncate(to: 0)
            try folder.disk.syncFolder(of: folder.run(run))
            return file
        }
        fileNumber = UInt32(store.files.count)
        store.files.append(StoreFile(path: folder.run(run), fields: store.fields, size: 0))
        FileHead(
            kind: .run, sync: folder.sync.description, fields: store.fields, run: run, after: store.lastRun
        ).write(to: &writer)
    }

    private func ids(of operation: Operation) -> Sides<IDRange> {
        operation.side == .left
            ? Sides(left: operation.target, right: operation.source)
            : Sides(left: operation.source, right: operation.target)
    }

    private func write(_ ids: Sides<IDRange>, _ plan: Plan) {
        plan.arena.withBytes(ids.left.range) { left in
            plan.arena.withBytes(ids.right.range) { right in
                writer.ids(Sides(left: left, right: right), ids.map(\.kind))
            }
        }
    }

    private func writeFingerprints(_ fingerprints: Sides<Fingerprint>) {
        writer.field(#","lf":""#, fingerprints.left)
        writer.field(#","rf":""#, fingerprints.right)
    }

    /// The names of fields, as paths where a name leads inwards, and what they are set to.
    private func writeArchived(_ fields: [ArchivedField]) {
        let names = fields.map { field in
            let steps = field.path.steps.map { Value.text($0.text) }
            return steps.count == 1 ? steps[0] : .list(steps)
        }
        writer.field("archive", json: JSON.text(.list(names)))
        var values: [UInt8] = []
        StateJSON.write(.list(fields.map(\.value)), to: &values)
        values.withUnsafeBytes { writer.field(#","set":"#, bytes: $0) }
    }

    private func fieldSet(_ fields: [Int]) -> String {
        "[" + fields.map(String.init).joined(separator: ",") + "]"
    }

    /// Ends a line that has a base, and says where the base lies in the file.
    private func endLine(baseCount: Int) -> StoredRange {
        let lineStart = written + writer.lineStart
        writer.end()
        return StoredRange(file: fileNumber, offset: lineStart + writer.baseOffset, count: baseCount)
    }

    private func drain() throws(StateFailure) {
        guard writer.buffer.count >= Self.bufferLimit, let file else { return }
        try onFiles { () throws(FileFailure) in try flush(file) }
    }

    private func flush(_ file: WriteFile) throws(FileFailure) {
        try file.write(writer.buffer)
        written += writer.buffer.count
        writer.clear()
    }
}

// What the lines mean for the links.
extension RunJournal {
    private func apply(_ settlement: Settlement, _ plan: Plan, _ base: StoredRange?) {
        switch settlement.kind {
        case .link:
            append(
                settlement.ids, plan, settlement.fingerprints,
                base ?? StoredRange(file: fileNumber, offset: 0, count: 0))
        case .agree:
            let link = Int(settlement.link)
            store.settle(link)
            store.links.update(link, fingerprints: settlement.fingerprints, base: base ?? store.links.base(link))
        case .forget:
            store.settle(Int(settlement.link))
            store.links.remove(Int(settlement.link))
        case .unlink:
            store.settle(Int(settlement.link))
            store.links.remove(Int(settlement.link))
            for side in Side.allCases {
                store.passed[side].add(plan.id(settlement.ids[side]), settlement.fingerprints[side], isApart: true)
            }
        case .pass, .apart:
            for side in Side.allCases where !settlement.ids[side].range.isEmpty {
                store.passed[side].add(
                    plan.id(settlement.ids[side]), settlement.fingerprints[side], isApart: settlement.kind == .apart)
            }
        }
    }

    private func move(
        _ operation: Operation, _ plan: Plan, _ intent: Intent, _ fingerprints: Sides<Fingerprint>, _ given: RecordID?
    ) {
        if operation.bond == .lone {
            guard operation.verb == .create else { return }
            return store.passed[operation.side].add(given ?? plan.id(operation.target), fingerprints[operation.side])
        }
        store.settle(intent.link)
        if operation.verb == .delete {
            store.links.remove(intent.link)
            return
        }
        if operation.verb == .create, let given {
            store.links.append(plan.id(operation.source), given, made: operation.side, fingerprints, intent.base)
        } else if operation.verb == .create, !operation.restores {
            append(ids(of: operation), plan, fingerprints, intent.base)
        } else {
            store.links.update(intent.link, fingerprints: fingerprints, base: intent.base)
        }
    }

    private func append(_ ids: Sides<IDRange>, _ plan: Plan, _ fingerprints: Sides<Fingerprint>, _ base: StoredRange) {
        plan.arena.withBytes(ids.left.range) { left in
            plan.arena.withBytes(ids.right.range) { right in
                _ = store.links.append(
                    ids: Sides(left: left, right: right), kinds: ids.map(\.kind), fingerprints: fingerprints, base: base
                )
            }
        }
    }
}

extension WriteOutcome {
    /// Whether it tells of a create that was asked for once more under its key what came of it.
    fileprivate func endsDoubt(mayBeThere: Bool) -> Bool {
        switch self {
        case .stored: true
        case .refused: !mayBeThere
        case .moved, .forbidden, .later, .uncertain: false
        }
    }
}
