import Diagnostics
import Model
import Runner
import Values

/// What a comparison of both sides came to.
struct VerifyView {
    let session: Session

    private var style: Style { session.style(.output) }

    func text(_ report: VerifyReport) -> String {
        var text = style.paint("\(report.sync)", .bold) + ": " + summary(report) + "\n"
        for difference in report.differences {
            text += "  " + style.paint("DIFF", .red) + "  " + line(difference) + "\n"
        }
        text += ItemsView(style: style, limit: nil).text(report.unclear)
        for gone in report.gone {
            let sides = Side.allCases.filter { gone.sides[$0] }.map { "\($0)" }.joined(separator: " and the ")
            text += "  " + style.paint("GONE", .red) + "  \(ids(gone.ids))   gone from the \(sides)\n"
        }
        for side in Side.allCases {
            for id in report.unlinked[side] {
                text += "  " + style.paint("LONE", .yellow) + "  \(side) \(ItemsView.id(id))   has no link\n"
            }
        }
        return text
    }

    private func summary(_ report: VerifyReport) -> String {
        let found = [
            (report.differences.count, "difference"), (report.unclear.count, "field or record that cannot be compared"),
            (report.gone.count, "link whose record is gone"),
            (report.unlinked.left.count + report.unlinked.right.count, "record without a link"),
        ]
        let parts = [
            found[0].0 == 0 ? "no difference" : CountWords.count(found[0].0, "difference"),
            found[1].0 == 0 ? "" : "\(CountWords.grouped(found[1].0)) not comparable",
            found[2].0 == 0 ? "" : "\(CountWords.grouped(found[2].0)) gone",
            found[3].0 == 0 ? "" : "\(CountWords.grouped(found[3].0)) without a link",
        ].filter { !$0.isEmpty }
        let scope = report.outOfScope == 0 ? "" : "; \(CountWords.grouped(report.outOfScope)) out of scope"
        return "\(CountWords.count(report.compared, "link")) compared: \(parts.joined(separator: ", "))\(scope)"
    }

    private func line(_ difference: VerifyReport.Difference) -> String {
        let now = Side.allCases.map { side in
            let value = "\(side) \(difference.now[side].shown)"
            guard difference.changed[side], let base = difference.base?[side] else { return value }
            return value + " (was \(base.shown))"
        }.joined(separator: ", ")
        let agreed =
            difference.base == nil
            ? "; they never agreed" : difference.changed.left || difference.changed.right ? "" : "; as it was agreed"
        return
            "\(ids(difference.ids))   \(difference.place.escapedForDisplay): \(difference.field.escapedForDisplay): \(now)\(agreed)"
    }

    private func ids(_ ids: Sides<String>) -> String { ItemsView.record(ids.map(Optional.some)) }

    func object(_ report: VerifyReport) -> Object {
        [
            "sync": .text("\(report.sync)"), "inStep": .bool(report.isInStep), "compared": .number(report.compared),
            "outOfScope": .number(report.outOfScope), "leftAlone": .number(report.apart),
            "differences": .list(report.differences.map { .object(object($0)) }),
            "unclear": .list(report.unclear.map(ReportJSON.held)),
            "gone": .list(
                report.gone.map { gone in
                    .object([
                        "left": .text(gone.ids.left), "right": .text(gone.ids.right),
                        "goneFrom": .list(Side.allCases.filter { gone.sides[$0] }.map { .text($0.rawValue) }),
                    ])
                }),
            "unlinked": .object([
                "left": .list(report.unlinked.left.map(Value.text)),
                "right": .list(report.unlinked.right.map(Value.text)),
            ]),
        ]
    }

    private func object(_ difference: VerifyReport.Difference) -> Object {
        [
            "left": .text(difference.ids.left), "right": .text(difference.ids.right),
            "field": .text(difference.field), "place": .text(difference.place),
            "now": .object(["left": difference.now.left, "right": difference.now.right]),
            "base": difference.base.map { .object(["left": $0.left, "right": $0.right]) } ?? .null,
        ]
    }
}
