import Values

/// The accessors of timestamps, dates and durations: months, days of the month and of the year count from 0.
enum TimeFunctions {
    static let functions: [Function] =
        calendar.map { name, read in
            Function(
                name,
                [
                    .method(.timestamp, to: .int), .method(.timestamp, .text, to: .int), .method(.date, to: .int),
                ],
                .clock { value, zone throws(Fault) in .int(Int64(read(try civil(name, value, zone)))) })
        }
        + clock.map { name, ofInstant, ofDuration in
            Function(
                name,
                [
                    .method(.timestamp, to: .int), .method(.timestamp, .text, to: .int), .method(.duration, to: .int),
                ],
                .clock { value, zone throws(Fault) in
                    switch value {
                    case .duration(let duration) where zone == nil: return .int(ofDuration(duration))
                    case .timestamp(let instant):
                        return .int(Int64(ofInstant(try civil(name, value, zone), instant)))
                    default: throw refusal(name, value, zone)
                    }
                })
        }

    private typealias CalendarReading = @Sendable (CivilTime) -> Int
    private typealias ClockReading = @Sendable (CivilTime, Timestamp) -> Int

    private static let calendar: [(String, CalendarReading)] = [
        ("getFullYear", { $0.date.year }),
        ("getMonth", { $0.date.month - 1 }),
        ("getDate", { $0.date.day }),
        ("getDayOfMonth", { $0.date.day - 1 }),
        ("getDayOfWeek", { $0.date.dayOfWeek }),
        ("getDayOfYear", { $0.date.dayOfYear }),
    ]

    /// Of a duration the whole of it in that unit; of its milliseconds only those past the second.
    private static let clock: [(String, ClockReading, @Sendable (Duration) -> Int64)] = [
        ("getHours", { civil, _ in civil.hour }, { $0.components.seconds / 3600 }),
        ("getMinutes", { civil, _ in civil.minute }, { $0.components.seconds / 60 }),
        ("getSeconds", { civil, _ in civil.second }, { $0.components.seconds }),
        (
            "getMilliseconds", { _, instant in Int(instant.nanoseconds / 1_000_000) },
            { $0.components.attoseconds / 1_000_000_000_000_000 }
        ),
    ]

    private static func civil(
        _ name: String, _ value: CELValue, _ zone: TimeZoneRules?
    ) throws(Fault) -> CivilTime {
        switch value {
        case .timestamp(let instant): return CivilTime(instant, offset: zone?.offset(at: instant) ?? 0)
        case .date(let date) where zone == nil: return CivilTime(date: date)
        default: throw refusal(name, value, zone)
        }
    }

    private static func refusal(_ name: String, _ value: CELValue, _ zone: TimeZoneRules?) -> Fault {
        .noOverload(function: name, kinds: [value.kind] + (zone == nil ? [] : ["text"]))
    }
}

extension CalendarDate {
    /// From 0 for the first of January.
    fileprivate var dayOfYear: Int {
        (1..<month).reduce(day - 1) { $0 + CalendarDate.days(inMonth: $1, of: year) }
    }
}
