import Diagnostics
import Model
import Values

/// Makes a table that can be read from either side of rows that are written from left to right.
struct TableMaker {
    /// Left value, right value.
    let rows: [RowDraft]
    /// The rows of `to_left`: right value, left value.
    let back: [RowDraft]
    /// The rows of `to_right`: left value, right value, beyond the table's.
    let forth: [RowDraft]
    /// Whether values go both ways, so that each right value must give one left value.
    let mustInvert: Bool
    /// Where the job file names the file of the rows, if they come from one.
    let named: Place?

    /// nil where a value has two rows, or no way back.
    func make(_ findings: inout Findings) -> ValueTable? {
        let before = findings.diagnostics.count
        let toRight = Lookup(rows, noun: "left", &findings)
        let extra = Lookup(forth, noun: "left", &findings)
        for row in forth {
            guard let known = toRight[row.key.content] else { continue }
            findings.add(
                .duplicateRow, "'to_right' has a row for '\(row.key.shown)', and 'values' has one too",
                at: row.key.place,
                notes: [.init("it stands here", at: known.key.place)])
        }
        let toLeft = Lookup(back, noun: "right", &findings)
        checkBack(toRight, extra, &findings)
        let inverse = invert(toLeft, &findings)
        guard findings.diagnostics.count == before else { return nil }
        return ValueTable(
            lookups: Sides(
                left: inverse.merging(toLeft.values) { $1 },
                right: toRight.values.merging(extra.values) { first, _ in first }),
            place: rows.first?.key.place)
    }

    /// The left values that `to_left` gives must lead on to a right value again.
    private func checkBack(_ toRight: Lookup, _ extra: Lookup, _ findings: inout Findings) {
        for row in back where toRight[row.value.content] == nil && extra[row.value.content] == nil {
            findings.add(
                .badTable, "'to_left' gives '\(row.value.shown)', which is no left value of the table",
                at: row.value.place,
                hint: didYouMean(row.value.shown, among: rows.map(\.key.shown)))
        }
    }

    /// Right value to left value, where only one left value stands for it.
    private func invert(_ toLeft: Lookup, _ findings: inout Findings) -> [TextKey: Value] {
        var holders: [TextKey: [RowDraft]] = [:]
        var order: [TextKey] = []
        for row in rows {
            guard let spelling = ValueTable.spelling(of: row.value.content).map(TextKey.init) else { continue }
            if holders[spelling] == nil { order.append(spelling) }
            holders[spelling, default: []].append(row)
        }
        var inverse: [TextKey: Value] = [:]
        for spelling in order {
            guard let rows = holders[spelling], let first = rows.first else { continue }
            if rows.count == 1 {
                inverse[spelling] = first.key.content
            } else if mustInvert, toLeft.values[spelling] == nil {
                noWayBack(spelling.text, rows, &findings)
            }
        }
        return inverse
    }

    private func noWayBack(_ right: String, _ rows: [RowDraft], _ findings: inout Findings) {
        let lefts = rows.prefix(5).map(\.key.shown)
        let names = rows.count > 5 ? listed(lefts, joinedBy: "or") + " or another" : listed(lefts)
        let table = named.map { [Diagnostic.Note("the table is named here", at: $0)] } ?? []
        findings.add(
            .noWayBack, "on the way back '\(shortened(right))' could be \(names)", at: rows[1].value.place,
            hint: "add to_left: {\(right): \(lefts[0])}",
            notes: [.init("'\(shortened(right))' stands here first", at: rows[0].value.place)] + table)
    }
}

/// Rows by the spelling of what stands left of their colon.
private struct Lookup {
    private var rows: [TextKey: RowDraft] = [:]

    init(_ rows: [RowDraft], noun: String, _ findings: inout Findings) {
        for row in rows {
            guard let spelling = ValueTable.spelling(of: row.key.content).map(TextKey.init) else { continue }
            guard let known = self.rows[spelling] else {
                self.rows[spelling] = row
                continue
            }
            findings.add(
                .duplicateRow, "the \(noun) value '\(row.key.shown)' has two rows", at: row.key.place,
                notes: [.init("the first is here", at: known.key.place)])
        }
    }

    subscript(value: Value) -> RowDraft? {
        ValueTable.spelling(of: value).flatMap { rows[TextKey($0)] }
    }

    var values: [TextKey: Value] { rows.mapValues(\.value.content) }
}

extension Placed<Value> {
    /// As a sentence has it.
    fileprivate var shown: String { shortened(ValueTable.spelling(of: content) ?? content.kind) }
}
