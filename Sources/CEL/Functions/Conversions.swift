import Values

/// `int()`, `string()` and their like, `type()`, `size()`: langdef.md, "List of standard definitions".
enum Conversions {
    static let functions: [Function] = [
        Function(
            "size",
            [StaticType.text, .bytes, .list, .map].flatMap { [.global($0, to: .int), .method($0, to: .int)] },
            .unary(size)),
        Function("int", global([.int, .uint, .double, .text, .timestamp], to: .int), .unary(int)),
        Function("uint", global([.uint, .int, .double, .text], to: .uint), .unary(uint)),
        Function("double", global([.double, .int, .uint, .text], to: .double), .unary(double)),
        Function(
            "string",
            global([.text, .int, .uint, .double, .bool, .bytes, .timestamp, .date, .duration, .ip, .cidr], to: .text),
            .unary(string)),
        Function("bytes", global([.bytes, .text], to: .bytes), .unary(bytes)),
        Function("bool", global([.bool, .text], to: .bool), .unary(bool)),
        Function("type", [.global(.dyn, to: .type)], .unary { value in .type(value.typeName) }),
        Function("dyn", [.global(.dyn, to: .dyn)], .unary { value in value }),
        Function("timestamp", global([.timestamp, .text, .int, .date], to: .timestamp), .unary(timestamp)),
        Function("date", global([.date, .text, .timestamp], to: .date), .unary(date)),
        Function("duration", global([.duration, .text], to: .duration), .unary(duration)),
    ]

    private static func global(_ parameters: [StaticType], to result: StaticType) -> [Overload] {
        parameters.map { .global($0, to: result) }
    }

    @Sendable private static func size(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .text(let text): return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: throw .noOverload("size", value)
        }
    }

    @Sendable private static func int(_ value: CELValue) throws(Fault) -> CELValue {
        let number: Int64?
        switch value {
        case .int: return value
        case .uint(let value): number = Int64(exactly: value)
        // The bounds themselves are out, as the conformance tests ask.
        case .double(let value): number = value > -0x1p63 && value < 0x1p63 ? Int64(value) : nil
        case .decimal(let value): number = value.int64 ?? truncated(value.double)
        case .text(let text): number = NumberText.int(text)
        case .timestamp(let instant): number = instant.seconds
        default: throw .noOverload("int", value)
        }
        guard let number else { throw .cannotConvert(value.brief, to: "int") }
        return .int(number)
    }

    private static func truncated(_ value: Double) -> Int64? {
        value > -0x1p63 && value < 0x1p63 ? Int64(value) : nil
    }

    @Sendable private static func uint(_ value: CELValue) throws(Fault) -> CELValue {
        let number: UInt64?
        switch value {
        case .uint: return value
        case .int(let value): number = UInt64(exactly: value)
        case .double(let value): number = value >= 0 && value < 0x1p64 ? UInt64(value) : nil
        case .decimal(let value): number = value.double >= 0 && value.double < 0x1p64 ? UInt64(value.double) : nil
        case .text(let text): number = NumberText.uint(text)
        default: throw .noOverload("uint", value)
        }
        guard let number else { throw .cannotConvert(value.brief, to: "uint") }
        return .uint(number)
    }

    @Sendable private static func double(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .double: return value
        case .int(let value): return .double(Double(value))
        case .uint(let value): return .double(Double(value))
        case .decimal(let value): return .double(value.double)
        case .text(let text):
            guard let number = NumberText.double(text) else { throw .cannotConvert(value.brief, to: "double") }
            return .double(number)
        default: throw .noOverload("double", value)
        }
    }

    @Sendable private static func string(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .text: return value
        case .int(let value): return .text(String(value))
        case .uint(let value): return .text(String(value))
        case .double(let value): return .text(NumberText.general(value))
        case .decimal(let value): return .text(value.text)
        case .bool(let value): return .text(value ? "true" : "false")
        case .timestamp(let value): return .text(value.description)
        case .date(let value): return .text(value.description)
        case .duration(let value): return .text(value.secondsText)
        case .ip(let value): return .text(value.description)
        case .cidr(let value): return .text(value.description)
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw .cannotConvert(value.brief, to: "text: it is not UTF-8")
            }
            return .text(text)
        default: throw .noOverload("string", value)
        }
    }

    @Sendable private static func bytes(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .bytes: return value
        case .text(let text): return .bytes(Array(text.utf8))
        default: throw .noOverload("bytes", value)
        }
    }

    @Sendable private static func bool(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .bool: return value
        case .text("1"), .text("t"), .text("true"), .text("TRUE"), .text("True"): return .bool(true)
        case .text("0"), .text("f"), .text("false"), .text("FALSE"), .text("False"): return .bool(false)
        case .text: throw .cannotConvert(value.brief, to: "bool")
        default: throw .noOverload("bool", value)
        }
    }

    @Sendable private static func timestamp(_ value: CELValue) throws(Fault) -> CELValue {
        let instant: Timestamp?
        switch value {
        case .timestamp: return value
        case .text(let text): instant = Timestamp(text)
        case .int(let seconds): instant = Timestamp(seconds: seconds)
        case .date(let date): instant = Timestamp(seconds: CivilTime(date: date).secondsSinceEpoch)
        default: throw .noOverload("timestamp", value)
        }
        guard let instant else { throw .cannotConvert(value.brief, to: "timestamp") }
        return .timestamp(instant)
    }

    @Sendable private static func date(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .date: return value
        case .timestamp(let instant): return .date(CivilTime(instant).date)
        case .text(let text):
            guard let date = CalendarDate(text) else { throw .cannotConvert(value.brief, to: "date") }
            return .date(date)
        default: throw .noOverload("date", value)
        }
    }

    @Sendable private static func duration(_ value: CELValue) throws(Fault) -> CELValue {
        switch value {
        case .duration: return value
        case .text(let text):
            guard let duration = Duration(celText: text) else {
                throw .cannotConvert(value.brief, to: "duration")
            }
            return .duration(duration)
        default: throw .noOverload("duration", value)
        }
    }
}
