import Model

/// What a record shows in its fields on one side, in words that both sides share: nil where it has nothing there.
struct Shown: Sendable, Equatable {
    var fields: [Field: String] = [:]
    var count = 0
    var tags: Set<String> = []
    /// What follows from the name, on the right.
    var label: String?

    func agrees(with other: Shown) -> Bool {
        fields == other.fields && count == other.count && tags == other.tags
    }
}

/// The fields of a thing that have a history of values; each line of the body is one.
enum Field: Hashable, Sendable, CustomStringConvertible {
    case name, note, pick, status, company, extra
    case line(Int)

    static let lineCount = 7
    static let plain: [Field] = [.name, .note, .pick, .status, .company, .extra]
    static let all: [Field] = plain + (0..<lineCount).map(Field.line)

    /// The names on each side.
    var names: Sides<String> {
        switch self {
        case .name: Sides(left: "name", right: "title")
        case .note: Sides(left: "note", right: "memo")
        case .pick: Sides(left: "pick", right: "choice")
        case .status: Sides(left: "status", right: "state")
        case .company: Sides(left: "company", right: "customer")
        case .extra: Sides(left: "extra", right: "more")
        case .line: Sides(left: "body", right: "text")
        }
    }

    var description: String {
        if case .line(let number) = self { "body line \(number)" } else { names.left }
    }
}

/// A record that a person made, as the model follows it on both sides by its token.
struct Thing: Sendable {
    let token: String
    var histories: [Field: History] = [:]
    /// The sum of all that people added; each adds a power of two of its own.
    var count = 0
    var nextBit = 0
    var tags: (added: Set<String>, removed: Set<String>) = ([], [])
    /// What it showed where a person deleted it.
    var removals = Sides<Shown?>(left: nil, right: nil)
    /// It was made on both sides, and not seen to agree since.
    var areTwins = false
    /// It was on both sides after a run that went to its end: until then, whoever deletes it on one side may have been too early.
    var isMet = false
    /// It was on neither side after such a run.
    var isForgotten = false
    /// It was out of scope once.
    var wasOut = false
    /// Nothing can be said of whether it is there.
    var isMurky = false

    /// Whether someone who deleted it had seen all that people ever wrote in fields that are always mapped.
    func isClean(_ shown: Shown) -> Bool {
        shown.count == count && shown.tags == tags.added.subtracting(tags.removed)
            && histories.allSatisfy { field, history in
                field == .extra || history.heads.allSatisfy { $0 == shown.fields[field] }
            }
    }
}
