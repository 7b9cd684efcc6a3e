/// A kind of local time, such as British Summer Time.
package struct LocalTimeKind: Sendable, Hashable {
    /// Seconds east of UTC, within 26 hours of it.
    package let offset: Int
    /// What the database calls daylight saving time. Dublin's and Casablanca's is their winter.
    package let isDaylight: Bool
    /// Such as `BST` or `+0530`.
    package let abbreviation: String
}

/// What the clocks of a place show at every instant: the changes that are on record, then a rule for all later years.
package struct TimeZoneRules: Sendable, Hashable {
    /// Such as `Europe/London`.
    package let name: String
    /// Seconds since 1970-01-01T00:00:00Z, ascending.
    private let changes: [Int64]
    /// The kind before the first change, then the kind that each change brings.
    private let kinds: [LocalTimeKind]
    private let rule: PosixZone?

    /// Reads a TZif file (RFC 8536, versions 1 to 3; the 64-bit block where there is one) from its bytes.
    package init(name: String, tzif bytes: [UInt8]) throws(TimeZoneFailure) {
        do throws(TimeZoneFailure.Problem) {
            let file = try TZifFile(bytes)
            self.init(name: name, changes: file.changes, kinds: file.kinds, rule: file.rule)
        } catch {
            throw TimeZoneFailure(name: name, error)
        }
    }

    /// A clock that never changes; nil unless it is less than 24 hours from UTC. Its name is such as `+05:30`.
    package init?(secondsEast offset: Int) {
        guard (-86_399...86_399).contains(offset) else { return nil }
        let (hours, minutes, seconds) = (abs(offset) / 3600, abs(offset) / 60 % 60, abs(offset) % 60)
        let clock = "\(padded(hours, 2)):\(padded(minutes, 2))" + (seconds == 0 ? "" : ":\(padded(seconds, 2))")
        self.init(fixed: (offset < 0 ? "-" : "+") + clock, offset: offset)
    }

    package static let utc = TimeZoneRules(fixed: "UTC", offset: 0)

    private init(fixed name: String, offset: Int) {
        let kind = LocalTimeKind(offset: offset, isDaylight: false, abbreviation: name)
        self.init(name: name, changes: [], kinds: [kind], rule: nil)
    }

    private init(name: String, changes: [Int64], kinds: [LocalTimeKind], rule: PosixZone?) {
        self.name = name
        self.changes = changes
        self.kinds = kinds
        self.rule = rule
    }

    /// A stretch of time through which a zone's clocks run steadily.
    package struct Period: Sendable, Hashable {
        /// Its first second since 1970-01-01T00:00:00Z; `Int64.min` if it has no beginning.
        package var start: Int64
        /// The first second after it; `Int64.max` if it has no end.
        package var end: Int64
        package var kind: LocalTimeKind
    }

    /// The period that holds the instant, found by binary search or by the rule.
    package func period(at seconds: Int64) -> Period {
        let next = firstChange(after: seconds)
        let start = next == 0 ? Int64.min : changes[next - 1]
        guard next == changes.count else {
            return Period(start: start, end: changes[next], kind: kinds[next])
        }
        guard let rule else { return Period(start: start, end: .max, kind: kinds[next]) }
        var period = rule.period(at: seconds)
        period.start = max(period.start, start)
        return period
    }

    private func firstChange(after seconds: Int64) -> Int {
        var (low, high) = (0, changes.count)
        while low < high {
            let middle = (low + high) / 2
            if changes[middle] > seconds { high = middle } else { low = middle + 1 }
        }
        return low
    }

    package func kind(at instant: Timestamp) -> LocalTimeKind { period(at: instant.seconds).kind }

    /// Seconds east of UTC.
    package func offset(at instant: Timestamp) -> Int { kind(at: instant).offset }

    /// Whether the text has the form of a zone's name, so that it can stand in a path: parts of letters, digits, `_`,
    /// `+` and `-`, with slashes between them.
    package static func isName(_ text: String) -> Bool {
        text.utf8.count <= 255
            && text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
                !part.isEmpty
                    && part.allSatisfy { byte in
                        switch byte {
                        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                        default: byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
                        }
                    }
            }
    }
}
