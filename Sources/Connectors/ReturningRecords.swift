internal import Model
internal import Values

/// The records of a batch that come back to where they once stood in the file.
struct ReturningRecords {
    private var waiting: [(request: Int, position: Int)] = []
    private var back: Set<Int> = []
    private var at = 0
    /// How many records stand in the next content so far.
    private var standing = 0

    mutating func add(_ request: Int, _ position: Int) { waiting.append((request, position)) }

    mutating func sort() { waiting.sort { ($0.position, $0.request) < ($1.position, $1.request) } }

    /// Whether the next one stood before as many as there are by now.
    @inline(__always)
    var isDue: Bool { at < waiting.count && waiting[at].position <= standing }

    var next: Int? { at < waiting.count ? waiting[at].request : nil }

    /// The next one is in its place.
    mutating func settle() {
        back.insert(waiting[at].request)
        at += 1
        standing += 1
    }

    /// The next one has no place here.
    mutating func drop() { at += 1 }

    @inline(__always)
    mutating func stand() { standing += 1 }

    mutating func fall() { standing -= 1 }

    func isBack(_ request: Int) -> Bool { !back.isEmpty && back.contains(request) }
}

extension RecordScanner {
    /// The bytes of a record that is to be made: those it once had, where they still spell the same.
    mutating func bytes(of request: WriteRequest) throws(RecordFailure) -> [UInt8] {
        if let former = request.former, spells(former) { return former.raw }
        return try encoded(request.id, request.fields)
    }

    private func spells(_ former: WholeRecord) -> Bool {
        guard !former.raw.isEmpty, spansLines || !former.raw.contains(0x0A) else { return false }
        let object = former.raw.withUnsafeBytes { raw in try? layout.decode(raw) }
        return object == former.object
    }
}
