import Runner
import Values

/// A line for each sync: how it stands, when it ran and runs next, and how many records are linked and are not in step.
struct StatusTable {
    let screen: Screen
    let now: Timestamp

    /// With all columns; where the screen is too narrow for them, with shorter words.
    func text(_ statuses: [SyncStatus]) -> String {
        let wide = table(statuses)
        return wide.fits ? wide.text : narrowTable(statuses).text
    }

    private func table(_ statuses: [SyncStatus]) -> Table {
        var table = Table(
            screen: screen,
            columns: [
                .init("sync"), .init("state"), .init("last run"), .init("last success"), .init("next due"),
                .init("linked", .right), .init("held", .right, isOptional: true),
                .init("waiting", .right, isOptional: true), .init("failed", .right, isOptional: true),
                .init("parked", .right, isOptional: true),
            ])
        let words = AgeWords(now: now)
        table.rows = statuses.map { status in
            cells(status, words.words)
                + [
                    status.count(.held, .conflict), status.count(.waiting), status.count(.failed),
                    status.count(.parked),
                ].map(Self.count)
        }
        return table
    }

    /// The kinds of records that are not in step stand below the table.
    private func narrowTable(_ statuses: [SyncStatus]) -> Table {
        var table = Table(
            screen: screen,
            columns: [
                .init("sync", isFlexible: true), .init("state"), .init("last run"), .init("success"),
                .init("next due"), .init("linked", .right), .init("items", .right, isOptional: true),
            ])
        let words = AgeWords(now: now)
        table.rows = statuses.map { status in
            cells(status, words.briefWords) + [Self.count(status.held.count)]
        }
        return table
    }

    private func cells(_ status: SyncStatus, _ age: (Timestamp) -> String) -> [Table.Cell] {
        [
            .init("\(status.sync)", .bold), .init(status.state.word, Self.paint(status.state)),
            .init((status.lastRun ?? status.lastPart).map(age) ?? "never"),
            .init(status.lastSuccess.map(age) ?? "never"),
            .init(due(status), status.missed == nil ? nil : .yellow), .init(CountWords.grouped(status.links)),
        ]
    }

    private static func count(_ number: Int) -> Table.Cell {
        .init(number == 0 ? "" : CountWords.grouped(number), .yellow)
    }

    private func due(_ status: SyncStatus) -> String {
        if status.missed != nil { return "overdue" }
        return switch status.nextDue {
        case .eachRun: "each run"
        case .at(let time): AgeWords(now: now).due(time)
        case .never: "never"
        }
    }

    private static func paint(_ state: SyncStatus.State) -> Style.Paint? {
        switch state {
        case .inStep: .green
        case .needsSomeone, .busy, .paused, .stopped, .waits: .yellow
        case .connectionBroken, .brake, .failed, .unreadable: .red
        case .running, .neverRun, .inPart, .disabled: nil
        }
    }
}

extension SyncStatus.State {
    /// As a table and a verdict say it.
    var word: String {
        switch self {
        case .connectionBroken: "disconnected"
        case .busy: "put off"
        default: rawValue
        }
    }
}
