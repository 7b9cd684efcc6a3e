import Values

// Searching, cutting and joining texts.
extension TextFunctions {
    @Sendable static func indexOf(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        let (text, part, from) = try searched("indexOf", arguments)
        let start = from ?? 0
        guard start >= 0, start <= text.count else { throw .outOfBounds(index: String(start), count: text.count) }
        return .int(TextSearch.first(part, in: text, from: Int(start)).map(Int64.init) ?? -1)
    }

    @Sendable static func lastIndexOf(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        let (text, part, from) = try searched("lastIndexOf", arguments)
        let latest = from ?? Int64(text.count)
        guard latest >= 0, latest <= text.count else { throw .outOfBounds(index: String(latest), count: text.count) }
        // Searched backwards: what is found first there begins last here.
        let end = min(text.count, Int(latest) + part.count)
        let found = TextSearch.first(part.reversed(), in: text[..<end].reversed(), from: 0)
        return .int(found.map { Int64(end - $0 - part.count) } ?? -1)
    }

    private static func searched(
        _ name: String, _ arguments: [CELValue]
    ) throws(Fault) -> (text: [Unicode.Scalar], part: [Unicode.Scalar], from: Int64?) {
        guard case .text(let text) = arguments[0], case .text(let part) = arguments[1],
            arguments.count == 2 || arguments[2].position != nil
        else { throw .noOverload(function: name, kinds: arguments.map(\.kind)) }
        let from = arguments.count == 3 ? arguments[2].position : nil
        return (Array(text.unicodeScalars), Array(part.unicodeScalars), from)
    }

    @Sendable static func replace(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .text(let text) = arguments[0], case .text(let old) = arguments[1],
            case .text(let new) = arguments[2], arguments.count == 3 || arguments[3].position != nil
        else { throw .noOverload(function: "replace", kinds: arguments.map(\.kind)) }
        let most = limit(arguments.count == 4 ? arguments[3].position : nil)
        let pieces = try pieces(of: text, by: old, most: most, &budget)
        let size = pieces.count.multipliedReportingOverflow(by: new.utf8.count)
        try budget.charge(size.overflow ? .max : size.partialValue >> 6)
        try budget.take(bytes: size.overflow ? .max : size.partialValue)
        return .text(pieces.joined(separator: new))
    }

    @Sendable static func split(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .text(let text) = arguments[0], case .text(let separator) = arguments[1],
            arguments.count == 2 || arguments[2].position != nil
        else { throw .noOverload(function: "split", kinds: arguments.map(\.kind)) }
        let count = limit(arguments.count == 3 ? arguments[2].position : nil)
        if count == 0 { return .list(CELList([CELValue]())) }
        var pieces = try pieces(of: text, by: separator, most: count == .max ? .max : count - 1, &budget)
        if separator.isEmpty {
            // The text falls into its code points, without an empty piece at either end.
            let scalars = Array(text.unicodeScalars)
            let cut = min(scalars.count, count == .max ? .max : count - 1)
            pieces = scalars[..<cut].map { String($0) }
            if cut < scalars.count { pieces.append(String(String.UnicodeScalarView(scalars[cut...]))) }
        }
        try budget.charge(pieces.count >> 3)
        return .list(CELList(pieces.map(CELValue.text)))
    }

    @Sendable static func join(_ arguments: [CELValue], _ budget: inout Budget) throws(Fault) -> CELValue {
        guard case .list(let list) = arguments[0] else {
            throw .noOverload(function: "join", kinds: arguments.map(\.kind))
        }
        var separator = ""
        if arguments.count == 2 {
            guard case .text(let text) = arguments[1] else {
                throw .noOverload(function: "join", kinds: arguments.map(\.kind))
            }
            separator = text
        }
        var joined = ""
        for position in 0..<list.count {
            let element = list[position]
            guard case .text(let text) = element else {
                throw .noOverload(function: "join", kinds: ["list with \(element.kind)"])
            }
            try budget.charge(1 + (text.utf8.count + separator.utf8.count) >> 6)
            try budget.take(bytes: text.utf8.count + separator.utf8.count)
            if position > 0 { joined += separator }
            joined += text
        }
        return .text(joined)
    }

    /// How many times; a negative number means all.
    private static func limit(_ count: Int64?) -> Int {
        guard let count, count >= 0 else { return .max }
        return Int(count)
    }

    /// What stands between the occurrences of a text; the empty text occurs before every code point and at the end.
    private static func pieces(
        of text: String, by separator: String, most: Int, _ budget: inout Budget
    ) throws(Fault) -> [String] {
        if separator.isEmpty {
            let scalars = Array(text.unicodeScalars)
            let cuts = min(most, scalars.count + 1)
            guard cuts > 0 else { return [text] }
            try budget.take(elements: cuts)
            let single = scalars[..<(cuts - 1)].map { String($0) }
            return [""] + single + [String(String.UnicodeScalarView(scalars[(cuts - 1)...]))]
        }
        let bytes = Array(text.utf8)
        let length = separator.utf8.count
        let found = TextSearch.all(Array(separator.utf8), in: bytes, most: most)
        try budget.take(elements: found.count)
        var pieces: [String] = []
        var start = 0
        for at in found {
            pieces.append(String(decoding: bytes[start..<at], as: UTF8.self))
            start = at + length
        }
        return pieces + [String(decoding: bytes[start...], as: UTF8.self)]
    }
}
