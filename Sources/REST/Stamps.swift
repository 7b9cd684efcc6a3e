internal import Model
internal import Values

/// Instants and dates as a system spells them.
extension StampFormat {
    func value(_ value: Value, _ type: ValueType) -> Value? {
        switch self {
        case .pattern(let format): return try? type.convert(value, format: format)
        case .epoch, .epochMilliseconds:
            guard let number = (try? ValueType.decimal.convert(value))?.exactNumber, let seconds = Double(number.text),
                seconds.isFinite, abs(seconds) < 1e15
            else { return nil }
            let milliseconds = Int64((self == .epoch ? seconds * 1000 : seconds).rounded())
            let (quotient, rest) = (milliseconds.flooredDivision(by: 1000), milliseconds.flooredRemainder(by: 1000))
            guard let instant = Timestamp(seconds: quotient, nanoseconds: Int32(rest) * 1_000_000) else { return nil }
            return .timestamp(instant)
        }
    }

    /// The instant in this spelling, cut to its grain.
    func spelled(_ instant: Timestamp) -> Value {
        switch self {
        case .pattern(let format): .text(format.text(of: instant) ?? instant.description)
        case .epoch: .int(instant.seconds)
        case .epochMilliseconds: .int(instant.seconds * 1000 + Int64(instant.nanoseconds / 1_000_000))
        }
    }

    func spelled(_ value: Value) -> Value {
        switch (self, value) {
        case (_, .timestamp(let instant)): spelled(instant)
        case (.pattern(let format), .date(let date)): .text(format.text(of: date) ?? date.description)
        default: value
        }
    }
}

extension Int64 {
    fileprivate func flooredRemainder(by divisor: Int64) -> Int64 { ((self % divisor) + divisor) % divisor }
    fileprivate func flooredDivision(by divisor: Int64) -> Int64 { (self - flooredRemainder(by: divisor)) / divisor }
}
