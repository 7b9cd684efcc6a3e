internal import CEL
internal import HTTP
internal import Model
internal import Values

/// Finds out, while a collection is read, from where its changes are to be read next time.
///
/// Of instants it is the newest that a record has, and never later than the system's own clock said when the reading began: what changed
/// while it was read is read again.
struct CursorTrail {
    private let updated: FieldPath?
    private let former: Cursor?
    private var began: Timestamp?
    private var newest: Timestamp?
    private var token: String?
    private var hasAnswer = false

    init(updated: String?, from former: Cursor? = nil) {
        self.updated = updated.map { FieldPath($0) }
        self.former = former
    }

    mutating func note(_ answer: Answer, _ since: SinceRule?, _ names: Names) throws(AskFailure) {
        if !hasAnswer { began = answer.headers["Date"].flatMap { HTTPDate.read($0, now: .latest) } }
        if case .token(let program, let fromFirst)? = since?.cursor, !fromFirst || !hasAnswer {
            if let word = try program.find(names.with(answer.names)).word, !word.isEmpty { token = word }
        }
        hasAnswer = true
    }

    mutating func note(_ record: Object) {
        guard let updated, case .timestamp(let instant)? = record.value(at: updated) else { return }
        newest = newest.map { max($0, instant) } ?? instant
    }

    func cursor(_ since: SinceRule?) -> Cursor? {
        switch since?.cursor {
        case nil: return nil
        case .token: return token.map { Cursor("=" + $0) } ?? former
        case .instant:
            // A collection without records says nothing of its time.
            guard let newest else { return former }
            return Cursor("@" + (began.map { min($0, newest) } ?? newest).description)
        }
    }
}

/// How the changes since a cursor are asked for.
struct SinceQuestion {
    private let since: SinceRule
    /// What expressions have as `cursor`.
    let value: Value

    /// nil for a cursor that this rule did not make.
    init?(_ since: SinceRule, _ cursor: Cursor) {
        self.since = since
        let text = cursor.text.dropFirst()
        switch since.cursor {
        case .token:
            guard cursor.text.hasPrefix("=") else { return nil }
            value = .text(String(text))
        case .instant(let format, let grain, let lag):
            guard cursor.text.hasPrefix("@"), let instant = Timestamp(String(text)),
                let from = instant.adding(.zero - grain - lag)
            else { return nil }
            value = format?.spelled(from) ?? .text(from.description)
        }
    }

    func question(_ names: Names) -> ListReader.Question {
        var question = ListReader.Question(request: since.request, further: since.query)
        let names = names.with([("cursor", value), ("page", .null), ("size", .null)])
        question.body = since.body
        question.ids = since.ids
        if let expired = since.expired {
            question.expired = { (answer) throws(AskFailure) in try expired.holds(names.with(answer.names)) }
        }
        return question
    }
}
