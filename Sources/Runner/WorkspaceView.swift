package import Diagnostics
import FileIO
package import JobFiles
import Model

extension Workspace {
    /// All mistakes of all files, in source order.
    package var diagnostics: [Diagnostic] { checked.diagnostics }

    /// What a file is; nil for one that is none of a job, its tests or connections, such as the definition of a system.
    package func kind(of file: String) -> JobFileKind? {
        file.hasPrefix(FileIO.path(DefinitionFile.folder, in: jobsFolder) + "/") ? nil : JobFileKind(file)
    }

    /// The job files that are there, whether or not they can be used.
    package var jobNames: [String] {
        sources.keys.compactMap { if case .job(let name)? = kind(of: $0) { name } else { nil } }.sorted()
    }

    /// The jobs whose files are there but cannot be used: theirs, or what they refer to, has an error.
    package var brokenJobs: Set<String> { Set(jobNames).subtracting(checked.jobs.map(\.name)) }

    /// The diagnostics that concern some jobs: those of their files, of their tests, and of the files that jobs share.
    package func diagnostics(of jobs: Set<String>) -> [Diagnostic] {
        diagnostics.filter { diagnostic in
            guard let file = diagnostic.place?.file else { return true }
            switch kind(of: file) {
            case .job(let name), .tests(of: let name): return jobs.contains(name)
            case .connections, nil: return true
            }
        }
    }

    /// The warnings that comments of the files allow.
    package var allowances: Allowances { Allowances(sources.values) }

    /// Whether a diagnostic is about the tests of a job: those bind no run.
    package func isAboutTests(_ diagnostic: Diagnostic) -> Bool {
        if case .tests? = diagnostic.place.flatMap({ kind(of: $0.file) }) { true } else { false }
    }
}
