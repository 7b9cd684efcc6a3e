import CEL
import Diagnostics
import Model
import Values

extension SchemaRule {
    /// Values that stand in job files are among the choices of the field that is set to them, and no longer than it takes.
    static let fixedValues = SchemaRule { sync, findings in
        for side in Side.allCases {
            guard let known = sync.sides[side] else { continue }
            for field in sync.sync.fields {
                guard let path = sync.texts.path(field.arrow.ends[side]), let found = known.schema.field(at: path)
                else { continue }
                let check = FixedValueCheck(found, known)
                for value in fixed(field, sync, side) {
                    check.check(value.value, isWritten: value.isWritten, &findings)
                }
            }
            for row in sync.sync.archive?.rows[side] ?? [] {
                guard let text = row.path, let path = sync.texts.path(text),
                    let found = known.schema.field(at: path)
                else { continue }
                FixedValueCheck(found, known).check(Placed(row.value, at: row.place), isWritten: true, &findings)
            }
        }
    }

    /// The values that a field's options name for a side, and whether any of them is ever written there.
    private static func fixed(
        _ field: FieldDraft, _ sync: KnownSync, _ side: Side
    ) -> [(value: Placed<Value>, isWritten: Bool)] {
        let isWritten = sync.flows(field, to: side)
        var all = tableValues(field, sync, side).map { ($0, isWritten) }
        if isWritten {
            for option in [field.unmapped, field.linkMissing] {
                if case .use(let value)? = option?.content, let place = option?.place {
                    all.append((Placed(value, at: place), true))
                }
            }
            if let constant = constant(field.arrow.ends[side.other], sync) { all.append((constant, true)) }
        }
        return all
    }

    private static func tableValues(_ field: FieldDraft, _ sync: KnownSync, _ side: Side) -> [Placed<Value>] {
        var rows: [RowDraft] = []
        switch field.values {
        case .rows(let written, _): rows = written
        case .file(let path):
            var ignored = Findings()
            rows = TableFile(path, sync.subject.surroundings.load).rows(&ignored) ?? []
        case nil: return []
        }
        var values = rows.map { side == .left ? $0.key : $0.value }
        for back in Side.allCases {
            guard case .rows(let own, _) = field.conversions[back] else { continue }
            values += own.map { back == side ? $0.value : $0.key }
        }
        return values
    }

    /// The text that an end of an arrow is, where it is nothing else.
    private static func constant(_ text: PlacedText, _ sync: KnownSync) -> Placed<Value>? {
        guard sync.texts.path(text) == nil,
            let program = sync.texts.program(text, CompileOptions()),
            case .literal(.text(let literal)) = program.expression.kind
        else { return nil }
        return Placed(.text(literal), at: text.place)
    }

    /// Nothing longer than a field takes is copied into it.
    static let lengths = SchemaRule { sync, findings in
        for field in sync.sync.fields {
            guard field.values == nil, field.link == nil, field.conversions.left == nil, field.conversions.right == nil
            else { continue }
            for target in Side.allCases where sync.flows(field, to: target) {
                guard let taker = end(field, sync, target), let giver = end(field, sync, target.other),
                    let most = taker.field.maximumLength, let length = giver.longest, length > most
                else { continue }
                findings.add(
                    .textTooLong, isCertain: false,
                    "'\(giver.field.name)' of \(giver.known.name.content) may have \(length) characters, and "
                        + "'\(taker.field.name)' of \(taker.known.name.content) takes \(most)",
                    at: field.arrow.ends[target].place)
            }
        }
    }

    private static func end(_ field: FieldDraft, _ sync: KnownSync, _ side: Side) -> LongEnd? {
        guard let known = sync.sides[side], let path = sync.texts.path(field.arrow.ends[side]),
            let found = known.schema.field(at: path)
        else { return nil }
        return LongEnd(known: known, field: found)
    }
}

private struct LongEnd {
    let known: KnownSide
    let field: SchemaField

    /// The longest text that it may hold, as far as that is declared.
    var longest: Int? {
        field.maximumLength ?? field.choices.compactMap { $0.text?.unicodeScalars.count }.max()
    }
}

/// Holds a value of a job file against the field that it is of.
private struct FixedValueCheck {
    private let field: SchemaField
    private let known: KnownSide
    private let choices: Set<TextKey>

    init(_ field: SchemaField, _ known: KnownSide) {
        self.field = field
        self.known = known
        choices = Set(field.choices.compactMap(ValueTable.spelling).map(TextKey.init))
    }

    func check(_ value: Placed<Value>, isWritten: Bool, _ findings: inout Findings) {
        guard let spelling = ValueTable.spelling(of: value.content), !value.content.isEmpty else { return }
        let end = "'\(field.name)' of \(known.name.content)"
        if !choices.isEmpty, !choices.contains(TextKey(spelling)) {
            let shown = field.choices.compactMap(ValueTable.spelling)
            findings.add(
                .notAChoice, isCertain: isWritten, "'\(shortened(spelling))' is none of the choices of \(end)",
                at: value.place,
                hint: near(spelling, shown) ?? (shown.count <= 8 ? "there are \(listed(shown, joinedBy: "and"))" : nil))
        }
        let length = spelling.unicodeScalars.count
        if isWritten, let most = field.maximumLength, length > most {
            findings.add(
                .textTooLong, "'\(shortened(spelling))' has \(length) characters, and \(end) takes \(most)",
                at: value.place)
        }
    }

    /// One letter is near to every other.
    private func near(_ spelling: String, _ shown: [String]) -> String? {
        spelling.unicodeScalars.count > 2 ? didYouMean(spelling, among: shown) : nil
    }
}
