internal import Model
internal import Values

/// Steps through the lines of a JSON Lines file. Lines without anything but space are passed over.
struct JSONLinesScanner: RecordScanner {
    let file: CollectionFile
    var stream: FileStream
    private(set) var record = ScannedRecord()
    private(set) var problem: EndpointFailure?
    private var records: JSONRecords
    private var id = RecordKey()
    /// Where the next line begins.
    private var at = 0
    private var line = 1
    private var lineEnd = LineEnd.lineFeed
    /// How new records are written: as the first one is.
    private var style: JSONStyle?

    init(of file: CollectionFile, _ stream: FileStream, idFields: [FieldPath]) throws(EndpointFailure) {
        self.file = file
        self.stream = stream
        records = JSONRecords(idFields: idFields)
        at = try self.stream.markEnd(of: file)
    }

    var layout: any RecordLayout { JSONLayout() }
    var fieldNames: [String]? { nil }

    mutating func next() throws(EndpointFailure) -> Bool {
        repeat {
            guard try nextLine() else { return false }
        } while isBlank
        if problem != nil { problem = nil }
        do throws(JSONRecordID.Problem) {
            try records.id.take(&id, in: stream.bytes, record.range)
        } catch {
            problem = malformed(error.sentence.text, at: error.sentence.offset)
            return true
        }
        if style == nil { style = JSONStyle(of: raw) }
        return true
    }

    func withID<R>(_ body: (UnsafeRawBufferPointer, RecordID.Kind) -> R) -> R { id.with(stream.bytes, body) }

    @inline(__always)
    func fingerprint(of raw: UnsafeRawBufferPointer) -> Fingerprint { Fingerprint(of: raw) }

    mutating func checkRecord() throws(EndpointFailure) -> EndpointFailure? {
        do throws(JSON.Failure) {
            try records.check(stream.bytes, record.range)
            return nil
        } catch {
            return malformed(error.reason(in: stream.bytes(0..<record.end)), at: error.offset)
        }
    }

    private var isBlank: Bool {
        raw.allSatisfy { $0 == Byte.space || $0 == Byte.tab || $0 == Byte.carriageReturn }
    }

    /// Steps to the next line.
    private mutating func nextLine() throws(EndpointFailure) -> Bool {
        var from = at
        while true {
            if let lineFeed = find(Byte.lineFeed, in: stream.bytes, from: from, to: stream.filled) {
                take(end: lineFeed, next: lineFeed + 1)
                return true
            }
            if stream.filled - at > FileStream.recordLimit {
                throw file.malformed("the line is longer than 64 MiB", line: line)
            }
            from = stream.filled - at
            let start = at
            guard try stream.more(keepingFrom: start) else { break }
            at = 0
        }
        if at == stream.filled { return false }
        take(end: stream.filled, next: stream.filled)
        return true
    }

    @inline(__always)
    private mutating func take(end: Int, next: Int) {
        record = ScannedRecord(start: at, end: end, line: line)
        let hasReturn = end > at && stream.bytes[end - 1] == Byte.carriageReturn
        if hasReturn { record.end -= 1 }
        if next > end { lineEnd = hasReturn ? .carriageReturnLineFeed : .lineFeed }
        at = next
        line += 1
    }

    private func malformed(_ message: String, at offset: Int?) -> EndpointFailure {
        guard let offset else { return file.malformed(message, line: record.line) }
        let place = position(of: offset - record.start, in: raw, firstLine: record.line)
        return file.malformed(message, line: place.line, column: place.column)
    }
}

extension JSONLinesScanner {
    func holds(_ fields: [FieldValue]) throws(RecordFailure) -> Bool { try records.holds(fields, in: raw) }

    func patched(with fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        let bytes = try records.patched(raw, with: fields)
        return bytes
    }

    mutating func encoded(_ id: RecordID, _ fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        try records.encoded(id, fields, style ?? .compact)
    }

    mutating func keepRecord() throws(EndpointFailure) {}

    mutating func replaceRecord(with bytes: [UInt8]) throws(EndpointFailure) {
        try stream.replace(record.range, with: bytes)
    }

    mutating func removeRecord() throws(EndpointFailure) {
        try stream.replace(record.start..<at, with: [])
    }

    var spansLines: Bool { false }

    mutating func insert(_ bytes: [UInt8]) throws(EndpointFailure) {
        try stream.replace(record.start..<record.start, with: bytes + lineEnd.bytes)
    }

    mutating func append(_ bytes: [UInt8]) throws(EndpointFailure) {
        try stream.append(line: bytes, lineEnd: lineEnd)
    }

    mutating func finish() throws(EndpointFailure) {}
}
