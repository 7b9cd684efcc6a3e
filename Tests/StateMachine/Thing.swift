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
    /// The sides on which it changed in a run that did not go to its end: that the run wrote it may not have been told to anybody.
    var inDoubt: Set<Side> = []
    /// One side lacked what had been added on the other when such a run began.
    var isSumDue = false
    /// Fields in which people made both sides agree, with no run since that saw it.
    var agreed: Set<Field> = []
    /// What stood in its fields where a person deleted it: those who deleted it meant it to go.
    var buried: Set<String> = []
    /// Nothing can know what is to become of it: ``Murk`` says why. It must be the same on both sides, gone from both, or held all the
    /// same, and nothing that stands in a record that nobody deleted may be lost of it.
    var isMurky = false

    /// What stands in a record without a link that a person makes.
    mutating func know(_ shown: Shown) {
        for (field, value) in shown.fields where !(histories[field]?.knows(value) ?? false) {
            histories[field, default: History()].write(value, over: nil)
        }
        count |= shown.count
        tags.added.formUnion(shown.tags)
    }

    /// Whether someone who deleted it had seen all that people ever wrote in fields that are always mapped.
    func isClean(_ shown: Shown) -> Bool {
        shown.count == count && shown.tags == tags.added.subtracting(tags.removed)
            && histories.allSatisfy { field, history in
                field == .extra || history.heads.allSatisfy { $0 == shown.fields[field] }
            }
    }
}

/// A company that a person made, as the model follows its name on both sides.
struct Company: Sendable {
    var names = History()
    /// The sides on which a run that did not go to its end may have named it, and was never told.
    var inDoubt: Set<Side> = []
    /// It was named anew where that was in doubt: whether it has one name by then nobody can know.
    var isMurky = false
}
