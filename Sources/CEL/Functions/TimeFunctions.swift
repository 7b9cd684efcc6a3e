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
                .variadic { arguments, _ throws(Fault) in .int(Int64(read(try civil(name, arguments)))) })
        }
        + clock.map { name, ofInstant, ofDuration in
            Function(
                name,
                [
                    .method(.timestamp, to: .int), .method(.timestamp, .text, to: .int), .method(.duration, to: .int),
                ],
                .variadic { arguments, _ throws(Fault) in
                    if arguments.count == 1, case .duration(let duration) = arguments[0] {
                        return .int(ofDuration(duration))
                    }
                    guard case .timestamp(let instant) = arguments[0] else {
                        throw .noOverload(function: name, kinds: arguments.map(\.kind))
                    }
                    return .int(Int64(ofInstant(try civil(name, arguments), instant)))
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

    /// The wall clock at the zone that the second argument names; UTC without one.
    private static func civil(_ name: String, _ arguments: [CELValue]) throws(Fault) -> CivilTime {
        switch (arguments[0], arguments.count == 2 ? arguments[1] : .null) {
        case (.timestamp(let instant), .null) where arguments.count == 1: return CivilTime(instant)
        case (.date(let date), .null) where arguments.count == 1: return CivilTime(date: date)
        case (.timestamp(let instant), .text(let zone)): return CivilTime(instant, offset: try offset(zone))
        default: throw .noOverload(function: name, kinds: arguments.map(\.kind))
        }
    }

    /// Seconds east of UTC of a zone such as `+05:30`, `02:00` or `-09:30`; the sign holds for the minutes too.
    private static func offset(_ zone: String) throws(Fault) -> Int {
        if zone == "UTC" || zone == "Z" || zone == "Etc/UTC" { return 0 }
        let bytes = Array(zone.utf8)
        guard let first = bytes.first, first.isDigit || first == 0x2B || first == 0x2D else {
            throw .notBuilt("time zone names such as \(LiteralText.text(zone)) are")
        }
        let digits = first.isDigit ? bytes[...] : bytes.dropFirst()
        let parts = digits.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isDigit) }),
            let hours = Int(String(decoding: parts[0], as: UTF8.self)), hours < 24,
            let minutes = Int(String(decoding: parts[1], as: UTF8.self)), minutes < 60
        else { throw .cannotConvert(LiteralText.text(zone), to: "time zone") }
        return (first == 0x2D ? -1 : 1) * (hours * 3600 + minutes * 60)
    }
}

extension CalendarDate {
    /// From 0 for the first of January.
    fileprivate var dayOfYear: Int {
        (1..<month).reduce(day - 1) { $0 + CalendarDate.days(inMonth: $1, of: year) }
    }
}
