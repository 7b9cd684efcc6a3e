import Synchronization
import Values

/// A field of the record, or of objects inside it: `status`, `user.email`, `record['Due Date']`.
final class PathNode: Node {
    /// What the first name means where the record has no field of that name.
    enum Root: Sendable {
        case field
        /// `record`: the record itself.
        case record
        case type(TypeName)
    }

    let span: Span
    private let root: Root
    private let first: FieldSlot
    private let rest: [FieldSlot]

    /// - Parameter steps: at least one.
    init(_ steps: [PathStep], root: Root, _ span: Span) {
        var path: [String] = []
        var slots: [FieldSlot] = []
        for step in steps {
            // `record` stands for the record itself, save where the record has such a field.
            if case .record = root, path == ["record"] { path = [] }
            path.append(step.name)
            slots.append(FieldSlot(step.name, path: path.joined(separator: "."), step.span))
        }
        first = slots[0]
        rest = Array(slots.dropFirst())
        self.root = root
        self.span = span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        if let at = first.position(in: scope.record) {
            return rest.isEmpty
                ? CELValue(scope.record.values[at])
                : CELValue(try descend(scope.record.values[at], from: 0, to: rest.count))
        }
        switch root {
        case .field: throw first.missing
        case .type(let type):
            guard rest.isEmpty else { throw first.missing }
            return .type(type)
        case .record:
            guard let second = rest.first else { return .map(CELMap(scope.record)) }
            guard let at = second.position(in: scope.record) else { throw second.missing }
            return CELValue(try descend(scope.record.values[at], from: 1, to: rest.count))
        }
    }

    /// Whether the last step is there. What stands before it must be: `has(a.b)` of no `a` is a failure.
    func exists(_ scope: Scope) throws(EvaluationFailure) -> Bool {
        var next = 0
        var at = first.position(in: scope.record)
        if at == nil, case .record = root {
            guard let second = rest.first else { return true }
            at = second.position(in: scope.record)
            next = 1
        }
        guard next < rest.count else { return at != nil }
        guard let at else { throw first.missing }
        let holder = try descend(scope.record.values[at], from: next, to: rest.count - 1)
        let last = rest[rest.count - 1]
        guard case .object(let object) = holder else { throw last.askedOf(holder) }
        return last.position(in: object) != nil
    }

    /// Whether the record has the field that the path begins with.
    func begins(in record: Object) -> Bool { first.position(in: record) != nil }

    private func descend(_ value: Value, from start: Int, to end: Int) throws(EvaluationFailure) -> Value {
        if start == end { return value }
        let step = rest[start]
        guard case .object(let object) = value else { throw step.askedOf(value) }
        guard let at = step.position(in: object) else { throw step.missing }
        return try descend(object.values[at], from: start + 1, to: end)
    }
}

/// One name of a path. It remembers where it found its field last: records of a collection have their fields in one
/// order.
final class FieldSlot: Sendable {
    let name: String
    /// The whole path to it, for messages.
    private let path: String
    private let span: Span
    private let last = Atomic<Int>(0)

    init(_ name: String, path: String, _ span: Span) {
        self.name = name
        self.path = path
        self.span = span
    }

    @inline(__always)
    func position(in object: Object) -> Int? {
        let guess = last.load(ordering: .relaxed)
        if guess < object.names.count, object.names[guess].hasSameBytes(as: name) { return guess }
        return search(object)
    }

    private func search(_ object: Object) -> Int? {
        guard let found = object.position(of: name) else { return nil }
        last.store(found, ordering: .relaxed)
        return found
    }

    var missing: EvaluationFailure { EvaluationFailure(.noField(path), span) }

    func askedOf(_ value: Value) -> EvaluationFailure {
        EvaluationFailure(.fieldOf(kind: value.kind, field: name), span)
    }
}

/// A type whose name has dots in it, such as `net.IP`: a field of the record is meant where the record has the first of
/// the names.
final class DottedTypeNode: Node {
    let span: Span
    private let type: TypeName
    private let path: PathNode

    init(_ type: TypeName, _ path: PathNode) {
        self.type = type
        self.path = path
        span = path.span
    }

    func value(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> CELValue {
        path.begins(in: scope.record) ? try path.value(scope, &run) : .type(type)
    }
}

final class HasPathNode: BoolNode {
    let span: Span
    private let path: PathNode

    init(_ path: PathNode, _ span: Span) {
        self.path = path
        self.span = span
    }

    func bool(_ scope: Scope, _ run: inout Run) throws(EvaluationFailure) -> Bool { try path.exists(scope) }
}
