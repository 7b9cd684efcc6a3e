import Diagnostics
import Model
import Reconcile
import Values

/// Proves a table of values: what becomes of each value that it names, and of those that it does not.
struct TableTrips {
    private let table: ValueTable
    private let field: FieldTrips
    private let words: TripWords

    init(_ table: ValueTable, _ field: FieldTrips, _ words: TripWords) {
        self.table = table
        self.field = field
        self.words = words
    }

    var findings: [Diagnostic] {
        let dead = Side.allCases.compactMap(deadRow)
        guard field.goesBothWays else { return dead }
        let losses = Side.allCases.flatMap { side in
            values(of: side).compactMap { Loss($0, side, field.trip.end(of: $0, from: side)) }
        }
        let (answered, open) = (losses.filter(isAnswered), losses.filter { !isAnswered($0) })
        return dead + diagnostic(open, .warning) + diagnostic(answered, .note)
    }

    private func diagnostic(_ losses: [Loss], _ severity: Severity) -> [Diagnostic] {
        guard let first = losses.first(where: \.isMoving) ?? losses.first else { return [] }
        let others = losses.dropFirst().prefix(3)
        return [words.diagnostic(first, Array(others), .lossyTable, first.isMoving ? .error : severity)]
    }

    /// The values that a side has in the table, in the order of their spelling; and where the table says what becomes of others, such.
    private func values(of side: Side) -> [Value] {
        var values: [TextKey: Value] = [:]
        for spelling in table.lookups[side.other].keys { values[spelling] = .text(spelling.text) }
        for value in table.lookups[side].values {
            if let spelling = ValueTable.spelling(of: value) { values[TextKey(spelling)] = value }
        }
        switch field.mapping.unmapped {
        case .pass: for spelling in table.lookups[side].keys { add(spelling.text, to: &values) }
        case .use: add("another value", to: &values)
        case .hold, .skip: break
        }
        return values.sorted { $0.key.text.precedesByBytes($1.key.text) }.compactMap {
            field.trip.held($0.value, on: side)
        }
    }

    private func add(_ text: String, to values: inout [TextKey: Value]) {
        if values[TextKey(text)] == nil { values[TextKey(text)] = .text(text) }
    }

    /// Whether rows say both what the value becomes and what comes back: a table cannot give two values one and be turned round without
    /// `to_left` or `to_right`, so that its author was asked.
    private func isAnswered(_ loss: Loss) -> Bool {
        guard case .changed(let there, _) = loss.end else { return false }
        return table.value(on: loss.side.other, for: loss.value) != nil && table.value(on: loss.side, for: there) != nil
    }

    /// A row for null, where a side holds text alone and so never has it.
    private func deadRow(_ side: Side) -> Diagnostic? {
        guard field.forms[side] == .text, field.trip.flows(to: side.other),
            table.lookups[side.other][TextKey("null")] != nil, !table.lookups[side].values.contains(.text("null"))
        else { return nil }
        return Diagnostic(
            RoundTripCode.deadRow.severity, RoundTripCode.deadRow.rawValue,
            "the row for null is never used: the \(side) holds text alone, where nothing is an empty text",
            at: field.mapping.place)
    }
}
