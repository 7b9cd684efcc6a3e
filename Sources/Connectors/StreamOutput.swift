internal import FileIO
internal import Model
internal import Values

/// The next content of a file while it is written, with its digest taken in passing.
final class StreamOutput {
    private let file: WriteFile
    private var digest = FingerprintHash()
    /// The last byte that was written; nil before the first.
    private(set) var lastByte: UInt8?

    init(_ file: WriteFile) { self.file = file }

    /// How many bytes were written.
    var size: Int { file.size }

    /// The stamp that a read of what was written would give.
    var stamp: CollectionStamp { CollectionStamp("\(file.size):\(digest.finish())") }

    func write(_ bytes: UnsafeRawBufferPointer) throws(EndpointFailure) {
        guard let last = bytes.last else { return }
        digest.update(bytes)
        lastByte = last
        try asking { () throws(FileFailure) in try file.write(bytes) }
    }

    func write(_ bytes: [UInt8]) throws(EndpointFailure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(EndpointFailure) in try write(bytes) }
        }
        try result.get()
    }
}
