import Diagnostics
import Model
import Values

extension Rule {
    /// Options of a field that exclude each other, that have nothing to act on, or that miss another.
    static let fieldOptions = Rule { subject, findings in
        for sync in subject.drafts.jobs.flatMap(\.syncs) {
            for field in sync.fields {
                clashes(field, &findings)
                withoutEffect(field, &findings)
                conversions(field, &findings)
                types(field, &findings)
            }
        }
    }

    private static func clashes(_ field: FieldDraft, _ findings: inout Findings) {
        guard field.keys["link"] != nil else { return }
        for other in ["values", "to_left", "to_right", "type", "merge"] {
            guard let place = field.keys[other] else { continue }
            findings.add(
                .optionClash, "'\(other)' and 'link' exclude each other: a link translates ids", at: place,
                hint: "take one away")
        }
    }

    private static func withoutEffect(_ field: FieldDraft, _ findings: inout Findings) {
        for (option, base) in [("unmapped", "values"), ("link_missing", "link")] {
            guard let place = field.keys[option], field.keys[base] == nil else { continue }
            findings.add(.optionWithoutEffect, "'\(option)' has no effect without '\(base)'", at: place)
        }
        guard case .to(let target) = field.arrow.flow else { return }
        let back = "to_\(target.other.rawValue)"
        for (option, reason) in [
            (back, "this arrow only writes to the \(target.rawValue)"),
            ("conflicts", "a one-way arrow has no conflicts"), ("merge", "a one-way arrow has nothing to merge"),
        ] {
            guard let place = field.keys[option] else { continue }
            findings.add(.optionWithoutEffect, "'\(option)' has no effect: \(reason)", at: place)
        }
    }

    /// Beside a table `to_left` and `to_right` are rows; alone they are expressions, and a two-way arrow needs both.
    private static func conversions(_ field: FieldDraft, _ findings: inout Findings) {
        let hasTable = field.keys["values"] != nil
        for side in Side.allCases {
            let option = "to_\(side.rawValue)"
            switch field.conversions[side] {
            case .expression(let text) where hasTable:
                findings.add(
                    .optionClash, "beside 'values', '\(option)' must be a table, not an expression", at: text.place,
                    hint: "such as {\(side == .left ? "right value: left value" : "left value: right value")}")
            case .rows(_, let place) where !hasTable:
                findings.add(
                    .missingOption, "a table in '\(option)' needs 'values' beside it", at: place,
                    hint: "alone it is an expression over 'value'")
            case .expression where field.arrow.flow == .both && !hasTable:
                oneWayConversion(field, side, &findings)
            default: break
            }
        }
    }

    private static func oneWayConversion(_ field: FieldDraft, _ side: Side, _ findings: inout Findings) {
        let back = "to_\(side.other.rawValue)"
        guard field.keys[back] == nil, field.keys["link"] == nil, let place = field.keys["to_\(side.rawValue)"] else {
            return
        }
        findings.add(
            .missingOption, "a two-way field with 'to_\(side.rawValue)' needs '\(back)' for the way back", at: place,
            hint: "'\(back): value' takes it as it is")
    }

    private static func types(_ field: FieldDraft, _ findings: inout Findings) {
        guard let place = field.keys["format"] else { return }
        guard let type = field.type else {
            if field.keys["type"] == nil {
                findings.add(
                    .missingOption, "'format' needs 'type: date' or 'type: timestamp' beside it", at: place)
            }
            return
        }
        guard type.content != .date, type.content != .timestamp else { return }
        findings.add(
            .optionWithoutEffect, "'format' has no effect on '\(type.content.rawValue)'", at: place,
            hint: "it is for dates and timestamps")
    }
}
