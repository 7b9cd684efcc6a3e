internal import Model
internal import Values

/// Steps through the elements of an array in a JSON document.
struct JSONArrayScanner: RecordScanner {
    let file: CollectionFile
    private(set) var record = ScannedRecord()
    private var document: JSONStream
    /// What was entered on the way to the array, without the array.
    private var levels: [JSONStream.Level] = []
    private var records: JSONRecords
    private var id = RecordKey()
    private var layoutOfArray: JSONArrayLayout
    private var isFirst = true
    private var edits = JSONArrayEdits()

    init(
        of file: CollectionFile, _ stream: FileStream, _ pointer: JSONPointer, idFields: [FieldPath]
    ) throws(EndpointFailure) {
        self.file = file
        records = JSONRecords(idFields: idFields)
        document = try JSONStream(file, stream)
        layoutOfArray = JSONArrayLayout()
        try document.descend(pointer, file, &levels)
        layoutOfArray = JSONArrayLayout(before: document.stream.bytes(0..<document.at), depth: pointer.tokens.count)
        document.at += 1
        document.release(before: document.at)
    }

    var stream: FileStream {
        get { document.stream }
        set { document.stream = newValue }
    }

    var layout: any RecordLayout { JSONLayout() }
    var fieldNames: [String]? { nil }

    mutating func next() throws(EndpointFailure) -> Bool {
        document.release(before: document.at)
        if try document.next() == UInt8(ascii: "]") { return false }
        if !isFirst { try document.skipComma(closing: UInt8(ascii: "]")) }
        guard try document.next() == UInt8(ascii: "{") else {
            throw document.failure("a record must be an object", at: document.at)
        }
        let range = try document.skipWhole()
        record = ScannedRecord(
            start: range.lowerBound, end: range.upperBound, line: document.line(of: range.lowerBound))
        try takeID()
        layoutOfArray.learn(lead: document.stream.bytes(document.kept..<range.lowerBound), record: raw)
        edits.isAtFirst = isFirst
        isFirst = false
        return true
    }

    func withID<R>(_ body: (UnsafeRawBufferPointer, RecordID.Kind) -> R) -> R { id.with(document.stream.bytes, body) }

    @inline(__always)
    func fingerprint(of raw: UnsafeRawBufferPointer) -> Fingerprint { Fingerprint(of: raw) }

    /// A document is made as a whole: a mistake in it is one of all of it.
    var problem: EndpointFailure? { nil }

    mutating func checkRecord() throws(EndpointFailure) -> EndpointFailure? {
        do throws(JSON.Failure) {
            try records.check(document.stream.bytes, record.range)
            return nil
        } catch {
            throw document.failure(error.reason(in: document.stream.bytes), at: error.offset)
        }
    }

    private mutating func takeID() throws(EndpointFailure) {
        do throws(JSONRecordID.Problem) {
            try records.id.take(&id, in: document.stream.bytes, record.range)
        } catch {
            guard let offset = error.sentence.offset else {
                throw file.malformed(error.sentence.text, line: record.line)
            }
            throw document.failure(error.sentence.text, at: offset)
        }
    }
}

extension JSONArrayScanner {
    func holds(_ fields: [FieldValue]) throws(RecordFailure) -> Bool { try records.holds(fields, in: raw) }

    func patched(with fields: [FieldValue]) throws(RecordFailure) -> [UInt8] { try records.patched(raw, with: fields) }

    mutating func encoded(_ id: RecordID, _ fields: [FieldValue]) throws(RecordFailure) -> [UInt8] {
        try records.encoded(id, fields, layoutOfArray.style)
    }

    mutating func keepRecord() throws(EndpointFailure) {
        if edits.needsFirstLead {
            try document.stream.replace(document.kept..<record.start, with: layoutOfArray.firstLead)
            edits.needsFirstLead = false
        } else if edits.needsNextLead {
            try document.stream.replace(document.kept..<record.start, with: layoutOfArray.nextLead)
        }
        edits.needsNextLead = false
        edits.hasRecords = true
    }

    mutating func insert(_ bytes: [UInt8]) throws(EndpointFailure) {
        try append(bytes)
        edits.needsNextLead = edits.isAtFirst
        edits.needsFirstLead = false
    }

    mutating func replaceRecord(with bytes: [UInt8]) throws(EndpointFailure) {
        try keepRecord()
        try document.stream.replace(record.range, with: bytes)
    }

    mutating func removeRecord() throws(EndpointFailure) {
        try document.stream.replace(document.kept..<record.end, with: [])
        edits.needsNextLead = false
        if !edits.hasRecords { edits.needsFirstLead = true }
    }

    mutating func append(_ bytes: [UInt8]) throws(EndpointFailure) {
        let lead = edits.hasRecords ? layoutOfArray.nextLead : layoutOfArray.firstLead
        try document.stream.replace(document.kept..<document.kept, with: lead + bytes)
        edits.hasRecords = true
    }

    mutating func finish() throws(EndpointFailure) {
        let tail = document.kept..<document.at
        if isFirst, edits.hasRecords {
            try document.stream.replace(tail, with: layoutOfArray.tail)
        } else if !isFirst, !edits.hasRecords {
            try document.stream.replace(tail, with: [])
        }
        document.at += 1
        try document.finish(&levels)
        try document.finishDocument()
    }
}

/// What has become of the array so far.
private struct JSONArrayEdits {
    /// Whether a record stays, or was added.
    var hasRecords = false
    /// Whether the first records were removed, so that the next one comes to stand first.
    var needsFirstLead = false
    /// Whether the record that was found is the first of the file, and whether one was put before it.
    var isAtFirst = false
    var needsNextLead = false
}
