import Cron
import Foundation
import TestKit
import Testing
import Values

/// What changes.txt holds: see make-changes-table.py.
private struct ChangesTable {
    struct Row {
        var number: Int
        var expression: String
        /// At so many changes of each zone the second implementation is not followed.
        var others: [Int]
        var digests: [Substring]
    }

    private(set) var zones: [(rules: TimeZoneRules, changes: Int)] = []
    private(set) var rows: [Row] = []

    init() throws {
        let path = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "changes.txt")
        for line in try String(contentsOf: path, encoding: .utf8).split(separator: "\n") {
            let parts = line.split(separator: "|")
            if parts[0] == "zone" {
                let tzif = try #require(Data(base64Encoded: String(parts[3])), "\(parts[1])")
                zones.append((try TimeZoneRules(name: String(parts[1]), tzif: Array(tzif)), try Self.count(parts[2])))
            } else {
                rows.append(
                    Row(
                        number: rows.count, expression: String(parts[1]), others: try Self.counts(parts[2]),
                        digests: parts[3].split(separator: " ")))
            }
        }
    }

    private static func counts(_ text: Substring) throws -> [Int] {
        let counts = try text.split(separator: " ").map(count)
        return counts == [0] ? Array(repeating: 0, count: 20) : counts
    }

    private static func count(_ text: Substring) throws -> Int { try #require(Int(text), "\(text)") }
}

@Suite("The ten slots around every change of the clocks from 2000 to 2040")
struct EveryChangeTests {
    /// How long before a change they are counted from, in seconds: in turn, as make-changes-table.py has it.
    private static let leads: [Int64] = [36 * 3600, 20 * 3600, 12 * 3600, 7 * 3600, 3 * 3600, 100 * 60, 25 * 60]

    @Test("are those of a second implementation, for 20 zones and 200 expressions")
    func all() async throws {
        let table = try ChangesTable()
        #expect(table.zones.count == 20 && table.rows.count == 200)
        #expect(Set(table.rows.map(\.expression)).count == 200)
        let changes = table.zones.map { self.changes($0.rules) }
        #expect(changes.map { $0.count } == table.zones.map { $0.changes })
        let equal = try await withThrowingTaskGroup(of: Int.self) { group in
            for row in table.rows {
                group.addTask { try slots(of: row, table.zones.map { $0.rules }, changes) }
            }
            return try await group.reduce(0, +)
        }
        figure("cron slots equal to a second implementation's", equal)
    }

    /// The changes at which another rule of the second implementation counts are those of an hour that comes twice, or never,
    /// and of expressions that begin with '*'.
    @Test("are not those of the second implementation where its rule for '*' is another, and nowhere else")
    func others() throws {
        let table = try ChangesTable()
        for row in table.rows {
            let fields = row.expression.split(separator: " ")
            let isWild = fields[0].hasPrefix("*") || fields[1].hasPrefix("*")
            #expect(isWild || row.others.allSatisfy { $0 == 0 }, "\(row.expression)")
        }
        #expect(table.rows.count { $0.others.contains { $0 > 0 } } > 20)
    }

    /// How many slots of a row are those of the second implementation, as the expression is written.
    private func slots(
        of row: ChangesTable.Row, _ zones: [TimeZoneRules], _ changes: [[Int64]]
    ) throws -> Int {
        let expression = try CronExpression.parse(row.expression)
        var equal = 0
        // All, or a quarter of the zones, another one for each expression: every zone and every change has its turn.
        for (place, zone) in zones.enumerated() where isFull || place % 4 == row.number % 4 {
            var digest: UInt64 = 0xCBF2_9CE4_8422_2325
            for (at, change) in changes[place].enumerated() {
                let start = change - Self.leads[(at + row.number) % Self.leads.count]
                var slot = try #require(Timestamp(seconds: start))
                for _ in 0..<10 {
                    slot = try #require(expression.next(after: slot, in: zone))
                    digest = (digest ^ UInt64(slot.seconds)) &* 0x100_0000_01B3
                }
            }
            equal += (changes[place].count - row.others[place]) * 10
            let digits = String(digest, radix: 16)
            let text = String(repeating: "0", count: 16 - digits.utf8.count) + digits
            #expect(
                text == row.digests[place], "make-changes-table.py '\(zone.name)' '\(row.expression)' prints its slots")
        }
        return equal
    }

    private func changes(_ zone: TimeZoneRules) -> [Int64] {
        var (changes, period) = ([Int64](), zone.period(at: 946_684_800))
        while period.end < 2_240_611_200 {
            let next = zone.period(at: period.end)
            if next.kind.offset != period.kind.offset { changes.append(period.end) }
            period = next
        }
        return changes
    }
}
