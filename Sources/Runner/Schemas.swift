import CEL
import Connectors
import FileIO
import JobFiles

/// The JSON Schemas of the files that people write, and of answers.
package enum Schemas {
    /// `job`, `connections`, `tests`, `plan`.
    package static let names = JobFileSchema.allCases.map(\.rawValue) + [plan]

    private static let plan = "plan"

    /// The schema of a kind of file; nil for a name that is none of ``names``.
    ///
    /// - Parameter jobs: the jobs folder, which may have connectors of its own, and need not be there.
    package static func text(of name: String, jobs: String, _ world: World) -> String? {
        if name == plan { return PlanSchema.text }
        let own = try? FolderTexts(of: FileIO.path(DefinitionFile.folder, in: jobs), ending: ".yaml", world.disk)
        let systems = SystemLibrary(own?.texts ?? [], timeZones: TimeZones(world.timeZone))
        return JobFileSchema(rawValue: name)?.text(connectors: systems.types)
    }
}
