import Connectors
import HTTP
import JobFiles
import Model
import REST
import StateStore
import Values

/// Holds a connection of a described system to what every connector owes: makes records in a collection, changes and removes them.
package struct ConnectorTest: Sendable {
    /// What a person says of the collection beside what its definition says.
    package struct Wishes: Sendable {
        /// What fields hold, as text.
        package var given: [(field: String, text: String)] = []
        /// Fields beside those of the definition.
        package var fields: [String] = []

        package init(given: [(field: String, text: String)] = [], fields: [String] = []) {
            self.given = given
            self.fields = fields
        }
    }

    private let connection: Connection
    private let definition: SystemDefinition
    private let type: ConnectorType
    private let wishes: Wishes
    private let state: StateFolder
    private let world: World
    /// What is put to records that stand for files.
    private let files: FileDepot

    /// nil where there is no such connection, or its connector is built in.
    package init?(_ connection: String, _ workspace: Workspace, _ wishes: Wishes = Wishes(), world: World) {
        guard let connection = workspace.checked.connections[connection],
            let definition = workspace.systems.definition(named: connection.type),
            let type = workspace.systems.type(named: connection.type)
        else { return nil }
        self.connection = connection
        self.definition = definition
        state = workspace.state(world)
        files = .onDisk(workspace.state(world))
        self.type = type
        self.wishes = wishes
        self.world = world
    }

    /// The collections that the definition names.
    package var collections: [String] { definition.collections.map(\.name) }

    /// Whether the system may have collections beside these.
    package var hasOthers: Bool { definition.other != nil }

    /// The collection, ready to be tested. Asks for its fields, and writes nothing.
    package func subject(_ collection: String) async throws(RunFailure) -> ConnectorSubject {
        let settings = try settings(collection)
        do throws(EndpointFailure) {
            return try await subject(collection, settings)
        } catch {
            throw .endpoint(.right, error)
        }
    }

    /// How many records a collection has.
    package func count(_ subject: ConnectorSubject) async throws(RunFailure) -> Int {
        do throws(EndpointFailure) {
            return try await subject.endpoint.read(KnownRecords(links: LinkTable(), side: .left)).count
        } catch {
            throw .endpoint(.right, error)
        }
    }

    private func settings(_ collection: String) throws(RunFailure) -> ResolvedSettings {
        var settings: [Setting] = []
        if !wishes.fields.isEmpty {
            let names = wishes.fields.map { Setting.Content.text(Template(parts: [.text($0)])) }
            settings.append(Setting(name: "fields", content: .list(names), place: connection.place))
        }
        let reference = CollectionReference(name: collection, settings: settings, place: connection.place)
        do {
            return try SettingsResolution(world: world).resolve(connection, reference, type)
        } catch {
            throw .settings(error.diagnostic)
        }
    }

    private func subject(
        _ name: String, _ settings: ResolvedSettings
    ) async throws(EndpointFailure) -> ConnectorSubject {
        guard let collection = definition.collection(name) else {
            // The endpoint knows the words for it.
            _ = try endpoint(definition, settings, name)
            throw .misconfigured(message: "there is no collection '\(name)'")
        }
        let own = try endpoint(definition, settings, name)
        var schema = try await own.schema()
        let further = wishes.fields.filter { schema.fields[TextKey($0)] == nil }
        schema.fields = SchemaFields(schema.fields.list + further.map { SchemaField($0, .any) })
        let world = world
        let mark = "lockstep-\(String(UInt32(world.random() * 4_294_967_295), radix: 36))"
        var given = given(schema)
        if let field = collection.fileField, !field.isReadOnly, given[field.key] == nil {
            given[field.key] = try file(mark)
        }
        var subject = ConnectorSubject(own, schema, given: given, mark: mark) { await world.pause($0) }
        subject.hasFiles = collection.fileField != nil
        if let small = definition.withPages(of: 3, in: name) {
            subject.smallPages = (try endpoint(small, settings, name), 3)
        }
        if let nobody = settings.ofNobody(type) { subject.stranger = try endpoint(definition, nobody, name) }
        if let parent = collection.parent {
            let owner = try await self.subject(parent.collection, settings)
            subject.parent = ConnectorSubject.Parent(field: parent.field) { owner }
        }
        let since = (collection.parent.flatMap { definition.collection($0.collection) } ?? collection).list?.since
        if case .instant(_, let grain, let lag)? = since?.cursor { subject.overlap = grain + lag }
        subject.tellsOfDeletes = collection.parent == nil && collection.list?.deleted != nil && since != nil
        return subject
    }

    private func endpoint(
        _ definition: SystemDefinition, _ settings: ResolvedSettings, _ collection: String
    ) throws(EndpointFailure) -> any Endpoint {
        // Each its own way to the system: pages and credentials are no other's.
        let own = SystemConnections(depot: files)
        return Retrying(try own.endpoint(connection, definition, settings, collection, state, world), world.patience)
    }

    /// A small file, as records have it.
    private func file(_ mark: String) throws(EndpointFailure) -> Value {
        do throws(BodyFlowFailure) {
            return .text(try files.make(Array("made by a test: \(mark)\n".utf8)))
        } catch {
            throw .unavailable(message: error.reason)
        }
    }

    /// The values that were wished for, of the types that their fields have.
    private func given(_ schema: CollectionSchema) -> [TextKey: Value] {
        var given: [TextKey: Value] = [:]
        for (name, text) in wishes.given {
            guard let field = schema.fields[TextKey(name)] else { continue }
            let type = ValueType(rawValue: field.type.rawValue) ?? .text
            given[TextKey(name)] = (try? type.convert(.text(text))) ?? .text(text)
        }
        return given
    }
}

extension SystemDefinition {
    /// The same, with so many records a page; nil where the system alone decides that.
    fileprivate func withPages(of count: Int, in collection: String) -> SystemDefinition? {
        var definition = self
        if let at = collections.firstIndex(where: { $0.name.hasSameBytes(as: collection) }) {
            guard let page = collections[at].list?.page.with(count) else { return nil }
            definition.collections[at].list?.page = page
            return definition
        }
        guard let page = other?.list?.page.with(count) else { return nil }
        definition.other?.list?.page = page
        return definition
    }
}

extension PageRule {
    fileprivate func with(_ count: Int) -> PageRule? {
        guard var size, size.parameter != nil, size.count > count else { return nil }
        size.count = count
        return switch self {
        case .single: nil
        case .offset(let parameter, _): .offset(parameter: parameter, size: size)
        case .number(let parameter, let first, _, let pages, let more):
            .number(parameter: parameter, first: first, size: size, pages: pages, more: more)
        case .token(let next, let parameter, _): .token(next: next, parameter: parameter, size: size)
        case .address(let program, _): .address(program, size: size)
        case .link: .link(size: size)
        }
    }
}

extension ResolvedSettings {
    /// The same with other secrets; nil where there are none.
    fileprivate func ofNobody(_ type: ConnectorType) -> ResolvedSettings? {
        var contents: [String: Content] = [:]
        var hasSecrets = false
        for option in type.connectionOptions + type.collectionOptions {
            contents[option.name] = self[option.name]
            if case .secret? = self[option.name] {
                contents[option.name] = .secret(Secret("nobody-has-this-secret"))
                hasSecrets = true
            }
        }
        return hasSecrets ? ResolvedSettings(contents) : nil
    }
}
