import CEL
import Diagnostics
import Model
import Values

/// An arrow of `fields` as it is meant.
struct FieldMaker {
    let subject: Subject
    let job: JobDraft
    let sync: SyncDraft
    let draft: FieldDraft

    init(_ subject: Subject, _ job: JobDraft, _ sync: SyncDraft, _ draft: FieldDraft) {
        self.subject = subject
        self.job = job
        self.sync = sync
        self.draft = draft
    }

    func make(_ findings: inout Findings) -> FieldMapping? {
        let left = end(.left, &findings)
        let right = end(.right, &findings)
        let conversions = Sides(left: conversion(.left, &findings), right: conversion(.right, &findings))
        let format = format(&findings)
        let values = draft.values.flatMap { table($0, &findings) }
        guard let left, let right, (values == nil) == (draft.values == nil) else { return nil }
        return FieldMapping(
            text: draft.arrow.text.text, place: draft.arrow.text.place, flow: draft.arrow.flow,
            ends: Sides(left: left, right: right), type: draft.type?.content, format: format, values: values,
            conversions: conversions, unmapped: unmapped, link: link, linkMissing: linkMissing,
            when: draft.when?.content ?? .always, empty: draft.empty?.content ?? .clear,
            conflicts: draft.conflicts?.content ?? sync.conflicts?.content ?? .hold, merge: draft.merge?.content)
    }

    private func end(_ side: Side, _ findings: inout Findings) -> FieldMapping.End? {
        let text = draft.arrow.ends[side]
        if let path = ExpressionText.path(text) { return .field(path) }
        guard draft.arrow.writes(side) else { return expression(text, &findings).map { .expression($0) } }
        notAField(text, side, &findings)
        return nil
    }

    private func expression(_ text: PlacedText, _ findings: inout Findings) -> Program? {
        var own = Findings()
        let program = ExpressionText.compile(text, CompileOptions(), subject.surroundings, &own)
        for diagnostic in own.diagnostics {
            var told = diagnostic
            if let comment = draft.comment, told.hint == nil {
                told.notes.append(
                    .init("YAML takes the rest of the line for a comment: put the whole entry in quotes", at: comment))
            }
            findings.add(told)
        }
        return program
    }

    /// An end that is written holds something else: an expression, or what is neither.
    private func notAField(_ text: PlacedText, _ side: Side, _ findings: inout Findings) {
        var own = Findings()
        let isTwoWay = draft.arrow.flow == .both
        guard ExpressionText.compile(text, CompileOptions(), subject.surroundings, &own) != nil,
            !FieldMaker.isHyphenated(text.text)
        else {
            findings.add(
                .badPath, "'\(shortened(text.text))' names no field of the \(side.rawValue)", at: text.place,
                hint: FieldMaker.advice(text.text))
            return
        }
        if isTwoWay {
            let arrow = side == .left ? "->" : "<-"
            findings.add(
                .notAField, "'\(shortened(text.text))' is an expression, and a two-way arrow writes both ends",
                at: text.place, hint: "for one way write '\(arrow)'; for both use 'to_left' and 'to_right'")
        } else {
            findings.add(
                .notAField, "'\(shortened(text.text))' is an expression, and this arrow writes to it", at: text.place,
                hint: "a field belongs here, such as 'name' or 'user.email'")
        }
    }

    /// Whether an expression, by its look, is a name such as `due-date`.
    private static func isHyphenated(_ text: String) -> Bool {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        return parts.count > 1 && parts.allSatisfy { FieldName.isIdentifier(String($0)) }
    }

    /// How a name that is no path is spelled as one.
    private static func advice(_ text: String) -> String {
        let isName = !text.unicodeScalars.contains { "()'\"[]{}+*/<>=&|?:,!\\`".unicodeScalars.contains($0) }
        guard isName, !text.contains("."), text.unicodeScalars.count <= 60 else {
            return "such as 'name', 'user.email' or record['Due Date']"
        }
        return "write \(FieldName.path([text]))"
    }

    private func conversion(_ side: Side, _ findings: inout Findings) -> Program? {
        guard case .expression(let text) = draft.conversions[side], draft.values == nil else { return nil }
        return ExpressionText.compile(text, .conversion, subject.surroundings, &findings)
    }

    private func format(_ findings: inout Findings) -> DateFormat? {
        draft.format.flatMap { FormatText.read($0, &findings) }
    }

    private func table(_ values: ValuesDraft, _ findings: inout Findings) -> ValueTable? {
        let rows: [RowDraft]
        var named: Place?
        switch values {
        case .rows(let written, _): rows = written
        case .file(let path):
            named = path.place
            guard let read = TableFile(path, subject.surroundings.load).rows(&findings) else { return nil }
            rows = read
        }
        let isTwoWay = draft.arrow.flow == .both && sync.effectiveDirection == .twoWay
        let maker = TableMaker(
            rows: rows, back: rowsBeside(.left), forth: rowsBeside(.right), mustInvert: isTwoWay, named: named)
        return maker.make(&findings)
    }

    private func rowsBeside(_ side: Side) -> [RowDraft] {
        if case .rows(let rows, _) = draft.conversions[side] { rows } else { [] }
    }

    private var unmapped: Unmapped {
        switch draft.unmapped?.content {
        case .use(let value): .use(value)
        case .word("pass"): .pass
        case .word("skip"): .skip
        default: .hold
        }
    }

    private var linkMissing: LinkMissing {
        switch draft.linkMissing?.content {
        case .use(let value): .use(value)
        case .word("skip"): .skip
        default: .wait
        }
    }

    private var link: LinkReference? {
        draft.link.map { LinkReference(sync: subject.syncName($0.content, in: job), place: $0.place) }
    }
}
