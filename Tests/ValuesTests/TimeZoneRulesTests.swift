import Foundation
import Testing
import Values

/// The system's time zones, where it has them.
enum SystemZones {
    static let folder = "/usr/share/zoneinfo"
    static let areThere = FileManager.default.fileExists(atPath: folder + "/Europe/London")

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try #require(FileManager.default.contents(atPath: "\(folder)/\(name)"), "no zone \(name)"))
    }

    static func rules(_ name: String) throws -> TimeZoneRules {
        try TimeZoneRules(name: name, tzif: bytes(name))
    }
}

private func instant(_ seconds: Substring) throws -> Timestamp {
    try #require(Int64(seconds).flatMap { Timestamp(seconds: $0) })
}

@Suite("Time zones")
struct TimeZoneRulesTests {
    @Test("show what the C library and Python show", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func offsets() throws {
        var zones: [String: TimeZoneRules] = [:]
        let rows = zoneTable.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.count == 346)
        for row in rows {
            let name = String(row[0])
            let zone = try zones[name] ?? SystemZones.rules(name)
            zones[name] = zone
            let kind = zone.kind(at: try instant(row[1]))
            #expect(
                "\(kind.offset) \(kind.abbreviation) \(kind.isDaylight ? 1 : 0)" == row[2...].joined(separator: " "),
                "\(row)")
        }
    }

    @Test("know the instants of a reading", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
    func readings() throws {
        let rows = readingTable.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(rows.count == 205)
        for row in rows {
            let zone = try SystemZones.rules(String(row[0]))
            let reading = CivilTime(try instant(row[1]))
            let shown = try #require(zone.instants(of: reading))
            #expect(text(shown) == row[2], "\(row)")
            #expect(zone.firstInstant(showing: reading) == first(shown), "\(row)")
        }
    }

    private func text(_ instants: LocalInstants) -> String {
        switch instants {
        case .gap(let end): "gap:\(end.seconds)"
        case .one(let instant): "\(instant.seconds)"
        case .overlap(let earlier, let later): "\(earlier.seconds),\(later.seconds)"
        }
    }

    private func first(_ instants: LocalInstants) -> Timestamp {
        switch instants {
        case .gap(let end): end
        case .one(let instant): instant
        case .overlap(let earlier, _): earlier
        }
    }

    @Test("all of the system's can be read, and agree with themselves", .enabled(if: SystemZones.areThere))
    func allZones() throws {
        var read = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: SystemZones.folder) {
            let bytes = Array(FileManager.default.contents(atPath: "\(SystemZones.folder)/\(name)") ?? Data())
            guard bytes.starts(with: "TZif".utf8), !name.hasPrefix("right/") else { continue }
            let zone = try TimeZoneRules(name: name, tzif: bytes)
            read += 1
            for year in stride(from: Int64(-200), through: 200, by: 10) {
                let period = zone.period(at: year * 31_556_952)
                #expect(period.start < period.end, "\(name)")
                #expect(zone.period(at: max(period.start, -1 << 40)).end == period.end, "\(name)")
                if period.end < .max { #expect(zone.period(at: period.end).start == period.end, "\(name)") }
            }
        }
        #expect(read > 300)
    }

    @Test(
        "with leap seconds are refused",
        .enabled(if: FileManager.default.fileExists(atPath: SystemZones.folder + "/right/UTC")))
    func leapSeconds() throws {
        let failure = #expect(throws: TimeZoneFailure.self) { try SystemZones.rules("right/UTC") }
        #expect(failure?.problem == .leapSeconds)
    }

    @Test("that never change")
    func fixed() throws {
        let noon = try #require(Timestamp("2026-07-01T12:00:00Z"))
        #expect(TimeZoneRules.utc.offset(at: noon) == 0)
        let india = try #require(TimeZoneRules(secondsEast: 19_800))
        #expect(india.name == "+05:30")
        #expect(india.offset(at: noon) == 19_800)
        #expect(TimeZoneRules(secondsEast: -12_600)?.name == "-03:30")
        #expect(TimeZoneRules(secondsEast: 86_400) == nil)
        #expect(TimeZoneRules(secondsEast: .min) == nil)
    }

    @Test("at the ends of the calendar have readings without instants")
    func ends() throws {
        let east = try #require(TimeZoneRules(secondsEast: 3600))
        let first = try #require(CalendarDate(year: 1, month: 1, day: 1))
        let last = try #require(CalendarDate(year: 9999, month: 12, day: 31))
        #expect(east.instants(of: CivilTime(date: first)) == nil)
        #expect(east.instants(of: CivilTime(date: first, hour: 1)) == .one(.earliest))
        let west = try #require(TimeZoneRules(secondsEast: -3600))
        #expect(west.firstInstant(showing: CivilTime(date: last, hour: 23)) == nil)
        #expect(west.latestReading(upTo: .earliest) == Timestamp.earliest.seconds - 3600)
    }

    @Test(
        "have names that are safe in a path",
        arguments: [
            ("Europe/London", true), ("America/Argentina/Buenos_Aires", true), ("Etc/GMT+5", true), ("UTC", true),
            ("../../etc/passwd", false), ("/UTC", false), ("UTC/", false), ("", false), ("a//b", false),
            ("Zürich", false),
            ("Europe/London\0", false), (".", false),
        ])
    func names(name: String, isName: Bool) {
        #expect(TimeZoneRules.isName(name) == isName)
    }
}
