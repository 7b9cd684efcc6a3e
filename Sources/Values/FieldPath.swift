/// The way to a field of a record: `name`, `user.email`, `fields['Due Date']`.
package struct FieldPath: Sendable, Hashable {
    /// In one place, because a path is handed on with every value that is written.
    private final class Parts: Sendable {
        let steps: [TextKey]
        let text: String

        init(_ steps: [TextKey], _ text: String) {
            self.steps = steps
            self.text = text
        }
    }

    private let parts: Parts

    package init(steps: [String], text: String) {
        precondition(!steps.isEmpty)
        parts = Parts(steps.map(TextKey.init), text)
    }

    /// The names from the record inwards; at least one.
    package var steps: [TextKey] { parts.steps }
    /// The path as the job file has it.
    package var text: String { parts.text }

    /// A field at the top of a record.
    package init(_ name: String) { self.init(steps: [name], text: name) }

    package static func == (a: FieldPath, b: FieldPath) -> Bool { a.parts === b.parts || a.steps == b.steps }
    package func hash(into hasher: inout Hasher) { hasher.combine(steps) }

    /// Whether writing one would write, or remove, the other: one is the same as, or lies inside, the other.
    package func overlaps(_ other: FieldPath) -> Bool {
        zip(steps, other.steps).allSatisfy { $0 == $1 }
    }
}

extension FieldPath: CustomStringConvertible {
    package var description: String { text }
}

extension Object {
    /// The value at a path; nil where a step is missing or leads through something that is no object.
    package func value(at path: FieldPath) -> Value? {
        if path.steps.count == 1 { return self[path.steps[0].text] }
        var object = self
        for step in path.steps.dropLast() {
            guard case .object(let inner)? = object[step.text] else { return nil }
            object = inner
        }
        return object[path.steps[path.steps.count - 1].text]
    }

    /// Sets the value at a path, making the objects on the way and touching nothing beside it. A step that leads
    /// through something that is no object replaces it only where it is null; else it is refused and the result is
    /// false.
    @discardableResult
    package mutating func set(_ value: Value, at path: FieldPath) -> Bool {
        set(value, at: path.steps[...])
    }

    /// Removes the value at a path; nothing where there is none.
    package mutating func remove(at path: FieldPath) { remove(at: path.steps[...]) }

    private mutating func remove(at steps: ArraySlice<TextKey>) {
        let name = steps[steps.startIndex].text
        if steps.count == 1 {
            self[name] = nil
        } else if case .object(var inner)? = self[name] {
            inner.remove(at: steps.dropFirst())
            self[name] = .object(inner)
        }
    }

    private mutating func set(_ value: Value, at steps: ArraySlice<TextKey>) -> Bool {
        let name = steps[steps.startIndex].text
        if steps.count == 1 {
            self[name] = value
            return true
        }
        guard let at = position(of: name) else {
            var inner = Object()
            _ = inner.set(value, at: steps.dropFirst())
            append(name, .object(inner))
            return true
        }
        return update(at: at) { held in
            switch held {
            case .object(var inner):
                held = .null
                let done = inner.set(value, at: steps.dropFirst())
                held = .object(inner)
                return done
            case .null:
                var inner = Object()
                let done = inner.set(value, at: steps.dropFirst())
                held = .object(inner)
                return done
            default: return false
            }
        }
    }
}
