import CEL
import Diagnostics
import JobFiles
import Model
import Values

@testable import lockstep

/// A jobs folder in memory, checked in surroundings in which nothing depends on the machine.
struct Folder {
    var files: [String: String]
    /// What files hold that are no UTF-8; `files` has them too, with what is none replaced.
    var bytes: [String: [UInt8]] = [:]

    /// The connections that a folder has unless it brings its own.
    static let connections = """
        connections:
          desk:
            type: desk
            url: https://desk.example
            token: ${DESK_TOKEN}
          files:
            type: csv
            path: data
        """

    init(_ files: [String: String]) {
        self.files = files
        if files["connections.yaml"] == nil { self.files["connections.yaml"] = Folder.connections }
    }

    /// A folder with one job, `crm.yaml`.
    init(job: String) { self.init(["crm.yaml": job]) }

    /// A folder whose one job has one sync, `companies`, with the given lines beside its sides, and these entries of
    /// `fields`.
    init(sync: String = "", fields: [String] = ["name <-> name"]) {
        let entries = fields.map { "      - \($0)\n" }.joined()
        let lines = sync.split(separator: "\n").map { "    \($0)\n" }.joined()
        self.init(
            job: """
                job: crm
                left: desk
                right: files
                syncs:
                  companies:
                    left: clients
                    right: customers
                \(lines)    fields:
                \(entries)
                """)
    }

    func source(_ path: String) -> SourceText? {
        if let bytes = bytes[path] { return SourceText(name: "jobs/\(path)", bytes: bytes) }
        return files[path].map { SourceText(name: "jobs/\(path)", $0) }
    }

    func check() -> CheckedJobs {
        let top = files.keys.filter { !$0.contains("/") }.sorted().compactMap(source)
        var checked = JobFolder(top).check(in: surroundings)
        let definitions = files.keys.filter { $0.hasPrefix("connectors/") }.sorted().compactMap(source)
        let found = definitions.flatMap { DefinitionFile($0, in: surroundings).diagnostics }
        checked.diagnostics = Diagnostic.inSourceOrder(found + checked.diagnostics)
        return checked
    }

    /// What `check` shows: all mistakes, but for what comments allow.
    func findings() -> [Diagnostic] {
        let checked = check()
        let sound = Set(checked.jobs.map(\.place.file))
        return Allowances(files.keys.compactMap(source)).applied(
            to: checked.diagnostics, codes: Pages.severities
        ) { file, _ in
            file == "connections.yaml" || sound.contains(file)
        }
    }

    var surroundings: Surroundings {
        let files = files
        var surroundings = Surroundings(
            connectors: Catalogue.connectors,
            load: { path in files[path].map { SourceText(name: "jobs/\(path)", $0) } },
            isVariableSet: { !$0.hasPrefix("UNSET") },
            timeZones: TimeZones(names: { ["Europe/Berlin", "Europe/London"] }) { $0 == "Europe/London" ? .utc : nil })
        surroundings.schemaFiles = files.keys.filter { $0.hasPrefix("schemas/") }.sorted().compactMap(source)
        let definitions = Dictionary(
            uniqueKeysWithValues: files.keys.filter { $0.hasPrefix("connectors/") }.compactMap { path in
                source(path).map { (String(path.dropFirst(11).dropLast(5)), $0) }
            })
        let plain = surroundings
        surroundings.definition = { name in definitions[name].flatMap { DefinitionFile($0, in: plain).definition } }
        return surroundings
    }

    /// What a person sees of the diagnostics.
    func page(_ diagnostics: [Diagnostic]) -> String {
        let files = files
        let renderer = HumanRenderer { file in
            let path = String(file.dropFirst("jobs/".count))
            return files[path].map { SourceText(name: file, $0) }
        }
        return renderer.render(diagnostics)
    }

    /// The one job of the folder.
    func job() throws -> Job {
        let checked = check()
        guard let job = checked.jobs.first, !checked.hasErrors else { throw Unexpected(page(checked.diagnostics)) }
        return job
    }

    /// The one sync of the one job.
    func sync() throws -> Sync {
        guard let sync = try job().syncs.first else { throw Unexpected("no sync") }
        return sync
    }

    /// The first field of the one sync.
    func field() throws -> FieldMapping {
        guard let field = try sync().fields.first else { throw Unexpected("no field") }
        return field
    }

    /// The codes of what is wrong, in source order.
    func codes() -> [String] { findings().map(\.code) }
}

struct Unexpected: Error, CustomStringConvertible {
    var description: String

    init(_ description: String) { self.description = description }
}
