import CEL
package import Diagnostics
import JobFiles
package import Model
package import REST
package import StateStore
import Values

/// Takes an event that the system of a side sent of its own accord, a webhook, into the inbox of a sync. It asks no system, and waits
/// for no run.
package struct Ingest: Sendable {
    /// The most bytes that an event may have.
    package static let mostBytes = 10 << 20

    private let workspace: Workspace
    private let world: World
    private let job: Job
    private let sync: Sync
    private let side: Side

    /// - Throws: ``IngestFailure/notASync(_:)``.
    package init(_ name: SyncName, _ side: Side, of workspace: Workspace, world: World) throws(IngestFailure) {
        guard let job = workspace.checked.jobs.first(where: { $0.name == name.job }),
            let sync = job.syncs.first(where: { $0.name == name })
        else { throw .notASync("\(name)") }
        self.workspace = workspace
        self.world = world
        self.job = job
        self.sync = sync
        self.side = side
    }

    /// - Parameter headers: those that came with it.
    package func callAsFunction(
        _ body: [UInt8], headers: [(name: String, value: String)]
    ) throws(IngestFailure) -> IngestReport {
        guard body.count <= Self.mostBytes else { throw .tooLarge }
        let reading = try reading(body, headers)
        try checkProof(of: reading)
        let now = world.now()
        let found: FoundEvent?
        do {
            found = try reading.found(now: now)
        } catch {
            throw .event(error)
        }
        guard let found else { return IngestReport(sync: sync.name, side: side, count: 0, isNew: false) }
        let event = InboxEvent(side: side, ids: found.ids, delivery: found.delivery, came: now)
        do {
            let number = UInt64(world.random() * 0x1p53)
            let isNew = try workspace.state(of: sync.name, world).put(event, number: number)
            return IngestReport(sync: sync.name, side: side, count: found.ids.count, isNew: isNew)
        } catch {
            throw .state(error)
        }
    }

    private func reading(
        _ body: [UInt8], _ headers: [(name: String, value: String)]
    ) throws(IngestFailure) -> EventReading {
        let collection = sync.collections[side]
        guard let connection = workspace.checked.connections[job.connections[side]],
            let type = workspace.systems.type(named: connection.type)
        else { throw .noEvents(connector: job.connections[side], collection: collection.name) }
        guard let definition = workspace.systems.definition(named: connection.type), let rule = definition.webhook,
            let reading = EventReading(
                definition, collection: collection.name, try settings(connection, collection, type, rule),
                headers: headers, raw: body)
        else { throw .noEvents(connector: connection.type, collection: collection.name) }
        return reading
    }

    /// The receiver needs no secret but the one that the event is checked with; all else must be known, since it may say which events
    /// matter.
    private func settings(
        _ connection: Connection, _ collection: CollectionReference, _ type: ConnectorType, _ rule: WebhookRule
    ) throws(IngestFailure) -> ResolvedSettings {
        let resolution = SettingsResolution(world: world)
        let needed = rule.secret.source
        let others = type.connectionOptions.filter { $0.kind == .secret && !needed.contains($0.name) }.map(\.name)
        var open = connection
        open.settings.removeAll { others.contains($0.name) }
        do {
            _ = try resolution.resolve(open, collection, type)
        } catch {
            throw .setting(error.diagnostic)
        }
        return resolution.resolveKnown(connection, collection, type)
    }

    private func checkProof(of reading: EventReading) throws(IngestFailure) {
        guard let secret = reading.secret else { throw .noSecret(connection: job.connections[side], reading.rule) }
        let proofs = reading.proofs
        if proofs.isEmpty { throw .notSigned(header: reading.rule.header, prefix: reading.rule.prefix) }
        let signed: [UInt8]
        do {
            signed = try reading.signed()
        } catch {
            throw .event(error)
        }
        guard let proof = Proof(reading.rule, secret: secret, signed: signed) else { throw .noHash }
        guard proofs.contains(where: proof.isShown) else {
            throw .wrongProof(header: reading.rule.header, isHash: reading.rule.hash != nil)
        }
    }
}

/// What came of an event.
package struct IngestReport: Sendable, Equatable {
    package var sync: SyncName
    package var side: Side
    /// How many records it is about; none where it is about nothing of the sync.
    package var count: Int
    /// Whether it was put into the inbox; else it waits there already, or there is nothing to put.
    package var isNew: Bool
}

/// Why an event was not taken. None of it tells a secret, nor what a proof should have been.
package enum IngestFailure: Error {
    case notASync(String)
    case tooLarge
    /// The connector says nothing of events of the collection.
    case noEvents(connector: String, collection: String)
    case setting(Diagnostic)
    /// The connection has no secret to check with.
    case noSecret(connection: String, WebhookRule)
    case noHash
    case notSigned(header: String, prefix: String)
    case wrongProof(header: String, isHash: Bool)
    case event(EventFailure)
    case state(StateFailure)
}
