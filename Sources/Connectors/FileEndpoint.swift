internal import FileIO
internal import Model
internal import Values

/// The layout of a file without a byte in it.
private struct NoRecords: RecordLayout {
    func decode(_ raw: UnsafeRawBufferPointer) throws(RecordFailure) -> Object {
        throw RecordFailure("the file is empty")
    }
}

/// A collection that is a file of records.
struct FileEndpoint<Format: RecordFormat>: Endpoint {
    let file: CollectionFile
    let format: Format

    /// How often a file is read anew that changes while it is read.
    private static var attempts: Int { 3 }

    var capabilities: Capabilities {
        var capabilities = format.capabilities
        capabilities.file = file.path
        return capabilities
    }

    func stamp() async throws(EndpointFailure) -> CollectionStamp? {
        try steadily { (opened) throws(EndpointFailure) in
            var stream = opened
            while try stream.more(keepingFrom: stream.filled) {}
            return stream.stamp
        }
    }

    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        try steadily { (opened) throws(EndpointFailure) in
            var builder = SnapshotBuilder(known, newIDs: format.capabilities.newIDs)
            // To whoever knew its records, an emptied file is a collection that lost them all, and not one without a head.
            if opened.isEmpty, known.hasLinks { return builder.finish(layout: NoRecords(), stamp: opened.stamp) }
            var scanner = try format.scanner(of: file, opened)
            try readAll(&scanner, into: &builder)
            return builder.finish(
                layout: scanner.layout, stamp: scanner.stream.stamp, fieldNames: scanner.fieldNames)
        }
    }

    func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample {
        try steadily { (opened) throws(EndpointFailure) in
            var scanner = try format.withoutID.scanner(of: file, opened)
            var spread = SpreadRecords(most)
            while try scanner.next() {
                guard spread.wantsNext(), scanner.problem == nil, try scanner.checkRecord() == nil else { continue }
                spread.take(scanner.raw)
            }
            try scanner.finish()
            let layout = scanner.layout
            return CollectionSample(
                records: spread.records.compactMap { raw in raw.withUnsafeBytes { try? layout.decode($0) } },
                fieldNames: scanner.fieldNames)
        }
    }

    func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        if batch.count == 0 { return nil }
        let (opened, identity) = try await file.openToReplace()
        let replacement = try file.replacement(of: opened)
        // With it goes the lock.
        defer { withExtendedLifetime(replacement) {} }
        let output = StreamOutput(replacement.file)
        var pass: WritePass<Format.Scanner>
        do throws(EndpointFailure) {
            pass = WritePass(batch, try format.scanner(of: file, FileStream(opened, identity, output: output)))
            try pass.run()
        } catch {
            throw try file.isStill(identity) ? error : .changedMeanwhile(name: file.path)
        }
        if pass.hasChanges {
            // On its way to the disk while the batch may still have to wait.
            try asking { () throws(FileFailure) in try replacement.file.sync() }
        }
        try await batch.mayTakeEffect()
        if pass.hasChanges {
            try file.take(replacement, insteadOf: identity)
        } else if try !file.isStill(identity) {
            throw .changedMeanwhile(name: file.path)
        }
        pass.outcomes.report(report)
        let stamp = pass.scanner.stream.stamp
        if batch.isNews(stamp) { return nil }
        return pass.hasChanges ? output.stamp : stamp
    }

    @specialized(where Format == CSVFormat)
    @specialized(where Format == JSONLinesFormat)
    @specialized(where Format == JSONArrayFormat)
    private func readAll(
        _ scanner: inout Format.Scanner, into builder: inout SnapshotBuilder
    ) throws(EndpointFailure) {
        var first: EndpointFailure?
        while try scanner.next() {
            if let problem = scanner.problem {
                first = first ?? problem
                builder.addUnreadable(Self.sentence(problem))
                continue
            }
            let raw = scanner.raw
            let fingerprint = scanner.fingerprint(of: raw)
            let line = scanner.record.line
            let added = scanner.withID { id, kind in
                builder.add(id: id, kind: kind, fingerprint: fingerprint, raw: raw, line: line)
            }
            switch added {
            case .unchanged: break
            case .kept:
                guard let problem = try scanner.checkRecord() else { break }
                first = first ?? problem
                builder.setAsideLast(Self.sentence(problem))
            case .duplicate: throw try duplicate(scanner)
            }
        }
        if let first, builder.isMostlyUnreadable { throw first }
        try scanner.finish()
    }

    private static func sentence(_ failure: EndpointFailure) -> String {
        guard case .malformed(let place, let message) = failure else { return "\(failure)" }
        return "\(place): \(message)"
    }

    /// Does something with the open file, anew where the file changed meanwhile: a result then, or a failure, means
    /// nothing.
    private func steadily<R>(_ body: (FileStream) throws(EndpointFailure) -> R) throws(EndpointFailure) -> R {
        for _ in 0..<Self.attempts {
            let (opened, identity) = try file.openToRead()
            let result = Result { () throws(EndpointFailure) in try body(FileStream(opened, identity)) }
            if try file.isStill(identity) { return try result.get() }
        }
        throw .changedMeanwhile(name: file.path)
    }

    /// The record's id stands in the file twice: looks for the first.
    private func duplicate(_ scanner: Format.Scanner) throws(EndpointFailure) -> EndpointFailure {
        let id = scanner.withID { id, _ in Array(id) }
        let name = String(decoding: id, as: UTF8.self)
        let (opened, identity) = try file.openToRead()
        var again = try format.scanner(of: file, FileStream(opened, identity))
        while try again.next() {
            guard again.problem == nil, again.withID({ other, _ in other.elementsEqual(id) }) else { continue }
            return file.malformed(
                "the id '\(name)' stands twice, first on line \(again.record.line)", line: scanner.record.line)
        }
        return .changedMeanwhile(name: file.path)
    }
}
