/// Makes the parts of a date format of its text.
enum DateFormatCompiler {
    private static let directives: [String: [DateFormatPart]] = [
        "%Y": [.year], "%y": [.shortYear], "%m": [.month(padded: true)], "%-m": [.month(padded: false)],
        "%b": [.monthName(short: true)], "%B": [.monthName(short: false)], "%d": [.day(padded: true)],
        "%-d": [.day(padded: false)], "%a": [.weekday(short: true)], "%A": [.weekday(short: false)],
        "%H": [.hour(padded: true)], "%-H": [.hour(padded: false)], "%I": [.hour12(padded: true)],
        "%-I": [.hour12(padded: false)], "%p": [.half], "%M": [.minute], "%S": [.second],
        "%f": [.fraction(digits: nil)],
        "%3f": [.fraction(digits: 3)], "%6f": [.fraction(digits: 6)], "%9f": [.fraction(digits: 9)],
        "%z": [.zone(colon: false)], "%:z": [.zone(colon: true)], "%s": [.epoch], "%%": [.literal([0x25])],
        "%F": [.year, .literal([0x2D]), .month(padded: true), .literal([0x2D]), .day(padded: true)],
        "%T": [.hour(padded: true), .literal([0x3A]), .minute, .literal([0x3A]), .second],
    ]

    /// A part as it is written, and where.
    private struct Written {
        var part: DateFormatPart
        var text: String
        var offset: Int
    }

    static func parts(of text: String) throws(DateFormat.Failure) -> [DateFormatPart] {
        let written = try scan(Array(text.utf8))
        try checkOnce(written)
        try checkComplete(written, end: text.utf8.count)
        for (one, next) in zip(written, written.dropFirst()) where one.part.isOpenEnded && next.part.beginsWithDigit {
            throw DateFormat.Failure(problem: .ambiguous, part: one.text, offset: one.offset)
        }
        return written.map(\.part)
    }

    private static func scan(_ bytes: [UInt8]) throws(DateFormat.Failure) -> [Written] {
        var written: [Written] = []
        var at = 0
        while at < bytes.count {
            let start = at
            if bytes[at] != UInt8(ascii: "%") {
                while at < bytes.count, bytes[at] != UInt8(ascii: "%") { at += 1 }
                let literal = Array(bytes[start..<at])
                written.append(Written(part: .literal(literal), text: "", offset: start))
                continue
            }
            at = min(at + 2, bytes.count)
            if at < bytes.count, "-:369".utf8.contains(bytes[at - 1]) { at += 1 }
            // A character past ASCII is named whole.
            while at < bytes.count, bytes[at] & 0xC0 == 0x80 { at += 1 }
            let name = String(decoding: bytes[start..<at], as: UTF8.self)
            guard let parts = directives[name] else {
                throw DateFormat.Failure(problem: .unknown, part: name, offset: start)
            }
            written += parts.map { Written(part: $0, text: name, offset: start) }
        }
        return written
    }

    private static func checkOnce(_ written: [Written]) throws(DateFormat.Failure) {
        var seen: Set<DateFormatPart.Field> = []
        for one in written {
            guard let field = one.part.field, !seen.insert(field).inserted else { continue }
            throw DateFormat.Failure(problem: .twice, part: one.text, offset: one.offset)
        }
    }

    private static func checkComplete(_ written: [Written], end: Int) throws(DateFormat.Failure) {
        let fields = Set(written.compactMap(\.part.field))
        if let epoch = written.first(where: { $0.part.field == .epoch }) {
            if written.count == 1 { return }
            throw DateFormat.Failure(problem: .notAlone, part: epoch.text, offset: epoch.offset)
        }
        let has12 = written.contains { if case .hour12 = $0.part { true } else { false } }
        let needed: [(DateFormatPart.Field, String, Bool)] = [
            (.year, "%Y", true), (.month, "%m", true), (.day, "%d", true), (.second, "%S", fields.contains(.fraction)),
            (.minute, "%M", fields.contains(.second)), (.hour, "%H", fields.contains(.minute)), (.half, "%p", has12),
        ]
        for (field, part, isNeeded) in needed where isNeeded && !fields.contains(field) {
            throw DateFormat.Failure(problem: .missing, part: part, offset: end)
        }
        if fields.contains(.half), !has12 { throw DateFormat.Failure(problem: .missing, part: "%I", offset: end) }
    }
}
