import Diagnostics
import Model

/// Connections as they are meant.
struct ConnectionMaker {
    let subject: Subject

    /// The connections whose connector is known and built; the rest is reported.
    func make(_ findings: inout Findings) -> [String: Connection] {
        guard let file = subject.drafts.connections else { return [:] }
        var connections: [String: Connection] = [:]
        for draft in file.connections {
            guard let connector = connector(draft, &findings) else { continue }
            let maker = SettingsMaker(
                connector: connector, options: connector.connectionOptions, noun: "a \(connector.name) connection",
                lines: file.lines, isVariableSet: subject.surroundings.isVariableSet)
            let settings = maker.make(draft.settings, anchor: draft.name.place, &findings)
            connections[draft.name.content] = Connection(
                name: draft.name.content, type: connector.name, settings: settings, place: draft.name.place)
        }
        return connections
    }

    private func connector(_ draft: ConnectionDraft, _ findings: inout Findings) -> ConnectorType? {
        guard let type = draft.type else { return nil }
        guard let connector = subject.surroundings.connector(type.content) else {
            let known = subject.surroundings.connectorNames.map(\.name)
            findings.add(
                .unknownConnector, "no connector is named '\(shortened(type.content))'", at: type.place,
                hint: didYouMean(type.content, among: known) ?? "there are \(listed(built, joinedBy: "and"))")
            return nil
        }
        if !connector.isBuilt {
            findings.add(
                .notBuilt, "the connector '\(connector.name)' is not built yet", at: type.place,
                hint: "there are \(listed(built, joinedBy: "and"))")
            return nil
        }
        return connector
    }

    private var built: [String] { subject.surroundings.connectorNames.filter(\.isBuilt).map(\.name) }
}
