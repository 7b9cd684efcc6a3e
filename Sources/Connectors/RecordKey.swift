internal import Model
internal import Values

/// The id of a scanned record: where it stands in the window, or a copy where it does not stand there as it is meant.
struct RecordKey {
    private var range = 0..<0
    private var copied: [UInt8] = []
    private var isCopied = false
    private var kind = RecordID.Kind.text

    @inline(__always)
    mutating func refer(to range: Range<Int>, kind: RecordID.Kind = .text) {
        self.range = range
        self.kind = kind
        isCopied = false
    }

    /// Takes what the body appends.
    mutating func copy(_ body: (inout [UInt8]) -> Void) {
        copied.removeAll(keepingCapacity: true)
        body(&copied)
        kind = .text
        isCopied = true
    }

    mutating func compose(_ parts: [String]) {
        copied.removeAll(keepingCapacity: true)
        JSONWriter.write(.list(parts.map(Value.text)), to: &copied)
        kind = .composite
        isCopied = true
    }

    @inline(__always)
    func with<R>(_ window: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer, RecordID.Kind) -> R) -> R {
        isCopied
            ? copied.withUnsafeBytes { body($0, kind) } : body(UnsafeRawBufferPointer(rebasing: window[range]), kind)
    }
}
