internal import CEL
internal import HTTP
internal import Model
internal import Values

/// Reads lists, page by page.
struct ListReader: Sendable {
    let asker: Asker

    /// What is asked beside the list's own request.
    struct Question {
        var request: RequestTemplate?
        var further: [NamedProgram] = []
        var body: Program?
        /// Finds the ids of what changed, where the answer has no records.
        var ids: Program?
        var expired: ((Answer) throws(AskFailure) -> Bool)?
    }

    func pages(_ list: ListDefinition, _ names: Names, _ question: Question = Question()) -> Pages {
        Pages(self, list, names, question)
    }

    struct Page {
        var answer: Answer
        /// The entries that count.
        var entries: [Object]
        /// Those that the answer names, where it has no records.
        var ids: [Value] = []
    }
}

/// The pages of one reading, in their order.
struct Pages {
    private let reader: ListReader
    private let list: ListDefinition
    private let question: ListReader.Question
    private var names: Names
    private var isAtEnd = false
    private var number = 0
    private var passed = 0
    private var url: String?
    /// The tokens and addresses that led to a page: one that comes back would go on for ever.
    private var met: Set<TextKey> = []
    /// What the last page had, and how often it came again: a system that does not know the parameter gives one page for ever.
    private var former: [Object] = []
    private var repetitions = 0
    /// Whether the system said that it no longer knows the cursor.
    private(set) var isExpired = false
    /// How many the system said there are in all, where it says.
    private(set) var total: Int?

    /// No collection that a sync can hold has more pages than this: an end is missed.
    private static let most = 1_000_000

    init(_ reader: ListReader, _ list: ListDefinition, _ names: Names, _ question: ListReader.Question) {
        self.reader = reader
        self.list = list
        self.question = question
        self.names = Names([("cursor", .null)]).with(names).with([
            ("page", .null), ("size", list.page.size.map { .int(Int64($0.count)) } ?? .null),
        ])
    }

    /// nil after the last.
    mutating func next() async throws(AskFailure) -> ListReader.Page? {
        if isAtEnd { return nil }
        guard number < Self.most else { throw .broken("the list has no end") }
        let template = question.request ?? list.request
        var hasExpired = false
        let answer = try await reader.asker.ask(
            template, names, further: question.further, parameters: parameters, body: try question.body?.find(names),
            url: url, isJSON: true
        ) { (answer) throws(AskFailure) in
            hasExpired = try question.expired?(answer) ?? false
            return hasExpired
        }
        if hasExpired {
            (isExpired, isAtEnd) = (true, true)
            return nil
        }
        let ids = try question.ids.map { program throws(AskFailure) in try self.ids(program, answer) } ?? []
        let entries = question.ids == nil ? try entries(of: answer) : []
        number += 1
        passed += entries.count
        try turn(answer, entries)
        var kept: [Object] = []
        for entry in entries {
            if let condition = list.condition, try !condition.holds(names, entry) { continue }
            kept.append(entry)
        }
        return ListReader.Page(answer: answer, entries: kept, ids: ids)
    }

    private func ids(_ program: Program, _ answer: Answer) throws(AskFailure) -> [Value] {
        try answer.expectWhole()
        switch try program.find(names.with(answer.names)) {
        case .list(let ids): return ids
        case .null: return []
        default: throw .broken("the answer is not as the connector says: '\(program.source)' gives no list of ids")
        }
    }

    private func entries(of answer: Answer) throws(AskFailure) -> [Object] {
        let found = try list.records.find(names.with(answer.names))
        switch found {
        case .list(let values):
            var entries: [Object] = []
            entries.reserveCapacity(values.count)
            for value in values {
                guard let object = value.object else { throw Self.notAList(list) }
                entries.append(object)
            }
            return entries
        case .object(let object): return [object]
        case .null where list.page.isToken && answer.isFine && answer.body.object != nil: return []
        default: throw Self.notAList(list)
        }
    }

    private static func notAList(_ list: ListDefinition) -> AskFailure {
        .broken("the answer is not as the connector says: '\(list.records.source)' gives no list of objects")
    }

    private var parameters: [(String, String)] {
        // A body of the changes' own says which page, and how long.
        if url != nil || question.body != nil { return [] }
        var parameters: [(String, String)] = []
        if let size = list.page.size, let name = size.parameter { parameters.append((name, String(size.count))) }
        switch list.page {
        case .offset(let name, _): parameters.append((name, String(passed)))
        case .number(let name, let first, _, _, _): parameters.append((name, String(first + number)))
        case .token(_, let name?, _):
            if let word = names.extras.first(where: { $0.0 == "page" }).flatMap({ try? $0.1.recordValue().word }) {
                parameters.append((name, word))
            }
        default: break
        }
        return parameters
    }

    /// Finds out whether and where it goes on.
    private mutating func turn(_ answer: Answer, _ entries: [Object]) throws(AskFailure) {
        let found = names.with(answer.names + [("items", .list(entries.map(Value.object)))])
        if let program = list.total, let number = Self.whole(try program.find(found)) { total = number }
        switch list.page {
        case .single: isAtEnd = true
        case .offset:
            isAtEnd = isLast(entries.count)
            try note(entries)
        case .number(_, _, _, let pages, let more):
            if let pages, let count = Self.whole(try pages.find(found)) {
                isAtEnd = number >= count
            } else if let more {
                isAtEnd = try !more.holds(found)
            } else {
                isAtEnd = isLast(entries.count)
            }
            try note(entries)
        case .token(let next, _, _):
            let token = try next.find(found)
            isAtEnd = token.isEmpty
            if !isAtEnd { try note(token.word ?? JSON.text(token)) }
            names.set("page", token)
        case .address(let program, _): try turn(to: try program.find(found).word)
        case .link: try turn(to: LinkHeader.relations(answer.headers.all("Link"))["next"])
        }
    }

    /// A page that is shorter than asked for says nothing, unless the system promises it: many give less than they are asked for.
    private func isLast(_ count: Int) -> Bool {
        if count == 0 { return true }
        if let size = list.page.size, size.isExact, count < size.count { return true }
        return total.map { passed >= $0 } ?? false
    }

    private mutating func turn(to address: String?) throws(AskFailure) {
        guard let address, !address.isEmpty else {
            isAtEnd = true
            return
        }
        try note(address)
        url = address
    }

    private mutating func note(_ word: String) throws(AskFailure) {
        guard met.insert(TextKey(word)).inserted else { throw Self.circle }
    }

    /// Records that move may make a page the same as the one before, and not three of them.
    private mutating func note(_ entries: [Object]) throws(AskFailure) {
        repetitions = !entries.isEmpty && entries == former ? repetitions + 1 : 0
        former = entries
        if repetitions > 1, !isAtEnd { throw Self.circle }
    }

    private static let circle = AskFailure.broken("the pages go round in a circle")

    private static func whole(_ value: Value) -> Int? {
        guard case .int(let number)? = try? ValueType.int.convert(value), number >= 0 else { return nil }
        return Int(clamping: number)
    }
}

extension PageRule {
    /// Whether an answer without entries may lack the list itself.
    fileprivate var isToken: Bool {
        switch self {
        case .token, .address: true
        default: false
        }
    }
}
