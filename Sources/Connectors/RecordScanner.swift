internal import Model
internal import Values

/// Steps through the records of a file of one format, and knows how to write them.
///
/// A scanner looks at what it must to tell records and their ids apart; ``checkRecord()`` looks at the rest, which was
/// found to be well before where a record's fingerprint stands.
protocol RecordScanner {
    var file: CollectionFile { get }
    var stream: FileStream { get set }
    /// The record that the last ``next()`` found.
    var record: ScannedRecord { get }
    /// What is wrong with that record, where not even its id can be read; nil where it can.
    var problem: EndpointFailure? { get }
    var layout: any RecordLayout { get }
    /// The names of all fields, where the file has a head.
    var fieldNames: [String]? { get }

    /// Steps to the next record; false behind the last one.
    mutating func next() throws(EndpointFailure) -> Bool
    /// Calls the body with the record's id.
    func withID<R>(_ body: (UnsafeRawBufferPointer, RecordID.Kind) -> R) -> R
    /// Finds a mistake in the record: the one that comes back is the record's own. Throws where it may be one of more than this record:
    /// those around it then cannot be told apart for sure.
    mutating func checkRecord() throws(EndpointFailure) -> EndpointFailure?

    /// The fingerprint of a record of these bytes.
    func fingerprint(of raw: UnsafeRawBufferPointer) -> Fingerprint
    /// Whether the record holds all of these values already.
    func holds(_ fields: [FieldValue]) throws(RecordFailure) -> Bool
    /// The record with these values set and all other bytes as they are.
    func patched(with fields: [FieldValue]) throws(RecordFailure) -> [UInt8]
    /// A new record in the style of the file.
    mutating func encoded(_ id: RecordID, _ fields: [FieldValue]) throws(RecordFailure) -> [UInt8]

    /// The record stays as it is.
    mutating func keepRecord() throws(EndpointFailure)
    mutating func replaceRecord(with bytes: [UInt8]) throws(EndpointFailure)
    mutating func removeRecord() throws(EndpointFailure)
    /// Puts a record before the one that was found, and before anything is done with that.
    mutating func insert(_ bytes: [UInt8]) throws(EndpointFailure)
    /// Whether the bytes of a record may hold line feeds.
    var spansLines: Bool { get }
    /// Adds a record behind all others; only after ``next()`` has given false.
    mutating func append(_ bytes: [UInt8]) throws(EndpointFailure)
    /// Goes through what follows the last record to the end of the file.
    mutating func finish() throws(EndpointFailure)
}

typealias FieldValue = (path: FieldPath, value: Value)

/// Where a record stands in the window.
struct ScannedRecord {
    /// Where the record's own bytes begin; what separates it from the one before may stand before that.
    var start = 0
    var end = 0
    /// The line of its first byte.
    var line = 1

    var range: Range<Int> { start..<end }
}

extension RecordScanner {
    var spansLines: Bool { true }

    @inline(__always)
    var raw: UnsafeRawBufferPointer { stream.bytes(record.range) }

    func fingerprint(of raw: [UInt8]) -> Fingerprint {
        raw.withUnsafeBytes { fingerprint(of: $0) }
    }
}

/// Makes a scanner for a file; what a connector's settings come down to.
protocol RecordFormat: Sendable {
    associatedtype Scanner: RecordScanner

    var capabilities: Capabilities { get set }
    func scanner(of file: CollectionFile, _ stream: FileStream) throws(EndpointFailure) -> Scanner
}

extension RecordFormat {
    /// The same, whatever names the records: for whoever asks only what is in them.
    var withoutID: Self {
        var format = self
        format.capabilities.idFields = []
        return format
    }
}
