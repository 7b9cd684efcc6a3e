import Connectors
import FileIO
import Model
import TestKit
import Values

/// A file in a folder of its own, and the endpoint over it.
final class TestFile: Endpoint {
    let folder: ScratchFolder
    private let endpoint: any Endpoint
    private let name: String

    init(
        _ type: String, _ bytes: [UInt8], id: [String] = ["id"], _ more: [String: ResolvedSettings.Content] = [:],
        disk: Disk = Disk()
    ) throws {
        folder = try ScratchFolder()
        name = "items.\(type)"
        try folder.write(name, bytes)
        let settings = more.merging(["path": .text(folder.path), "id": .names(id)]) { $1 }
        endpoint = try ConnectorCatalogue.endpoint(
            type: type, settings: ResolvedSettings(settings), collection: "items", folder: ".", disk: disk)
    }

    convenience init(
        _ type: String, _ text: String, id: [String] = ["id"], _ more: [String: ResolvedSettings.Content] = [:],
        disk: Disk = Disk()
    ) throws {
        try self.init(type, Array(text.utf8), id: id, more, disk: disk)
    }

    var path: String { folder.path + "/" + name }
    var content: String { (try? folder.text(name)) ?? "" }

    func replace(_ text: String) throws { try folder.write(name, text) }

    var capabilities: Capabilities { endpoint.capabilities }
    func stamp() async throws(EndpointFailure) -> CollectionStamp? { try await endpoint.stamp() }
    func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        try await endpoint.read(known, extent)
    }

    func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample { try await endpoint.sample(most) }

    func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        try await endpoint.write(batch, report: report)
    }

    /// What reading the file ends in, without the folder of the test: `items.csv:3: message`, be that of all of it or of one record, or
    /// the records.
    func outcome() async -> String {
        do {
            let read = try await ReadCollection(self)
            if let record = read.snapshot.unreadable.first { return withoutFolder(record.message) }
            return read.records.map { JSON.text(.object($0)) }.joined(separator: "\n")
        } catch let failure as EndpointFailure {
            return sentence(failure)
        } catch {
            return "\(error)"
        }
    }

    func sentence(_ failure: EndpointFailure) -> String {
        let text =
            switch failure {
            case .malformed(let place, let message): "\(place): \(message)"
            case .unavailable(let message), .misconfigured(let message): message
            case .unauthorised(let message, _), .unreachable(let message, _), .busy(let message, _),
                .forbidden(let message):
                "of no file: \(message)"
            case .uncertain(let message): "uncertain: \(message)"
            case .changedMeanwhile(let name): "\(name) changed"
            }
        return withoutFolder(text)
    }

    func withoutFolder(_ text: String) -> String {
        text.split(separator: folder.path + "/", omittingEmptySubsequences: false).joined()
    }
}
