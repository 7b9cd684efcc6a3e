package import CEL
package import Values

/// How a collection is read.
package struct ListDefinition: Sendable {
    package var request: RequestTemplate
    package var page: PageRule
    /// Finds the entries in an answer.
    package var records: Program
    /// Whether an entry counts; nil for all.
    package var condition: Program?
    /// Whether an entry says that its record is no longer there; nil where none does.
    package var deleted: Program?
    /// Finds how many records there are in all; nil where the system does not say.
    package var total: Program?
    package var since: SinceRule?

    package init(request: RequestTemplate, page: PageRule, records: Program) {
        self.request = request
        self.page = page
        self.records = records
    }
}

/// How the pages of a list follow each other.
package enum PageRule: Sendable {
    /// The first answer has all.
    case single
    /// A parameter says how many entries to pass over.
    case offset(parameter: String, size: PageSize?)
    /// A parameter says which page; the first has the number `first`.
    case number(parameter: String, first: Int, size: PageSize?, pages: Program?, more: Program?)
    /// The answer has what the next request carries as `page`, and in a parameter where one is named; null after the last.
    case token(next: Program, parameter: String?, size: PageSize?)
    /// The answer has the address of the next page; null after the last.
    case address(Program, size: PageSize?)
    /// The header `Link` has it (RFC 8288).
    case link(size: PageSize?)

    package var size: PageSize? {
        switch self {
        case .single: nil
        case .offset(_, let size), .number(_, _, let size, _, _), .token(_, _, let size), .address(_, let size),
            .link(let size):
            size
        }
    }
}

package struct PageSize: Sendable, Hashable {
    /// The parameter that asks for it; nil where the request says it in its own way.
    package var parameter: String?
    package var count: Int
    /// Whether the system promises that a page with fewer entries is the last.
    package var isExact: Bool

    package init(parameter: String?, count: Int, isExact: Bool = false) {
        self.parameter = parameter
        self.count = count
        self.isExact = isExact
    }
}

/// How what changed since a cursor is asked for.
package struct SinceRule: Sendable {
    package enum Cursor: Sendable {
        /// An instant: that of the newest record, asked for with an overlap.
        case instant(StampFormat?, grain: Duration, lag: Duration)
        /// What the first or the last answer of a reading gives.
        case token(Program, fromFirst: Bool)
    }

    package var cursor: Cursor
    /// What is asked in place of the whole list; nil for the same.
    package var request: RequestTemplate?
    /// Parameters beside those of the list.
    package var query: [NamedProgram]
    package var body: Program?
    /// Finds the ids of what changed, each of which is then read on its own; nil where the answers have records.
    package var ids: Program?
    /// Whether the system says that it no longer knows the cursor.
    package var expired: Program?

    package init(cursor: Cursor) {
        self.cursor = cursor
        query = []
    }
}

/// How one record is read.
package struct GetDefinition: Sendable {
    package var request: RequestTemplate
    package var record: Program
    /// Whether an answer says that there is no such record; 404 and 410 if nil.
    package var gone: Program?
    /// What is asked afterwards, for an answer in which ``gone`` may hold too; nil where the first tells all.
    package var then: RequestTemplate?

    package init(request: RequestTemplate, record: Program, gone: Program?, then: RequestTemplate? = nil) {
        self.request = request
        self.record = record
        self.gone = gone
        self.then = then
    }
}

/// How a record is made, changed or removed.
package struct WriteDefinition: Sendable {
    package var request: RequestTemplate
    /// Finds the record in the answer; nil where it must be read again.
    package var record: Program?
    /// Of a create: finds the new id in the answer, or in its own request; nil where the record has it.
    package var id: Program?
    /// What is asked, once it is done, for an answer in which ``record`` or ``id`` are found.
    package var then: RequestTemplate?
    /// Of a create: whether one that is asked for again under its `key` makes no second record.
    package var isOnce: Bool
    /// Of a create: looks for what an earlier one under the same `key` made.
    package var find: GetDefinition?
    /// Of a create: whether an answer says that the record is there already.
    package var exists: Program?
    /// Of a delete: whether an answer says that there was no such record; 404 and 410 if nil.
    package var gone: Program?
    /// Whether the request has the whole record as it shall be: `record` is then what stands there, changed.
    package var isWhole: Bool
    /// Of a create: brings the record's file to the system first; what it answers is `upload` in the request itself.
    package var upload: RequestTemplate?
    /// What goes into every record, by where it is put.
    package var fixed: [(path: FieldPath, program: Program)] = []

    package init(request: RequestTemplate) {
        self.request = request
        isOnce = false
        isWhole = false
    }
}
