import Cron
import Foundation
import Testing
import Values

/// Rows of slots.txt, which a second implementation made: see make-table.py.
private func rows(_ kind: String) throws -> [[Substring]] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "slots.txt")
    return try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map { $0.split(separator: "|") }.filter
    { $0[0] == kind }
}

@Suite("Slots as a second implementation has them", .enabled(if: SystemZones.areThere, "no /usr/share/zoneinfo"))
struct SlotTableTests {
    @Test("by the calendar alone")
    func dates() throws {
        let rows = try rows("dates")
        #expect(rows.count == 84)
        for row in rows {
            let expression = try CronExpression.parse(String(row[2]))
            var at = try instant("\(row[1]):00Z")
            for expected in row[3].split(separator: " ") {
                at = try #require(expression.next(after: at, in: .utc))
                #expect(at.description == "\(expected):00Z", "\(row[2])")
                #expect(expression.latest(atOrBefore: at, in: .utc) == at, "\(row[2])")
            }
        }
    }

    @Test("around single changes of the clocks")
    func aroundChanges() throws {
        let rows = try rows("slots")
        #expect(rows.count == 585)
        for row in rows {
            let zone = try SystemZones.rules(String(row[1]))
            let expression = try CronExpression.parse(String(row[2]))
            let (start, end) = (try #require(Int64(row[3])), try #require(Int64(row[4])))
            let expected = row.count > 5 ? row[5].split(separator: " ").compactMap { Int64($0) } : []
            let found = try slots(expression, zone, after: start, through: end).map { ($0 - start) / 60 }
            #expect(found == expected, "\(row[1]) \(row[2]) \(start)")
        }
    }

    @Test("around every change of the clocks since 2000")
    func digests() throws {
        let rows = try rows("digest")
        #expect(rows.count == 176)
        var zones: [Substring: TimeZoneRules] = [:]
        for row in rows {
            let zone = try zones[row[1]] ?? SystemZones.rules(String(row[1]))
            zones[row[1]] = zone
            let expression = try CronExpression.parse(String(row[2]))
            let years = try #require(Int(row[3]))...#require(Int(row[4]))
            let starts = try starts(zone, years)
            #expect("\(starts.count)" == row[5], "\(row)")
            let found = try starts.flatMap { try slots(expression, zone, after: $0, through: $0 + 72 * 3600) }
            #expect("\(found.count) \(fnv(found))" == "\(row[6]) \(row[7])", "\(row)")
        }
    }

    private func slots(
        _ expression: CronExpression, _ zone: TimeZoneRules, after start: Int64, through end: Int64
    ) throws -> [Int64] {
        var found: [Int64] = []
        var at = try #require(Timestamp(seconds: start))
        while let next = expression.next(after: at, in: zone), next.seconds <= end {
            found.append(next.seconds)
            at = next
        }
        return found
    }

    private func starts(_ zone: TimeZoneRules, _ years: ClosedRange<Int>) throws -> [Int64] {
        let newYears = try (years.lowerBound...years.upperBound + 1).map {
            try instant("\($0)-01-01T00:00:00Z").seconds
        }
        let (first, last) = (newYears[0], newYears[newYears.count - 1])
        var starts: [Int64] = []
        var period = zone.period(at: first)
        while period.end < last {
            let next = zone.period(at: period.end)
            if next.kind.offset != period.kind.offset { starts.append(next.start - 36 * 3600) }
            period = next
        }
        return starts + newYears.dropLast()
    }

    private func fnv(_ numbers: [Int64]) -> String {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in numbers.flatMap({ Array("\($0)\n".utf8) }) {
            digest = (digest ^ UInt64(byte)) &* 0x100_0000_01B3
        }
        let digits = String(digest, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
