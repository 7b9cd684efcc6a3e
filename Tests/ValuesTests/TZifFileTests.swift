import Testing
import Values

/// Makes the bytes of a TZif file, right or wrong.
private struct TZifBuilder {
    var version: UInt8 = UInt8(ascii: "2")
    var changes: [(at: Int64, kind: UInt8)] = []
    var kinds: [(offset: Int32, daylight: UInt8, name: UInt8)] = [(0, 0, 0)]
    var names = Array("GMT\0BST\0".utf8)
    var footer = "\n\n"

    var bytes: [UInt8] { version == 0 ? block(size: 4) : block(size: 4) + block(size: 8) + Array(footer.utf8) }

    private func block(size: Int) -> [UInt8] {
        var bytes = Array("TZif".utf8) + [version] + Array(repeating: 0, count: 15)
        for count in [0, 0, 0, changes.count, kinds.count, names.count] { bytes += big(Int64(count), 4) }
        for change in changes { bytes += big(change.at, size) }
        for change in changes { bytes.append(change.kind) }
        for kind in kinds { bytes += big(Int64(kind.offset), 4) + [kind.daylight, kind.name] }
        return bytes + names
    }

    private func big(_ number: Int64, _ size: Int) -> [UInt8] {
        (0..<size).map { UInt8(truncatingIfNeeded: number >> Int64((size - 1 - $0) * 8)) }
    }

    func problem() -> TimeZoneFailure.Problem? {
        do throws(TimeZoneFailure) {
            _ = try TimeZoneRules(name: "Test/Zone", tzif: bytes)
            return nil
        } catch {
            return error.problem
        }
    }

    func rules() throws -> TimeZoneRules { try TimeZoneRules(name: "Test/Zone", tzif: bytes) }
}

@Suite("TZif files")
struct TZifFileTests {
    @Test("of version 1 are read from their only block")
    func versionOne() throws {
        var file = TZifBuilder(version: 0, changes: [(-100, 1), (100, 0)])
        file.kinds.append((3600, 1, 4))
        let zone = try file.rules()
        #expect([-101, -100, 99, 100].map { zone.period(at: $0).kind.offset } == [0, 3600, 3600, 0])
        #expect(zone.period(at: 0).kind.abbreviation == "BST")
        #expect(zone.period(at: 1 << 60).end == .max)
    }

    @Test("that are wrong are refused with the reason")
    func problems() {
        #expect(TZifBuilder().problem() == nil)
        #expect(TZifBuilder(version: 1).problem() == .unknownVersion(1))
        #expect(TZifBuilder(changes: [(5, 0), (5, 0)]).problem() == .unordered)
        #expect(TZifBuilder(changes: [(5, 1)]).problem() == .noSuchKind)
        #expect(TZifBuilder(kinds: []).problem() == .badCounts)
        #expect(TZifBuilder(kinds: [(0, 2, 0)]).problem() == .badCounts)
        #expect(TZifBuilder(kinds: [(93_600, 0, 0)]).problem() == .badOffset(93_600))
        #expect(TZifBuilder(kinds: [(.min, 0, 0)]).problem() == .badOffset(-2_147_483_648))
        #expect(TZifBuilder(kinds: [(0, 0, 8)]).problem() == .badAbbreviation)
        #expect(TZifBuilder(names: Array("GMT".utf8)).problem() == .badAbbreviation)
        #expect(TZifBuilder(names: [0x1B, 0]).problem() == .badAbbreviation)
        #expect(TZifBuilder(footer: "\nGMT0").problem() == .truncated)
        #expect(TZifBuilder(footer: "\nGMT\n").problem() == .badRule)
    }

    @Test("that are no such files are refused", arguments: [[], Array("TZi".utf8), Array("#!/bin/sh\nexit 0\n".utf8)])
    func notTZif(bytes: [UInt8]) {
        let failure = #expect(throws: TimeZoneFailure.self) { try TimeZoneRules(name: "Test/Zone", tzif: bytes) }
        #expect(failure?.message == "time zone 'Test/Zone': its file is not a time zone file (TZif)")
    }

    @Test(
        "end in a rule that is read or refused",
        arguments: [
            ("GMT0BST,M3.5.0/1,M10.5.0", true), ("<+0330>-3:30", true), ("EST5EDT,0/0,J365/25", true),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", true), ("EET-2EEST,M3.4.4/50,M10.4.4/50", true),
            ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", true),
            ("LHST-10:30LHDT-11,M10.1.0,M4.1.0", true), ("AAA+1BBB-2:03:04,J60,300/167:59:59", true),
            ("GMT", false), ("GM0", false), ("GMT0BST", false), ("GMT0BST,M3.5.0", false), ("GMT25", false),
            ("<+03-3", false),
            ("GMT0BST,M13.5.0,M10.5.0", false), ("GMT0BST,M3.0.0,M10.5.0", false), ("GMT0BST,M3.5.7,M10.5.0", false),
            ("GMT0BST,J0,J365", false), ("GMT0BST,366,1", false), ("GMT0BST,M3.5.0/168,M10.5.0", false),
            ("GMT0 ", false),
            ("GMT0BST,M3.5.0,M10.5.0x", false), ("GMT00000000000000000000001", false), (":Europe/London", false),
        ])
    func rule(text: String, isRule: Bool) {
        #expect(TZifBuilder(footer: "\n\(text)\n").problem() == (isRule ? nil : .badRule))
    }

    @Test("may have a rule by which it is summer all year")
    func perpetualSummer() throws {
        let zone = try TZifBuilder(footer: "\nEST5EDT,0/0,J365/25\n").rules()
        for hour in -20_000...20_000 {
            #expect(zone.period(at: Int64(hour) * 3600).kind.abbreviation == "EDT")
        }
    }

    @Test("may have a rule by days of the year")
    func daysOfTheYear() throws {
        let zone = try TZifBuilder(footer: "\nAAA0BBB,J60/0,300/0\n").rules()
        // The 1st of March, whatever the year; the 301st day, which is the 27th or 28th of October.
        for (start, end) in [("2023-03-01", "2023-10-28"), ("2024-03-01", "2024-10-27")] {
            let first = try #require(Timestamp("\(start)T00:00:00Z")).seconds
            let last = try #require(Timestamp("\(end)T00:00:00Z")).seconds - 3600
            #expect(zone.period(at: first) == zone.period(at: last - 1))
            #expect(zone.period(at: first).start == first)
            #expect(zone.period(at: first).end == last)
        }
    }

    @Test("with their bytes changed at random give a zone or a reason", .enabled(if: SystemZones.areThere))
    func mutations() throws {
        let seed: UInt64 = 20_260_301
        var random = ZoneFileMutator(state: seed)
        let files = try ["Europe/London", "America/Sao_Paulo", "Asia/Kathmandu", "Africa/Casablanca", "UTC"].map(
            SystemZones.bytes)
        var (read, refused) = (0, 0)
        for _ in 0..<10_000 {
            let bytes = random.mutated(files[random.below(files.count)])
            guard let zone = try? TimeZoneRules(name: "Test/Zone", tzif: bytes) else {
                refused += 1
                continue
            }
            read += 1
            for instant in [Timestamp.earliest, Timestamp(seconds: Int64(random.below(1 << 32))), .latest].compactMap({
                $0
            }) {
                let period = zone.period(at: instant.seconds)
                #expect(period.start <= instant.seconds && instant.seconds < period.end, "seed \(seed)")
                #expect(
                    zone.latestReading(upTo: instant) >= instant.seconds + Int64(zone.offset(at: instant)),
                    "seed \(seed)")
                _ = zone.instants(of: CivilTime(instant))
            }
        }
        #expect(read > 1000 && refused > 1000)
    }
}

/// SplitMix64: the same numbers from the same seed.
private struct ZoneFileMutator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A few bytes set, dropped, doubled, or the end cut off.
    mutating func mutated(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0...below(3) where !bytes.isEmpty {
            let at = below(2) == 0 ? below(bytes.count) : below(min(bytes.count, 100))
            switch below(6) {
            case 0: bytes.remove(at: at)
            case 1: bytes.insert(bytes[at], at: at)
            case 2 where below(4) == 0: bytes.removeLast(bytes.count - at)
            default: bytes[at] = UInt8(truncatingIfNeeded: next())
            }
        }
        return bytes
    }
}
