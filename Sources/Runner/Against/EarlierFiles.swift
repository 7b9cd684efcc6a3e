import CEL
import Connectors
import Diagnostics
import FileIO
import JobFiles
import Synchronization
import Values

extension Workspace {
    /// The job files with which those of a folder are compared: those of another folder, where there is one of that name, else those of a
    /// revision of the repository in which the folder lies. Of a revision, files are named `REV:jobs/x.yaml`.
    package static func load(
        against name: String, jobs folder: String, state: String, world: World
    ) async throws(RevisionFailure) -> Workspace {
        if let identity = try? world.disk.identity(name), identity.isFolder {
            do {
                return try load(jobs: name, state: state, world: world)
            } catch {
                throw .folder(error)
            }
        }
        let revision = try await GitRevision(name, of: folder, world)
        var files = EarlierFiles(revision, world)
        try await files.readJobFiles()
        while true {
            let (checked, missing) = files.check()
            if missing.isEmpty {
                return Workspace(
                    jobsFolder: files.folder, stateFolder: state, sources: files.sources, checked: checked,
                    systems: files.systems)
            }
            try await files.readFurther(missing)
        }
    }
}

/// The files of a revision, as far as they were read.
private struct EarlierFiles {
    let revision: GitRevision
    let world: World
    private var jobFiles: [SourceText] = []
    private var definitions: [SourceText] = []
    /// The connectors that its connections may be of.
    private(set) var systems = SystemLibrary.shipped
    private var unreadable: [Diagnostic] = []
    /// Files that job files name, by those names; nil where there is none.
    private var further: [TextKey: SourceText?] = [:]

    init(_ revision: GitRevision, _ world: World) {
        self.revision = revision
        self.world = world
    }

    /// The name of the folder for messages; what is below it has a `/` in front.
    var folder: String { "\(revision.name):" + (revision.prefix.isEmpty ? "." : String(revision.prefix.dropLast())) }

    var sources: [String: SourceText] {
        let broken = unreadable.compactMap(\.place?.file).map { SourceText(name: $0, bytes: []) }
        return Dictionary(
            (jobFiles + definitions + broken + further.values.compactMap { $0 }).map { ($0.name, $0) },
            uniquingKeysWith: { first, _ in first })
    }

    mutating func readJobFiles() async throws(RevisionFailure) {
        let all = try await revision.files().map { (path: $0.key.text, entry: $0.value) }
        jobFiles = try await texts(of: all.filter { Self.lies($0.path, in: "", ending: [".yaml", ".yml"]) })
        let own = all.filter { Self.lies($0.path, in: DefinitionFile.folder + "/", ending: [".yaml"]) }
        definitions = try await texts(of: own)
        systems = SystemLibrary(definitions, timeZones: TimeZones(world.timeZone))
    }

    /// Whether a file lies in a folder, and in none below that.
    private static func lies(_ path: String, in folder: String, ending: [String]) -> Bool {
        path.hasPrefix(folder) && !path.dropFirst(folder.count).utf8.contains(UInt8(ascii: "/"))
            && ending.contains { path.hasSuffix($0) }
    }

    private mutating func texts(
        of files: [(path: String, entry: GitRevision.Entry)]
    ) async throws(RevisionFailure) -> [SourceText] {
        let files = files.sorted { $0.path.precedesByBytes($1.path) }
        let readable = files.filter { $0.entry.isFile }
        for file in files where !file.entry.isFile {
            let place = Place(file: "\(folder)/\(file.path)", line: 1, column: 1, length: 0)
            unreadable.append(
                Diagnostic(
                    .error, ReadingCode.unreadableFile.rawValue,
                    "a symbolic link is not followed in a revision", at: place))
        }
        let contents = try await revision.contents(of: readable.map(\.entry))
        return zip(readable, contents).map { SourceText(name: "\(folder)/\($0.path)", bytes: $1) }
    }

    /// - Returns: what the files say, and the further files that they name and that were not asked for yet.
    func check() -> (checked: CheckedJobs, missing: [String]) {
        let named = NamedFiles(further)
        let surroundings = Surroundings(
            systems, load: named.load, isVariableSet: { [world] in world.environment($0) != nil },
            timeZones: TimeZones(names: world.timeZoneNames, world.timeZone))
        var checked = JobFolder(jobFiles).check(in: surroundings)
        checked.diagnostics = Diagnostic.inSourceOrder(unreadable + systems.diagnostics + checked.diagnostics)
        return (checked, named.missing)
    }

    /// Reads files that job files name. One of an absolute path is in no revision: it is what it is now.
    mutating func readFurther(_ names: [String]) async throws(RevisionFailure) {
        var paths: [(name: String, path: String)] = []
        for name in names {
            further.updateValue(nil, forKey: TextKey(name))
            if name.hasPrefix("/") {
                let bytes = try? world.disk.read(name)
                further.updateValue(bytes.map { SourceText(name: name, bytes: $0) }, forKey: TextKey(name))
            } else if let path = revision.path(of: name) {
                paths.append((name, path))
            }
        }
        let entries = try await revision.files(at: paths.map(\.path))
        let found = paths.compactMap { file in
            entries[TextKey(file.path)].flatMap { $0.isFile ? (name: file.name, entry: $0) : nil }
        }
        let contents = try await revision.contents(of: found.map(\.entry))
        for (file, bytes) in zip(found, contents) {
            further.updateValue(SourceText(name: "\(folder)/\(file.name)", bytes: bytes), forKey: TextKey(file.name))
        }
    }
}

/// The further files that were read, and the names of those that were asked for in vain.
private final class NamedFiles: Sendable {
    private let known: [TextKey: SourceText?]
    private let asked = Mutex<Set<TextKey>>([])

    init(_ known: [TextKey: SourceText?]) { self.known = known }

    @Sendable
    func load(_ name: String) -> SourceText? {
        if let file = known[TextKey(name)] { return file }
        asked.withLock { _ = $0.insert(TextKey(name)) }
        return nil
    }

    var missing: [String] { asked.withLock { $0.map(\.text) } }
}
