import CEL
import Connectors
package import Diagnostics
package import FileIO
package import JobFiles
package import Model
import StateStore

/// The jobs folder, read and checked, and where the state lies.
package struct Workspace: Sendable {
    package let jobsFolder: String
    package let stateFolder: String
    /// The texts of all files that were read, by name: for messages that show a line.
    package let sources: [String: SourceText]
    package let checked: CheckedJobs
    /// The connectors that its connections may be of.
    package let systems: SystemLibrary
    let systemConnections = SystemConnections()

    /// Reads and checks all files of a jobs folder.
    ///
    /// - Parameters:
    ///   - schemas: whether they are held against what is known of collections. A run is not: it goes by what it reads.
    ///   - replaced: a text that is taken in the place of the file of its name, whether there is one or not.
    /// - Throws: where the folder cannot be read. A file of it that cannot is a mistake like any other: those are in `checked`.
    package static func load(
        jobs folder: String, state: String, world: World, schemas: SchemaUse = .none,
        replacing replaced: SourceText? = nil
    ) throws(FileFailure) -> Workspace {
        let names = try world.disk.list(folder).filter { $0.hasSuffix(".yaml") || $0.hasSuffix(".yml") }
        var texts = replaced.map { [$0] } ?? []
        var unreadable: [Diagnostic] = []
        for name in names {
            let path = FileIO.path(name, in: folder)
            if path == replaced?.name { continue }
            do throws(FileFailure) {
                texts.append(SourceText(name: path, bytes: try world.disk.read(path)))
            } catch {
                let place = Place(file: path, line: 1, column: 1, length: 0)
                unreadable.append(Diagnostic(.error, ReadingCode.unreadableFile.rawValue, error.description, at: place))
            }
        }
        let further = FurtherFiles(folder: folder, disk: world.disk)
        let definitions = try FolderTexts(
            of: FileIO.path(DefinitionFile.folder, in: folder), ending: ".yaml", world.disk)
        unreadable += definitions.unreadable
        let systems = SystemLibrary(definitions.texts, timeZones: TimeZones(world.timeZone))
        var surroundings = Surroundings(
            systems, load: further.load, isVariableSet: { world.environment($0) != nil },
            timeZones: TimeZones(names: world.timeZoneNames, world.timeZone))
        if case .committed(let live) = schemas {
            let files = try SchemaFolder(jobs: folder, disk: world.disk).files()
            surroundings.schemaFiles = files.texts
            unreadable += files.unreadable
            surroundings.liveSchemas = live
            surroundings.definition = { systems.definition(named: $0) }
        }
        var checked = JobFolder(texts).check(in: surroundings)
        checked.diagnostics = Diagnostic.inSourceOrder(unreadable + systems.diagnostics + checked.diagnostics)
        let sources = Dictionary(
            (texts + definitions.texts + surroundings.schemaFiles
                + unreadable.compactMap(\.place?.file).map { SourceText(name: $0, bytes: []) } + further.loaded)
                .map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        return Workspace(jobsFolder: folder, stateFolder: state, sources: sources, checked: checked, systems: systems)
    }
}

extension Workspace {
    package var allSyncNames: [SyncName] { checked.jobs.flatMap(\.syncs).map(\.name) }

    /// The syncs of a job, or the one that is named.
    package func syncNames(of name: String) -> [SyncName] {
        checked.jobs.flatMap(\.syncs).map(\.name).filter { $0.job == name || $0.description == name }
    }
}

extension Workspace {
    /// Where the state of all syncs lies.
    func state(_ world: World) -> StateFolder { StateFolder(stateFolder, disk: world.disk) }

    /// Where the state of a sync lies.
    func state(of sync: SyncName, _ world: World) -> SyncFolder { state(world).sync(sync) }
}

extension Surroundings {
    init(
        _ systems: SystemLibrary, load: @escaping @Sendable (_ path: String) -> SourceText?,
        isVariableSet: @escaping @Sendable (_ name: String) -> Bool, timeZones: TimeZones
    ) {
        self.init(connectors: [], load: load, isVariableSet: isVariableSet, timeZones: timeZones)
        connectorNames = systems.names
        connector = { systems.type(named: $0) }
    }
}
