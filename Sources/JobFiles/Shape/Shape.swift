import Diagnostics

/// What a value of a job file may look like. Decoding, checking and the JSON Schema all come from these.
indirect enum Shape: Sendable {
    /// Text of one line or more.
    case text
    /// Text, or a number taken as the text it is written as, with `${…}` in it.
    case setting
    /// A name of ours: `[a-z][a-z0-9_-]*`.
    case name
    case bool
    case whole(ClosedRange<Int64>)
    /// Any value that is no list and no mapping.
    case single
    /// Any value at all.
    case anything
    case choice([Choice])
    case written(Grammar)
    case list(Shape)
    case listOrOne(Shape)
    case mapping(KeyTable)
    /// A mapping whose keys are names that the user gives: `noun` says of what.
    case named(noun: String, Shape)
    /// A mapping whose keys are any single values.
    case table(Shape)
    /// A mapping of left values to right ones, or `{file: PATH}`.
    case valueTable
    /// Entries that are an arrow, or an arrow with options under it.
    case arrows(options: KeyTable)
    /// One of several, told apart by whether the value is single, a list or a mapping.
    case either([Shape])
}

/// A mapping of known keys.
struct KeyTable: Sendable {
    /// What has these keys: `a sync`.
    var noun: String
    var keys: [Key]
    /// Whether there may be other keys, which another check knows: a connector's settings.
    var isOpen = false

    init(_ noun: String, isOpen: Bool = false, _ keys: [Key]) {
        self.noun = noun
        self.keys = keys
        self.isOpen = isOpen
    }

    func key(_ name: String) -> Key? { keys.first { $0.name == name } }
}

/// A key, once and for all: what it takes and what it is for.
struct Key: Sendable {
    var name: String
    var shape: Shape
    var isRequired: Bool
    /// Whether using it works yet.
    var isBuilt: Bool
    /// One line for people.
    var summary: String

    init(_ name: String, _ shape: Shape, isRequired: Bool = false, isBuilt: Bool = true, _ summary: String) {
        self.name = name
        self.shape = shape
        self.isRequired = isRequired
        self.isBuilt = isBuilt
        self.summary = summary
    }
}

/// One of the words that a key takes.
struct Choice: Sendable {
    var name: String
    /// What other systems call it, in small letters: for a hint.
    var others: [String]
    var isBuilt: Bool
    var summary: String

    init(_ name: String, others: [String] = [], isBuilt: Bool = true, _ summary: String) {
        self.name = name
        self.others = others
        self.isBuilt = isBuilt
        self.summary = summary
    }
}

/// A single value in a notation of its own, such as `30%` or `every 10m`.
struct Grammar: Sendable {
    /// As a phrase: `a length of time such as '5m'`.
    var expectation: String
    /// A regular expression that all right texts match, for the schema.
    var pattern: String
    /// Whether a bare number may stand there.
    var takesNumbers = false
    /// Adds what is wrong with a text.
    var check: @Sendable (PlacedText, inout Findings) -> Void
}
