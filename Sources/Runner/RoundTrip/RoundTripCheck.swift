import Connectors
package import Diagnostics
import JobFiles
package import Model
import REST
import Reconcile
import Values

/// What the mappings of a sync lose: whether what is written to the other side and read back comes out the same.
package enum RoundTripCheck {
    /// Pure: follows from the mappings and the forms of both sides alone.
    ///
    /// An error where runs change data by themselves, a warning where a value comes back as another one, and a note where the job file
    /// says what comes back.
    ///
    /// - Parameter memory: what was tried for other syncs of the same jobs folder.
    package static func findings(
        _ sync: Sync, _ capabilities: Sides<Capabilities>, _ memory: TripMemory = TripMemory()
    ) -> [Diagnostic] {
        let forms = capabilities.map(\.values)
        let fields = sync.fields.flatMap { FieldTrips($0, sync, forms, memory).findings }
        return Diagnostic.inSourceOrder(fields + Circles(sync, forms).findings)
    }
}

extension Workspace {
    /// What the mappings of some jobs and syncs lose, of all where none is named. No system is asked. A sync of which a side cannot be
    /// told is left out.
    package func roundTrips(_ names: [String], world: World) async -> [Diagnostic] {
        let memory = TripMemory()
        let found = await withTaskGroup(of: [Diagnostic].self) { group in
            // Values are tried by the hundred: it is the greater part of a check, and each job is a matter of its own.
            for start in stride(from: 0, to: checked.jobs.count, by: Self.jobsOfTask) {
                let jobs = checked.jobs[start..<min(start + Self.jobsOfTask, checked.jobs.count)]
                group.addTask { jobs.flatMap { roundTrips($0, names, memory, world) } }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
        return Diagnostic.inSourceOrder(found)
    }

    private static let jobsOfTask = 16

    private func roundTrips(_ job: Job, _ names: [String], _ memory: TripMemory, _ world: World) -> [Diagnostic] {
        job.syncs.flatMap { sync -> [Diagnostic] in
            let isMeant = names.isEmpty || names.contains { $0 == job.name || $0 == sync.name.description }
            guard isMeant, let left = try? capabilities(.left, job, sync, world),
                let right = try? capabilities(.right, job, sync, world)
            else { return [] }
            return RoundTripCheck.findings(sync, Sides(left: left, right: right), memory)
        }
    }

    /// What a side can do, as far as its settings say without anything that is set outside the job files.
    func capabilities(_ side: Side, _ job: Job, _ sync: Sync, _ world: World) throws(EndpointFailure) -> Capabilities {
        guard let connection = checked.connections[job.connections[side]],
            let type = systems.type(named: connection.type)
        else { throw .misconfigured(message: "there is no connection '\(job.connections[side])'") }
        let settings = SettingsResolution(world: world).resolveKnown(connection, sync.collections[side], type)
        if let definition = systems.definition(named: connection.type) {
            let name = sync.collections[side].name
            guard let collection = definition.collection(name) else {
                throw .misconfigured(message: "\(definition.title) has no collection '\(name)'")
            }
            return SystemEndpoint.capabilities(collection, definition)
        }
        return try ConnectorCatalogue.capabilities(type: connection.type, settings: settings)
    }
}
