import Connectors
import Diagnostics
import FileIO
import JobFiles
import Model
import Values

/// A first job between two collections, from what their fields are called and some of their records hold.
package struct JobProposal: Sendable {
    package enum Failure: Error, Sendable {
        /// The command line says nothing that can be looked at.
        case unclear(String)
        /// A collection could not be read.
        case run(RunFailure)
    }

    /// Texts by their paths from the folder.
    package var files: [(path: String, text: String)]
    package var job: String
    /// Fields that are mapped, and what was left out.
    package var mapped: Int
    package var leftOut: Int
    /// The sides between which records cannot be paired, so that nothing happens yet.
    package var pairs: Bool

    /// - Parameters:
    ///   - sources: two files (`.csv`, `.tsv`, `.json`, `.jsonl`), or `CONNECTION/COLLECTION` of the workspace.
    ///   - folder: where the files are to be written: paths of files are seen from there.
    ///   - workspace: the jobs that are there; nil where there are none.
    package static func propose(
        _ sources: (left: String, right: String), name: String?, in folder: String, _ workspace: Workspace?,
        world: World
    ) async throws(Failure) -> JobProposal {
        let reader = ProposalReader(folder: folder, workspace: workspace, world: world)
        var left = try await reader.read(sources.left, .left)
        var right = try await reader.read(sources.right, .right)
        if left.side.connection == right.side.connection, left.side.file != nil {
            left.side.connection += "-left"
            right.side.connection += "-right"
        }
        let proposal: MappingProposal
        do throws(MappingProposal.Failure) {
            proposal = try MappingProposal(
                Sides(
                    left: SampledSide(left.sample, left.side.form, .left),
                    right: SampledSide(right.sample, right.side.form, .right)))
        } catch {
            throw .unclear(error.message)
        }
        let job = name ?? Self.name(left.side.collection, right.side.collection)
        let text = ProposalText(name: job, sides: Sides(left: left.side, right: right.side), proposal: proposal)
        return JobProposal(
            files: text.files, job: job, mapped: proposal.fields.count, leftOut: proposal.leftOut.count,
            pairs: proposal.match != nil)
    }

    private static func name(_ left: String, _ right: String) -> String {
        let names = [left, right].compactMap(ProposedNames.name)
        guard let first = names.first else { return "first" }
        return names.count == 2 && names[1] != first ? "\(first)-\(names[1])" : first
    }
}

/// Reads what a side of a proposal is made of.
private struct ProposalReader {
    let folder: String
    let workspace: Workspace?
    let world: World

    private static let types = ["csv", "tsv", "json", "jsonl"]

    func read(
        _ source: String, _ side: Side
    ) async throws(JobProposal.Failure) -> (side: ProposedSide, sample: CollectionSample) {
        let type = ProposedNames.ending(of: source)
        let isFile = Self.types.contains(type) && world.exists(source)
        if !isFile, let named = try named(source, side) { return try await read(named) }
        guard isFile else {
            let isKnown = Self.types.contains(type)
            throw .unclear(
                isKnown
                    ? "there is no file '\(source)'"
                    : "'\(source)' is neither a file (.csv, .tsv, .json, .jsonl) nor CONNECTION/COLLECTION of connections.yaml"
            )
        }
        let stem = ProposedNames.stem(of: source)
        let collection = stem.isEmpty ? side.rawValue : stem
        var connection = Connection(
            name: ProposedNames.name(of: stem) ?? side.rawValue, type: type,
            settings: [Setting(name: "path", content: .text(Template(parts: [.text(source)])), place: .nowhere)],
            place: .nowhere)
        var result = try await sample(connection, collection, side)
        let delimiter = type == "csv" ? Self.delimiter(result.sample, result.form) : nil
        if let delimiter {
            let text = Setting.Content.text(Template(parts: [.text(delimiter)]))
            connection.settings.append(Setting(name: "delimiter", content: text, place: .nowhere))
            result = try await sample(connection, collection, side)
        }
        let path = pathFromFolder(source)
        return (
            ProposedSide(
                connection: connection.name, file: (type, path), delimiter: delimiter, collection: collection,
                form: result.form),
            result.sample
        )
    }

    /// What stands between values where the head holds no comma: one column of all names is none.
    private static func delimiter(_ sample: CollectionSample, _ form: ValueForm) -> String? {
        let names = sample.schema(form).fields.names
        guard names.count == 1 else { return nil }
        return [";", "\t", "|"].first { delimiter in names[0].unicodeScalars.contains { String($0) == delimiter } }
    }

    /// A collection of a connection that is there; nil where the text names none.
    private func named(
        _ source: String, _ side: Side
    ) throws(JobProposal.Failure) -> (connection: Connection, collection: String, side: Side)? {
        guard let slash = source.firstIndex(of: "/"), let workspace else { return nil }
        let name = String(source[..<slash])
        let collection = String(source[source.index(after: slash)...])
        guard !collection.isEmpty, let connection = workspace.checked.connections[name] else { return nil }
        return (connection, collection, side)
    }

    private func read(
        _ named: (connection: Connection, collection: String, side: Side)
    ) async throws(JobProposal.Failure) -> (side: ProposedSide, sample: CollectionSample) {
        let result = try await sample(named.connection, named.collection, named.side)
        return (
            ProposedSide(
                connection: named.connection.name, file: nil, collection: named.collection, form: result.form),
            result.sample
        )
    }

    private func sample(
        _ connection: Connection, _ collection: String, _ side: Side
    ) async throws(JobProposal.Failure) -> (sample: CollectionSample, form: ValueForm) {
        guard let type = (workspace?.systems ?? .shipped).type(named: connection.type) else {
            throw .unclear("there is no connector '\(connection.type)'")
        }
        let settings: ResolvedSettings
        do {
            let reference = CollectionReference(name: collection, place: connection.place)
            settings = try SettingsResolution(world: world).resolve(connection, reference, type)
        } catch {
            throw .run(.settings(error.diagnostic))
        }
        do {
            return try await sample(connection, settings, collection)
        } catch {
            throw .run(.endpoint(side, error))
        }
    }

    private func sample(
        _ connection: Connection, _ settings: ResolvedSettings, _ collection: String
    ) async throws(EndpointFailure) -> (sample: CollectionSample, form: ValueForm) {
        let endpoint =
            if let workspace {
                try workspace.endpoint(connection, settings, collection, world)
            } else {
                try world.connect.endpoint(connection, settings, collection, world.disk)
            }
        return (try await endpoint.sample(CollectionSample.usual), endpoint.capabilities.values)
    }

    /// A path as it is seen from the folder to which the job is written.
    private func pathFromFolder(_ path: String) -> String {
        if folder == "." || path.hasPrefix("/") { return path }
        return FileIO.path(path, in: world.workingFolder() ?? "")
    }
}

extension Place {
    /// For what stands in no file.
    fileprivate static let nowhere = Place(file: "", line: 1, column: 1, length: 0)
}
