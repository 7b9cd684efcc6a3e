import Model
import Values

/// The fields of a header, read strictly: what a field lacks or has wrong is told with its line, and nothing is guessed.
struct HeaderFields {
    let object: Object
    let bytes: [UInt8]
    let path: String

    /// Far beyond what a sync can count to, and far below what arithmetic can bear.
    private static let greatestCount: Int64 = 1 << 50

    func text(_ name: String) throws(StateFailure) -> String {
        guard let text = try optionalText(name) else { throw wrong(name, "is no text") }
        return text
    }

    func optionalText(_ name: String) throws(StateFailure) -> String? {
        switch object[name] {
        case .text(let text): return text
        case .null: return nil
        default: throw wrong(name, "is missing, or is no text")
        }
    }

    func bool(_ name: String) throws(StateFailure) -> Bool {
        guard case .bool(let bool) = object[name] else { throw wrong(name, "is neither true nor false") }
        return bool
    }

    func count(_ name: String) throws(StateFailure) -> Int? {
        switch object[name] {
        case .int(let number) where (0...Self.greatestCount).contains(number): return Int(number)
        case .null: return nil
        default: throw wrong(name, "is missing, or is no number of things")
        }
    }

    /// A number of any size that is not negative.
    func number(_ name: String) throws(StateFailure) -> Int64 {
        guard case .int(let number) = object[name], number >= 0 else {
            throw wrong(name, "is missing, or is no number")
        }
        return number
    }

    func timestamp(_ name: String) throws(StateFailure) -> Timestamp? {
        guard let text = try optionalText(name) else { return nil }
        guard let timestamp = Timestamp(text) else { throw wrong(name, "is no time") }
        return timestamp
    }

    /// nil for an empty text: there was no run.
    func outcome(_ name: String) throws(StateFailure) -> RunOutcome? {
        let text = try text(name)
        if text.isEmpty { return nil }
        guard let outcome = RunOutcome(rawValue: text) else { throw wrong(name, "is no way for a run to end") }
        return outcome
    }

    /// A list of ids.
    func ids(_ name: String) throws(StateFailure) -> [RecordID] {
        guard case .list(let elements) = object[name] else { throw wrong(name, "is missing, or is no list") }
        let ids = elements.compactMap { RecordID($0) }
        guard ids.count == elements.count else { throw wrong(name, "holds what is no id") }
        return ids
    }

    func object(_ name: String) throws(StateFailure) -> HeaderFields {
        guard case .object(let inner) = object[name] else { throw wrong(name, "is no object") }
        return HeaderFields(object: inner, bytes: bytes, path: path)
    }

    /// The limits of writes; one that is not there is none.
    func limits() throws(StateFailure) -> WriteLimits {
        var limits = WriteLimits(amounts: [:])
        for verb in WriteRequest.Verb.allCases where object[Self.name(of: verb)] != nil {
            guard let amount = Limit.Amount(try text(Self.name(of: verb))) else {
                throw wrong(Self.name(of: verb), "is no limit")
            }
            limits.amounts[verb] = amount
        }
        return limits
    }

    /// What ``limits()`` reads.
    static func object(of limits: WriteLimits) -> Object {
        var object = Object()
        for verb in WriteRequest.Verb.allCases { object[name(of: verb)] = limits[verb].map { .text($0.description) } }
        return object
    }

    private static func name(of verb: WriteRequest.Verb) -> String { "\(verb.rawValue)s" }

    private func wrong(_ name: String, _ problem: String) -> StateFailure {
        .damaged(path: path, line: line(of: name), reason: "'\(name)' \(problem)")
    }

    /// The line on which the name stands; the first where it stands on none.
    private func line(of name: String) -> Int {
        let wanted = Array(JSON.text(.text(name)).utf8)
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        return (lines.firstIndex { line in line.drop { $0 == 0x20 }.starts(with: wanted) } ?? 0) + 1
    }
}
