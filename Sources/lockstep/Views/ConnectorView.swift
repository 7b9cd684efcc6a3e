import Diagnostics
import Runner
import Values

/// What came of the clauses of the contract: a line each, as they are tried.
struct ConnectorView {
    let style: Style

    func heading(_ connection: String, _ collection: String) -> String {
        style.paint("\(connection)/\(collection)".escapedForDisplay, .bold) + "\n"
    }

    func line(_ finding: ConnectorFinding) -> String {
        switch finding.verdict {
        case .kept: "  \(style.paint("ok  ", .green))  \(finding.clause)\n"
        case .broken(let reason):
            "  \(style.paint("FAIL", .red))  \(finding.clause): \(reason.escapedForDisplay)\n"
        case .passedOver(let reason):
            "  \(style.paint("-   ", .dim))  \(style.paint("\(finding.clause): \(reason.escapedForDisplay)", .dim))\n"
        }
    }
}

/// The same, for programs.
enum ConnectorJSON {
    static func report(
        _ connection: String, _ results: [(collection: String, findings: [ConnectorFinding])]
    ) -> Object {
        let collections = results.map { name, findings in
            Value.object([
                "name": .text(name), "holds": .bool(!findings.isEmpty && !findings.contains(where: \.isBroken)),
                "clauses": .list(findings.map { .object(object($0)) }),
            ])
        }
        return ["version": .int(1), "connection": .text(connection), "collections": .list(collections)]
    }

    private static func object(_ finding: ConnectorFinding) -> Object {
        switch finding.verdict {
        case .kept: ["clause": .text(finding.clause), "verdict": .text("kept"), "reason": .null]
        case .broken(let reason):
            ["clause": .text(finding.clause), "verdict": .text("broken"), "reason": .text(reason)]
        case .passedOver(let reason):
            ["clause": .text(finding.clause), "verdict": .text("passed over"), "reason": .text(reason)]
        }
    }
}
