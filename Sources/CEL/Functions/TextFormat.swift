internal import Glibc
import Values

/// `'%s has %d'.format([name, count])`: the extension library `strings`, "Format".
enum TextFormat {
    static let functions: [Function] = [
        Function("format", [.method(.text, .list, to: .text)], .variadic(format))
    ]

    private static let mostDigits = 1000

    @Sendable private static func format(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .text(let pattern) = arguments[0], case .list(let values) = arguments[1] else {
            throw .noOverload("format", arguments[0], arguments[1])
        }
        var bytes: [UInt8] = []
        var rest = Array(pattern.utf8)[...]
        var used = 0
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            if rest.first == UInt8(ascii: "%") {
                rest.removeFirst()
                bytes.append(byte)
                continue
            }
            let clause = try Clause(&rest)
            guard used < values.count else {
                throw .badFormat("the format asks for more values than the \(values.count) given")
            }
            let text = try clause.apply(to: values[used], &budget)
            used += 1
            try budget.charge(1 + text.utf8.count >> 6)
            try budget.take(bytes: text.utf8.count)
            bytes.append(contentsOf: text.utf8)
        }
        return .text(String(decoding: bytes, as: UTF8.self))
    }

    /// What stands after a `%`: a precision, and the letter of a conversion.
    private struct Clause {
        var letter: Unicode.Scalar
        var precision: Int?

        init(_ rest: inout ArraySlice<UInt8>) throws(Fault) {
            if rest.first == UInt8(ascii: ".") {
                rest.removeFirst()
                var digits = 0
                while let digit = rest.first, digit.isDigit {
                    digits = min(digits * 10 + Int(digit - 0x30), TextFormat.mostDigits + 1)
                    rest.removeFirst()
                }
                guard digits <= TextFormat.mostDigits else {
                    throw .badFormat("a precision past \(TextFormat.mostDigits)")
                }
                precision = digits
            }
            guard let byte = rest.popFirst() else { throw .badFormat("the format ends in an open '%'") }
            letter = Unicode.Scalar(byte)
            guard "sdfexXob".unicodeScalars.contains(letter) else { throw .badFormat("'%\(letter)' is no conversion") }
        }

        func apply(to value: CELValue, _ budget: inout Budget) throws(Fault) -> String {
            switch letter {
            case "s": return try TextFormat.text(value, &budget)
            case "d": if let text = TextFormat.decimal(value) { return text }
            case "f", "e": if let number = TextFormat.number(value) { return fraction(number) }
            default: if let text = TextFormat.digits(value, letter) { return text }
            }
            throw .badFormat("'%\(letter)' does not take \(value.kind)")
        }

        /// C rounds the exact binary value, ties to even, which is what is asked for.
        private func fraction(_ number: Double) -> String {
            guard number.isFinite else { return NumberText.general(number) }
            let precision = Int32(self.precision ?? 6)
            var buffer = [CChar](repeating: 0, count: 400 + Int(precision))
            let count = withVaList([precision, number]) {
                vsnprintf(&buffer, buffer.count, letter == "f" ? "%.*f" : "%.*e", $0)
            }
            let used = min(max(0, Int(count)), buffer.count - 1)
            return String(decoding: buffer[..<used].map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    private static func number(_ value: CELValue) -> Double? {
        switch value {
        case .double(let number): number
        case .decimal(let number): number.double
        case .int(let number): Double(number)
        case .uint(let number): Double(number)
        default: nil
        }
    }

    private static func decimal(_ value: CELValue) -> String? {
        switch value {
        case .int(let number): String(number)
        case .uint(let number): String(number)
        case .double(let number): NumberText.plain(number)
        case .decimal(let number): number.text
        default: nil
        }
    }

    /// In base 2, 8 or 16; a negative number with its sign. Texts and bytes give the digits of their octets.
    private static func digits(_ value: CELValue, _ letter: Unicode.Scalar) -> String? {
        let radix = letter == "b" ? 2 : letter == "o" ? 8 : 16
        let isUpper = letter == "X"
        switch value {
        case .int(let number): return String(number, radix: radix, uppercase: isUpper)
        case .uint(let number): return String(number, radix: radix, uppercase: isUpper)
        case .bool(let isTrue) where radix == 2: return isTrue ? "1" : "0"
        case .text(let text) where radix == 16: return hex(Array(text.utf8), isUpper)
        case .bytes(let bytes) where radix == 16: return hex(bytes, isUpper)
        default: return nil
        }
    }

    private static func hex(_ bytes: [UInt8], _ isUpper: Bool) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUpper) }.joined()
    }

    /// Any value as plain text: lists and maps with their parts, maps in the order of their keys' texts.
    private static func text(_ value: CELValue, _ budget: inout Budget) throws(Fault) -> String {
        try budget.charge(1 + value.weight)
        switch value {
        case .text(let text): return text
        case .bytes(let bytes): return String(decoding: bytes, as: UTF8.self)
        case .double(let number): return NumberText.plain(number)
        case .int(let number): return String(number)
        case .uint(let number): return String(number)
        case .timestamp(let instant): return instant.description
        case .date(let date): return date.description
        case .duration(let duration): return duration.secondsText
        case .ip(let address): return address.description
        case .cidr(let network): return network.description
        case .list(let list):
            var parts: [String] = []
            for element in list.elements { parts.append(try text(element, &budget)) }
            try budget.take(bytes: parts.reduce(0) { $0 &+ $1.utf8.count &+ 2 })
            return "[" + parts.joined(separator: ", ") + "]"
        case .map(let map):
            var parts: [(key: String, text: String)] = []
            for at in 0..<map.count {
                let key = try text(map.key(at: at), &budget)
                parts.append((key, "\(key): \(try text(map.value(at: at), &budget))"))
            }
            try budget.take(bytes: parts.reduce(0) { $0 &+ $1.text.utf8.count &+ 2 })
            parts.sort { $0.key.precedesByBytes($1.key) }
            return "{" + parts.map(\.text).joined(separator: ", ") + "}"
        default: return value.description
        }
    }
}
