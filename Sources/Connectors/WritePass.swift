internal import Model
internal import Values

/// One pass through a file, from its old content to its next, with the writes of a batch.
struct WritePass<Scanner: RecordScanner> {
    private let batch: WriteBatch
    private(set) var scanner: Scanner
    private(set) var outcomes: BatchOutcomes
    /// Whether the next content differs from the old.
    private(set) var hasChanges = false
    private var index = BatchIndex()
    private var returning = ReturningRecords()

    init(_ batch: WriteBatch, _ scanner: consuming Scanner) {
        self.batch = batch
        self.scanner = scanner
        outcomes = BatchOutcomes(count: batch.count)
    }

    // An endpoint is known by its protocol alone where it is called, so that the compiler makes no version of this for a format
    // unless it is asked to.
    @specialized(where Scanner == CSVScanner)
    @specialized(where Scanner == JSONLinesScanner)
    @specialized(where Scanner == JSONArrayScanner)
    mutating func run() throws(EndpointFailure) {
        if try scanner.next() {
            indexBatch()
            repeat { try settleRecord() } while try scanner.next()
            for request in 0..<batch.count where !index.met[request] { try settleMissing(request) }
        } else {
            try fillEmptyFile()
        }
        try scanner.finish()
        try scanner.stream.copyRest()
        try scanner.stream.output?.flush()
    }

    private mutating func indexBatch() {
        index.reserve(batch.count)
        for number in 0..<batch.count {
            let request = batch[number]
            if !index.add(request) {
                refuseSecond(number)
            } else if let position = request.former?.position {
                returning.add(number, position)
            }
        }
        returning.sort()
    }

    /// No record is there to be found, so that each request is made once and settled at once.
    private mutating func fillEmptyFile() throws(EndpointFailure) {
        index.reserve(batch.count)
        for number in 0..<batch.count {
            let request = batch[number]
            if index.add(request) {
                try settleMissing(number, request)
            } else {
                refuseSecond(number)
            }
        }
    }

    private mutating func refuseSecond(_ request: Int) {
        outcomes.refuse(request, "an earlier write of the same batch is for this record")
    }

    /// Does what the batch asks of the record that the scanner has found.
    @inline(__always)
    private mutating func settleRecord() throws(EndpointFailure) {
        if returning.isDue { try bringBack() }
        returning.stand()
        // What cannot be read stays as it is.
        if scanner.problem != nil { return try scanner.keepRecord() }
        guard let request = Self.request(for: scanner, in: index) else { return try scanner.keepRecord() }
        // What was put in its old place turns out to stand further on: someone was faster.
        if returning.isBack(request) { throw .changedMeanwhile(name: scanner.file.path) }
        guard index.meet(request) else { throw duplicate() }
        guard try scanner.checkRecord() == nil else {
            outcomes.move(request)
            return try scanner.keepRecord()
        }
        try settle(request, batch[request])
    }

    /// Apart, because a closure in a method that mutates would have the scanner copied for every record.
    private static func request(for scanner: borrowing Scanner, in index: borrowing BatchIndex) -> Int? {
        scanner.withID { id, _ in index.find(id) }
    }

    private mutating func settle(_ number: Int, _ request: WriteRequest) throws(EndpointFailure) {
        let fingerprint = scanner.fingerprint(of: scanner.raw)
        if request.verb != .create, request.precondition != .none, request.precondition != fingerprint {
            outcomes.move(number)
            return try scanner.keepRecord()
        }
        switch request.verb {
        case .create:
            confirm(number, request, fingerprint)
            try scanner.keepRecord()
        case .update: try update(number, request, fingerprint)
        case .delete:
            try scanner.removeRecord()
            returning.fall()
            hasChanges = true
        }
    }

    /// A create that was made before, and is asked for again because nobody knows, is done.
    private mutating func confirm(_ number: Int, _ request: WriteRequest, _ fingerprint: Fingerprint) {
        do throws(RecordFailure) {
            if try scanner.holds(request.fields) {
                outcomes.store(number, fingerprint)
            } else {
                outcomes.move(number)
            }
        } catch {
            outcomes.refuse(number, error.message)
        }
    }

    private mutating func update(
        _ number: Int, _ request: WriteRequest, _ fingerprint: Fingerprint
    ) throws(EndpointFailure) {
        let bytes: [UInt8]
        do throws(RecordFailure) {
            bytes = try scanner.patched(with: request.fields)
        } catch {
            outcomes.refuse(number, error.message)
            return try scanner.keepRecord()
        }
        if scanner.raw.elementsEqual(bytes) {
            outcomes.store(number, fingerprint)
            return try scanner.keepRecord()
        }
        outcomes.store(number, scanner.fingerprint(of: bytes))
        try scanner.replaceRecord(with: bytes)
        hasChanges = true
    }

    /// Puts records that come back before the one that was found, where so many stand before it as once did.
    private mutating func bringBack() throws(EndpointFailure) {
        while returning.isDue, let number = returning.next {
            let bytes: [UInt8]
            do throws(RecordFailure) {
                bytes = try scanner.bytes(of: batch[number])
            } catch {
                // Its turn comes with those that are not there, and there it is refused.
                returning.drop()
                continue
            }
            try scanner.insert(bytes)
            outcomes.store(number, scanner.fingerprint(of: bytes))
            returning.settle()
            hasChanges = true
        }
    }

    private mutating func settleMissing(_ request: Int) throws(EndpointFailure) {
        if outcomes.isSettled(request) || returning.isBack(request) { return }
        if index.isCreate(request) { return try settleMissing(request, batch[request]) }
        outcomes.move(request)
    }

    /// Does what is asked of a record that is not there.
    private mutating func settleMissing(_ number: Int, _ request: WriteRequest) throws(EndpointFailure) {
        guard request.verb == .create else { return outcomes.move(number) }
        let bytes: [UInt8]
        do throws(RecordFailure) {
            bytes = try scanner.bytes(of: request)
        } catch {
            return outcomes.refuse(number, error.message)
        }
        outcomes.store(number, scanner.fingerprint(of: bytes))
        try scanner.append(consume bytes)
        hasChanges = true
    }

    private func duplicate() -> EndpointFailure {
        let id = scanner.withID { id, _ in String(decoding: id, as: UTF8.self) }
        return scanner.file.malformed("the id '\(id)' stands twice", line: scanner.record.line)
    }
}
