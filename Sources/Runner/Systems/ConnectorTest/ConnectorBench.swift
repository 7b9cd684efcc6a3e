import Model
import Synchronization
import Values

/// A collection while it is tested: makes records, remembers which, and removes them in the end.
final class ConnectorBench: Sendable {
    let subject: ConnectorSubject
    private let state = Mutex(State())
    private let parents: ConnectorBench?

    private struct State {
        var made: [RecordID] = []
        var number = 0
        var required: [(path: FieldPath, value: Value)]?
        var parent: RecordID?
    }

    init(_ subject: ConnectorSubject) {
        self.subject = subject
        parents = subject.parent.map { ConnectorBench($0.subject()) }
    }

    var endpoint: any Endpoint { subject.endpoint }

    /// The field that tells records apart.
    func nameField() throws -> SchemaField {
        guard let field = subject.nameField else {
            throw ConnectorClause.NotAsked("no field may hold any text")
        }
        return field
    }

    /// A text that no record had before, within what the name field holds.
    func name(_ rest: String = "") throws -> String {
        let name = "\(subject.mark) \(number())" + (rest.isEmpty ? "" : " \(rest)")
        guard let most = try nameField().maximumLength else { return name }
        return String(String.UnicodeScalarView(name.unicodeScalars.prefix(most)))
    }

    private func number() -> Int {
        state.withLock { state in
            state.number += 1
            return state.number
        }
    }

    /// The record that those under test belong to, made when it is first needed.
    func parentID(isOther: Bool = false) async throws -> RecordID? {
        guard let parents else { return nil }
        if !isOther, let known = state.withLock({ $0.parent }) { return known }
        let made = try await parents.create().id
        if !isOther { state.withLock { $0.parent = made } }
        return made
    }

    /// Changes the record that those under test belong to.
    func touchParent(_ id: RecordID) async throws {
        guard let parents else { return }
        _ = try await parents.update(id, [FieldPath(parents.nameField().name): .text(parents.name())])
    }
}

// Writing.
extension ConnectorBench {
    struct Made {
        var id: RecordID
        /// The record, as the write says that it is read back; nil where it is what was asked for.
        var content: Object?
        var fingerprint: Fingerprint
        var asked: [(path: FieldPath, value: Value)]
    }

    /// The fields of a new record.
    func fields(
        _ name: String? = nil, parent: RecordID? = nil
    ) async throws -> [(path: FieldPath, value: Value)] {
        guard endpoint.capabilities.canCreate else { throw ConnectorClause.NotAsked("records cannot be made") }
        var fields = try await required()
        let nameField = try nameField()
        let text = try name ?? self.name()
        fields.append((FieldPath(nameField.name), .text(text)))
        var owner = parent
        if owner == nil { owner = try await parentID() }
        if let field = subject.parent?.field, let owner { fields.append((FieldPath(field), owner.value)) }
        return fields
    }

    private func required() async throws -> [(path: FieldPath, value: Value)] {
        if let known = state.withLock({ $0.required }) { return known }
        let samples = subject.parent == nil ? try await endpoint.sample(20).records : []
        let required = try subject.required(samples)
        state.withLock { $0.required = required }
        return required
    }

    func create(_ name: String? = nil, parent: RecordID? = nil, key: String? = nil) async throws -> Made {
        let fields = try await fields(name, parent: parent)
        let own = endpoint.capabilities.remembersKeys ? "\(subject.keyMark)\(number())" : nil
        let request = WriteRequest(verb: .create, id: .unassigned, fields: fields, key: key ?? own)
        guard case .stored(let fingerprint, let stored) = try await outcome(request) else {
            throw ConnectorClause.Breach("a create gave no outcome")
        }
        guard let id = stored?.id, id.isAssigned else {
            throw ConnectorClause.Breach("a create does not say which id the record was given")
        }
        state.withLock { if !$0.made.contains(id) { $0.made.append(id) } }
        return Made(id: id, content: stored?.content?.object, fingerprint: fingerprint, asked: fields)
    }

    /// Sets fields, and gives what the system says of it.
    @discardableResult
    func update(
        _ id: RecordID, _ fields: [FieldPath: Value], if precondition: Fingerprint = .none
    ) async throws -> WriteOutcome {
        guard endpoint.capabilities.canUpdate else { throw ConnectorClause.NotAsked("records cannot be changed") }
        return try await outcome(
            WriteRequest(
                verb: .update, id: id, fields: fields.map { ($0.key, $0.value) }, precondition: precondition))
    }

    @discardableResult
    func delete(_ id: RecordID, if precondition: Fingerprint = .none) async throws -> WriteOutcome {
        guard endpoint.capabilities.canDelete else { throw ConnectorClause.NotAsked("records cannot be removed") }
        let outcome = try await outcome(WriteRequest(verb: .delete, id: id, precondition: precondition))
        if case .stored = outcome { state.withLock { state in state.made.removeAll { $0 == id } } }
        return outcome
    }

    /// What came of a write; a create that fails is a breach at once.
    func outcome(_ request: WriteRequest) async throws -> WriteOutcome {
        var told: [WriteOutcome] = []
        _ = try await endpoint.write(WriteBatch([request])) { _, outcome in told.append(outcome) }
        guard told.count == 1, let outcome = told.first else {
            throw ConnectorClause.Breach("of one write \(told.count) outcomes were told")
        }
        if case .stored = outcome { return outcome }
        guard request.verb == .create else { return outcome }
        throw ConnectorClause.Breach("a create \(outcome.words)")
    }

    /// Removes what the clauses made, the newest first.
    func leaveNothing() async -> ConnectorFinding.Verdict {
        var left: [String] = []
        for id in state.withLock({ Array($0.made.reversed()) }) where endpoint.capabilities.canDelete {
            let outcome = try? await delete(id)
            if case .stored? = outcome { continue }
            if case .moved? = outcome { continue }
            left.append("\(id)")
        }
        // What belongs to another record goes with it.
        if let parents {
            let verdict = await parents.leaveNothing()
            return endpoint.capabilities.canDelete && !left.isEmpty ? .broken(Self.words(left)) : verdict
        }
        if !endpoint.capabilities.canDelete { left = state.withLock { $0.made.map(\.description) } }
        return left.isEmpty ? .kept : .broken(Self.words(left))
    }

    private static func words(_ left: [String]) -> String {
        "these could not be removed: \(left.prefix(20).joined(separator: ", "))"
    }
}

extension WriteOutcome {
    /// What became of a write, behind its verb.
    var words: String {
        switch self {
        case .stored: "took effect"
        case .moved: "was taken for one of a record that moved"
        case .refused(let message): "was refused: \(message)"
        case .forbidden(let message): "is not permitted: \(message)"
        case .later(let message, _): "was put off: \(message)"
        case .uncertain(let message): "is in doubt: \(message)"
        }
    }
}
