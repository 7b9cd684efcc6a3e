/// The content of a TZif file, checked: RFC 8536, section 3.
struct TZifFile {
    /// Seconds since 1970-01-01T00:00:00Z, ascending.
    let changes: [Int64]
    /// The kind before the first change, then one for each change.
    let kinds: [LocalTimeKind]
    /// For all instants after the last change.
    let rule: PosixZone?

    init(_ bytes: [UInt8]) throws(TimeZoneFailure.Problem) {
        var reader = BigEndianReader(bytes)
        var header = try TZifHeader(&reader)
        if header.version == 0 {
            (changes, kinds) = try Self.block(header, timeSize: 4, &reader)
            rule = nil
            return
        }
        // Whoever reads the second block skips the first, which is often empty.
        _ = try reader.take(header.blockSize(timeSize: 4))
        header = try TZifHeader(&reader)
        (changes, kinds) = try Self.block(header, timeSize: 8, &reader)
        rule = try Self.footer(&reader)
    }

    private static func block(
        _ header: TZifHeader, timeSize: Int, _ reader: inout BigEndianReader
    ) throws(TimeZoneFailure.Problem) -> ([Int64], [LocalTimeKind]) {
        guard header.leaps == 0 else { throw .leapSeconds }
        guard reader.remaining >= header.blockSize(timeSize: timeSize) else { throw .truncated }
        var changes: [Int64] = []
        changes.reserveCapacity(header.times)
        for _ in 0..<header.times {
            let time = try reader.signed(size: timeSize)
            if let last = changes.last, time <= last { throw .unordered }
            changes.append(time)
        }
        let indices = try reader.take(header.times)
        let types = try reader.take(header.types * 6)
        let names = try reader.take(header.characters)
        _ = try reader.take(header.standards + header.universals)
        var known: [LocalTimeKind] = []
        for start in stride(from: types.startIndex, to: types.endIndex, by: 6) {
            known.append(try kind(types[start..<start + 6], names: names))
        }
        guard let first = known.first else { throw .badCounts }
        var kinds = [first]
        for index in indices {
            guard Int(index) < known.count else { throw .noSuchKind }
            kinds.append(known[Int(index)])
        }
        return (changes, kinds)
    }

    private static func kind(
        _ record: ArraySlice<UInt8>, names: ArraySlice<UInt8>
    ) throws(TimeZoneFailure.Problem) -> LocalTimeKind {
        var reader = BigEndianReader(Array(record))
        let offset = Int(try reader.signed(size: 4))
        let isDaylight = try reader.byte()
        let nameStart = names.startIndex + Int(try reader.byte())
        guard isDaylight <= 1 else { throw .badCounts }
        // The bounds that RFC 8536, section 3.2, gives for an offset.
        guard (-89_999...93_599).contains(offset) else { throw .badOffset(offset) }
        guard nameStart < names.endIndex, let end = names[nameStart...].firstIndex(of: 0),
            names[nameStart..<end].allSatisfy({ (0x20...0x7E).contains($0) })
        else { throw .badAbbreviation }
        let name = String(decoding: names[nameStart..<end], as: UTF8.self)
        return LocalTimeKind(offset: offset, isDaylight: isDaylight == 1, abbreviation: name)
    }

    /// The rule between two line feeds at the end; none if there is nothing between them.
    private static func footer(_ reader: inout BigEndianReader) throws(TimeZoneFailure.Problem) -> PosixZone? {
        let rest = try reader.take(reader.remaining)
        guard rest.first == 0x0A, let end = rest.dropFirst().firstIndex(of: 0x0A) else { throw .truncated }
        let text = rest[(rest.startIndex + 1)..<end]
        guard !text.isEmpty else { return nil }
        guard let rule = PosixZone(text) else { throw .badRule }
        return rule
    }
}

/// The 44 bytes that stand before each block of a TZif file.
private struct TZifHeader {
    let version: UInt8
    let universals: Int
    let standards: Int
    let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    init(_ reader: inout BigEndianReader) throws(TimeZoneFailure.Problem) {
        guard reader.remaining >= 4, try reader.take(4).elementsEqual("TZif".utf8) else { throw .notTZif }
        version = try reader.byte()
        // A later version must stay readable as version 2, as 3 and 4 have been.
        guard version == 0 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(version) else {
            throw .unknownVersion(version)
        }
        _ = try reader.take(15)
        universals = try reader.count()
        standards = try reader.count()
        leaps = try reader.count()
        times = try reader.count()
        types = try reader.count()
        characters = try reader.count()
        guard universals == 0 || universals == types, standards == 0 || standards == types else { throw .badCounts }
    }

    func blockSize(timeSize: Int) -> Int {
        times * (timeSize + 1) + types * 6 + characters + leaps * (timeSize + 4) + standards + universals
    }
}

private struct BigEndianReader {
    private let bytes: [UInt8]
    private var at = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - at }

    mutating func take(_ count: Int) throws(TimeZoneFailure.Problem) -> ArraySlice<UInt8> {
        guard count <= remaining else { throw .truncated }
        defer { at += count }
        return bytes[at..<at + count]
    }

    mutating func byte() throws(TimeZoneFailure.Problem) -> UInt8 {
        guard let byte = try take(1).first else { throw .truncated }
        return byte
    }

    mutating func count() throws(TimeZoneFailure.Problem) -> Int {
        try take(4).reduce(0) { $0 << 8 | Int($1) }
    }

    /// A number in two's complement of 4 or 8 bytes.
    mutating func signed(size: Int) throws(TimeZoneFailure.Problem) -> Int64 {
        let bits = try take(size).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits)
    }
}

extension TimeZoneFailure.Problem: Error {}
