import CEL
package import Diagnostics
import JobFiles

extension Workspace {
    /// Files that are in memory, as those of an example are, checked. No file is read, and there is no state.
    ///
    /// - Parameter texts: by their paths; those right below the jobs folder are job files, the others what these name.
    package init(jobs folder: String, holding texts: [SourceText], world: World) {
        let sources = Dictionary(texts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let files = texts.filter { text in
            let parts = text.name.split(separator: "/")
            return parts.count == 2 && parts[0] == folder
                && (text.name.hasSuffix(".yaml") || text.name.hasSuffix(".yml"))
        }
        let definitions = texts.filter {
            $0.name.hasPrefix("\(folder)/\(DefinitionFile.folder)/") && $0.name.hasSuffix(".yaml")
        }
        let systems = SystemLibrary(definitions, timeZones: TimeZones(world.timeZone))
        var surroundings = Surroundings(
            systems, load: { sources["\(folder)/\($0)"] }, isVariableSet: { world.environment($0) != nil },
            timeZones: TimeZones(names: world.timeZoneNames, world.timeZone))
        surroundings.schemaFiles = texts.filter {
            $0.name.hasPrefix("\(folder)/\(CollectionSchemaFile.folder)/") && $0.name.hasSuffix(".json")
        }
        surroundings.definition = { systems.definition(named: $0) }
        var checked = JobFolder(files).check(in: surroundings)
        checked.diagnostics = Diagnostic.inSourceOrder(systems.diagnostics + checked.diagnostics)
        self.init(jobsFolder: folder, stateFolder: "", sources: sources, checked: checked, systems: systems)
    }
}
