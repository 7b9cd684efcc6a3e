import Diagnostics
import JobFiles
import Model
import Runner

/// The jobs folder as a command meets it: read, checked, and with what was asked for picked out.
struct OpenedJobs: Sendable {
    let workspace: Workspace
    /// The syncs to work on; nil where all that were named are in broken files.
    let selection: Selection?
    /// The errors of the files that are needed. A person has been told of them; an answer for programs has them in itself.
    let mistakes: [Diagnostic]

    /// The jobs that were named, or all.
    func jobs(_ names: [String]) -> Set<String> {
        if names.isEmpty { return Set(workspace.jobNames) }
        return Set(names.compactMap { $0.split(separator: "/", maxSplits: 1).first.map(String.init) })
    }

    /// ``CommandEnd/jobFile`` where a file that is needed has an error, ``CommandEnd/files`` where it cannot be read.
    var status: CommandEnd { CommandEnd(of: mistakes) }
}

/// A command ends before it began; what is wrong has been said.
struct Refused: Error {
    let status: CommandEnd
}

extension Session {
    /// - Parameter schemas: whether the files are held against what is known of collections.
    func load(schemas: SchemaUse = .none) throws(Refused) -> Workspace {
        do {
            return try Workspace.load(jobs: options.jobs, state: options.state, world: world, schemas: schemas)
        } catch {
            let hint = ". Name the folder with '--jobs', or make a first job with 'lockstep init'"
            complain("\(error)" + (world.exists(options.jobs) ? "" : hint))
            throw Refused(status: .files)
        }
    }

    /// Loads the jobs folder and picks out what was named, everything where nothing was. The mistakes of the files that
    /// are needed are told; other jobs are not held up by them.
    ///
    /// - Parameter mindingTests: whether mistakes in files of tests are told too.
    func open(_ names: [String], mindingTests: Bool = false) throws(Refused) -> OpenedJobs {
        let workspace = try load()
        let broken = workspace.brokenJobs
        let usable = names.filter { !broken.contains(jobName($0)) }
        let selection = usable.isEmpty && !names.isEmpty ? nil : Selection(usable)
        do {
            _ = try selection?.syncs(of: workspace.checked.jobs)
        } catch {
            throw refuse(error)
        }
        let wanted = names.isEmpty ? broken : broken.intersection(names.map(jobName))
        var mistakes = mistakes(workspace, wanted, all: names.isEmpty)
        if mindingTests {
            let meant = names.isEmpty ? Set(workspace.jobNames) : Set(names.map(jobName))
            mistakes += workspace.diagnostics(of: meant).filter {
                $0.severity == .error && workspace.isAboutTests($0)
            }
        }
        if !mistakes.isEmpty, !isJSON { console.err(renderer(.errors, workspace).render(mistakes)) }
        return OpenedJobs(workspace: workspace, selection: selection, mistakes: mistakes)
    }

    /// Says that there is no job of a name.
    func refuse(_ unknown: Selection.Unknown) -> Refused {
        let hint = unknown.nearest.map { "; did you mean '\($0)'?" } ?? ""
        complain("no job or sync '\(unknown.name)' in \(options.jobs)\(hint)")
        return Refused(status: .usage)
    }

    private func jobName(_ name: String) -> String {
        name.split(separator: "/", maxSplits: 1).first.map(String.init) ?? name
    }

    private func mistakes(_ workspace: Workspace, _ broken: Set<String>, all: Bool) -> [Diagnostic] {
        if broken.isEmpty && !all { return [] }
        return workspace.diagnostics(of: broken).filter { $0.severity == .error && !workspace.isAboutTests($0) }
    }
}
