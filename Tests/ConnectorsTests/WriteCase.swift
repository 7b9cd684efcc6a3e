import Model
import TestKit
import Testing
import Values

/// A file before, a batch, and the file after, byte for byte.
struct WriteCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var before: String
    var batch: [WriteRequest]
    var after: String
    /// The reasons of those that were refused.
    var refusals: [String]

    init(_ name: String, _ before: String, _ batch: [WriteRequest], _ after: String, refused refusals: [String] = []) {
        testDescription = name
        self.before = before
        self.batch = batch
        self.after = after
        self.refusals = refusals
    }

    /// Writes the batch to a file, which must then hold what it should, and read as the outcomes say.
    func check(_ type: String, id: [String] = ["id"], _ more: [String: ResolvedSettings.Content] = [:]) async throws {
        let file = try TestFile(type, before, id: id, more)
        let outcomes = try await file.outcomes(batch)
        #expect(file.content.debugDescription == after.debugDescription)
        let refused = outcomes.compactMap { outcome in
            if case .refused(let reason) = outcome { reason } else { nil }
        }
        #expect(refused == refusals)
        #expect(file.folder.names == ["items.\(type)"])
        let read = try await ReadCollection(file)
        for (request, outcome) in zip(batch, outcomes) {
            guard case .stored(let fingerprint, _) = outcome else { continue }
            #expect(fingerprint == read.fingerprint(request.id.key) ?? .none)
        }
    }
}
