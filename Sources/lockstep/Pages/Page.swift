import CEL
import Diagnostics
import JobFiles
import Runner
import YAML

/// What `explain` says of a code: what it means, what would come of it, what to do, and both a wrong and a right example.
struct Page: Sendable {
    let code: String
    let severity: Severity
    /// One line without a full stop.
    let meaning: String
    /// Paragraphs, an empty line between two. Lines are broken where they are shown.
    let text: String
    /// Files of which Lockstep says what the page is about.
    let wrong: Example
    /// The same as it was meant: nothing is said of it.
    let right: Example

    init(_ code: some DiagnosticCode, _ text: String, wrong: Example, right: Example) {
        self.code = code.rawValue
        severity = code.severity
        meaning = code.meaning
        self.text = text.split(separator: "\n\n").map { paragraph in
            paragraph.split(separator: "\n").joined(separator: " ")
        }.joined(separator: "\n\n")
        self.wrong = wrong
        self.right = right
    }
}

/// Pages on one subject.
struct Subject: Sendable {
    let title: String
    let pages: [Page]
}

/// All pages. A new code needs its kind in `kinds`, where that is new, and a page in the list of its subject.
enum Pages {
    /// The kinds of codes that there are.
    static let kinds: [[any DiagnosticCode]] = [
        MistakeCode.allCases, JobFileCode.allCases, ExpressionCode.allCases, RoundTripCode.allCases,
        ReadingCode.allCases, SchemaCode.allCases, ScheduleWarning.Code.allCases,
    ]

    static let subjects = [
        Subject(title: "YAML", pages: yaml + yamlReferences),
        Subject(title: "Files, keys and names", pages: keys + names),
        Subject(title: "Connections and notifications", pages: connections),
        Subject(title: "Arrows", pages: arrows),
        Subject(title: "Options of a field and of a sync", pages: options),
        Subject(title: "Tables of values", pages: tables),
        Subject(title: "What does not come back", pages: roundTrips),
        Subject(title: "Syncs that depend on each other", pages: references),
        Subject(title: "Schedules", pages: schedules),
        Subject(title: "Expressions", pages: expressions),
        Subject(title: "Expressions over a record", pages: evaluation),
        Subject(title: "Schemas", pages: schemas),
        Subject(title: "Connectors of your own", pages: definitions),
        Subject(title: "Tests", pages: tests),
        Subject(title: "Advice", pages: advice),
    ]

    static let all = subjects.flatMap(\.pages)

    /// All codes, with how grave each is.
    static let severities = Dictionary(all.map { ($0.code, $0.severity) }, uniquingKeysWith: { first, _ in first })

    /// nil for what is no code.
    static func page(of code: String) -> Page? { pages[code] }

    private static let pages = Dictionary(all.map { ($0.code, $0) }, uniquingKeysWith: { first, _ in first })
}
