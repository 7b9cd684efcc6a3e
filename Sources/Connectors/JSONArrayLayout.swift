/// The space around the elements of an array, so that what is added looks like what is there.
struct JSONArrayLayout {
    /// Before the first element.
    private(set) var firstLead: [UInt8] = []
    /// Before each further element, its comma included.
    private(set) var nextLead: [UInt8] = [UInt8(ascii: ",")]
    /// Behind the last element, where the array was empty.
    private(set) var tail: [UInt8] = []
    /// How new elements are written: as the first one is.
    private(set) var style = JSONStyle.compact
    private var learned = 0

    init() {}

    /// Guesses the layout of an array that may be empty: an element on each line, but for a document that has no lines.
    ///
    /// - Parameters:
    ///   - before: what stands before the array in the window.
    ///   - depth: in how many lists and objects the array stands.
    init(before: UnsafeRawBufferPointer, depth: Int) {
        let lineFeed = before.lastIndex(of: Byte.lineFeed)
        if depth > 0 && lineFeed == nil { return }
        let start = lineFeed.map { $0 + 1 } ?? 0
        let margin = depth == 0 ? [] : Array(before[start...].prefix { $0 == Byte.space || $0 == Byte.tab })
        let step =
            depth > 0 && margin.count >= depth ? Array(margin.prefix(margin.count / depth)) : [Byte.space, Byte.space]
        firstLead = [Byte.lineFeed] + margin + step
        nextLead = [UInt8(ascii: ",")] + firstLead
        tail = [Byte.lineFeed] + margin
        style = .spaced
    }

    /// Takes the layout from an element and what stands before it.
    @inline(__always)
    mutating func learn(lead: UnsafeRawBufferPointer, record: UnsafeRawBufferPointer) {
        if learned < 2 { learnSlowly(Array(lead), record) }
    }

    private mutating func learnSlowly(_ lead: [UInt8], _ record: UnsafeRawBufferPointer) {
        if learned == 0 {
            firstLead = lead
            nextLead = [UInt8(ascii: ",")] + lead
            style = JSONStyle(of: record)
            if lead.isEmpty, style.colon.last == Byte.space { nextLead.append(Byte.space) }
        } else {
            nextLead = lead
        }
        learned += 1
    }
}
