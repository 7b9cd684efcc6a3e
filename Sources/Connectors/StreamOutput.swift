internal import FileIO
internal import Model
internal import Values

/// The next content of a file while it is written, with its digest taken in passing. Small pieces are gathered first.
final class StreamOutput {
    private let file: WriteFile
    private var digest = FingerprintHash()
    private var gathered: [UInt8] = []
    /// How many bytes were written.
    private(set) var size = 0
    /// The last byte that was written; nil before the first.
    private(set) var lastByte: UInt8?

    private static let most = 1 << 16

    init(_ file: WriteFile) {
        self.file = file
        gathered.reserveCapacity(Self.most)
    }

    /// The stamp that a read of what was written would give; once all is with the file.
    var stamp: CollectionStamp { CollectionStamp("\(size):\(digest.finish())") }

    func write(_ bytes: UnsafeRawBufferPointer) throws(EndpointFailure) {
        guard let last = bytes.last else { return }
        lastByte = last
        size += bytes.count
        if gathered.count + bytes.count > Self.most { try flush() }
        if bytes.count > Self.most {
            try pass(bytes)
        } else {
            gathered.append(contentsOf: bytes)
        }
    }

    func write(_ bytes: [UInt8]) throws(EndpointFailure) {
        let result = bytes.withUnsafeBytes { bytes in
            Result { () throws(EndpointFailure) in try write(bytes) }
        }
        try result.get()
    }

    /// Hands all that was gathered to the file.
    func flush() throws(EndpointFailure) {
        if gathered.isEmpty { return }
        let result = gathered.withUnsafeBytes { bytes in
            Result { () throws(EndpointFailure) in try pass(bytes) }
        }
        gathered.removeAll(keepingCapacity: true)
        try result.get()
    }

    private func pass(_ bytes: UnsafeRawBufferPointer) throws(EndpointFailure) {
        digest.update(bytes)
        try asking { () throws(FileFailure) in try file.write(bytes) }
    }
}
