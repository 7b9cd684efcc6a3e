package import CEL
import Connectors
package import Diagnostics
import JobFiles
package import Model
import Synchronization
import Systems
import Values

/// The connectors that connections may be of: those that are built in, the systems whose definitions the program has, and those of the
/// jobs folder, which count over the others. A definition is read when it is first asked for.
package final class SystemLibrary: Sendable {
    private let own: [String: SourceText]
    private let surroundings: Surroundings
    private let files = Mutex<[String: DefinitionFile]>([:])
    /// What is shared by all who have no definitions of their own.
    package static let shipped = SystemLibrary([], timeZones: TimeZones { _ in .utc })

    private static let sources = Dictionary(
        ShippedSystems.sources.map { (connectorName($0.name), $0) }, uniquingKeysWith: { first, _ in first })

    /// - Parameter own: the files of `connectors/` below the jobs folder.
    package init(_ own: [SourceText], timeZones: TimeZones) {
        self.own = Dictionary(own.map { (connectorName($0.name), $0) }, uniquingKeysWith: { first, _ in first })
        surroundings = Surroundings(connectors: [], timeZones: timeZones)
    }

    /// The definition of a system; nil for what is none, or is not good enough to work with.
    package func definition(named name: String) -> SystemDefinition? { file(name)?.definition }

    /// Of the text of a system's definition; nil for what has none.
    func fingerprint(ofDefinition name: String) -> String? {
        (own[name] ?? Self.sources[name]).map { Fingerprint(of: $0.bytes).description }
    }

    /// What is wrong with the definitions of the jobs folder.
    package var diagnostics: [Diagnostic] {
        own.keys.sorted().flatMap { name -> [Diagnostic] in
            guard let file = file(name) else { return [] }
            guard ConnectorCatalogue.type(named: name) != nil, let source = own[name] else { return file.diagnostics }
            return file.diagnostics + [
                Diagnostic(
                    .error, JobFileCode.connectorName.rawValue, "the connector '\(name)' is built in",
                    at: file.definition?.place ?? Place(file: source.name, line: 1, column: 1, length: 0),
                    hint: "take another name for this one")
            ]
        }
    }

    /// The connector of a name; nil where there is none.
    package func type(named name: String) -> ConnectorType? {
        if let file = file(name) {
            return file.definition.map(ConnectorType.init(_:)) ?? ConnectorType(name: name, summary: "", isBuilt: false)
        }
        return ConnectorCatalogue.type(named: name)
    }

    /// The names of all connectors that there are, or will be.
    package var names: [(name: String, isBuilt: Bool)] {
        let systems = Set(own.keys).union(Self.sources.keys)
        let others = ConnectorCatalogue.types.filter { !systems.contains($0.name) }.map { ($0.name, $0.isBuilt) }
        return others + systems.sorted().map { ($0, true) }
    }

    /// All connectors, with what they take.
    package var types: [ConnectorType] { names.compactMap { type(named: $0.name) } }

    private func file(_ name: String) -> DefinitionFile? {
        guard let source = own[name] ?? Self.sources[name] else { return nil }
        if let known = files.withLock({ $0[name] }) { return known }
        let file = DefinitionFile(source, in: surroundings)
        files.withLock { $0[name] = file }
        return file
    }
}

/// The name of the connector that a file defines.
private func connectorName(_ file: String) -> String {
    let last = file.split(separator: "/").last.map(String.init) ?? file
    return last.hasSuffix(".yaml") ? String(last.dropLast(5)) : last
}

extension ConnectorType {
    /// The connector that a definition describes.
    init(_ definition: SystemDefinition) {
        let settings = definition.settings.map(\.option)
        let all = definition.collections + [definition.other].compactMap(\.self)
        let files = all.contains { $0.fileField != nil } ? HTTPSettings.fileOptions : []
        self.init(
            name: definition.name, summary: definition.summary,
            connectionOptions: settings + HTTPSettings.options + files,
            collectionOptions: settings.filter { $0.kind != .secret && $0.kind != .url }.map { option in
                var optional = option
                optional.isRequired = false
                return optional
            } + HTTPSettings.collectionOptions + files)
    }
}
