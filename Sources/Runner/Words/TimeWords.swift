package import Values

/// Instants as a person reads them: in a time zone, to the second.
package struct TimeWords: Sendable {
    private let zone: TimeZoneRules

    package init(_ zone: TimeZoneRules) { self.zone = zone }

    package static let utc = TimeWords(.utc)

    /// `2026-11-21T11:00:00+01:00`, and where that is UTC `2026-11-21T10:00:00Z`.
    package func words(_ time: Timestamp) -> String {
        LocalTime(time, in: zone).inWords
    }
}
