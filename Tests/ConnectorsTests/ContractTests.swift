import Connectors
import FileIO
import Model
import TestKit
import Testing
import Values

@Suite("Every connector keeps the contract of endpoints")
struct ContractTests {
    @Test("csv", arguments: EndpointClause.all)
    func csv(clause: EndpointClause) async throws { try await clause.check(separated("csv", ",")) }

    @Test("csv with semicolons", arguments: EndpointClause.all)
    func semicolons(clause: EndpointClause) async throws { try await clause.check(separated("csv", ";")) }

    @Test("tsv", arguments: EndpointClause.all)
    func tsv(clause: EndpointClause) async throws { try await clause.check(separated("tsv", "\t")) }

    @Test("jsonl", arguments: EndpointClause.all)
    func jsonl(clause: EndpointClause) async throws {
        try await clause.check(document("jsonl", "") { _ in [:] })
    }

    @Test("json, an array", arguments: EndpointClause.all)
    func json(clause: EndpointClause) async throws {
        try await clause.check(document("json", "[]") { _ in [:] })
    }

    @Test("json, an array inside a document", arguments: EndpointClause.all)
    func pointer(clause: EndpointClause) async throws {
        let content = "{\n  \"a/b\": [1, {\n    \"records\": [\n    ],\n    \"x\": [1]\n  }]\n}\n"
        try await clause.check(document("json", content) { _ in ["pointer": .text("/a~1b/1/records")] })
    }

    @Test("memory", arguments: EndpointClause.all)
    func memory(clause: EndpointClause) async throws {
        try await clause.check(
            EndpointSubject("memory") { id, _ in MemoryEndpoint(idFields: id.map { FieldPath($0) }) })
    }

    private func separated(_ type: String, _ delimiter: String) -> EndpointSubject {
        EndpointSubject(type) { id, fields in
            try TestFile(type, fields.joined(separator: delimiter) + "\n", id: id, ["delimiter": .text(delimiter)])
        }
    }

    private func document(
        _ type: String, _ content: String, _ more: @escaping @Sendable (Int) -> [String: ResolvedSettings.Content]
    ) -> EndpointSubject {
        EndpointSubject(type) { id, _ in try TestFile(type, content, id: id, more(0)) }
    }
}
