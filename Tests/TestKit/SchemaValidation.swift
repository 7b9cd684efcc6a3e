package import Values

/// Holds a value against a JSON Schema, as far as the schemas of this package go: type, properties, required, additionalProperties,
/// dependentRequired, items, enum, const, anyOf, pattern of fingerprints, minimum.
package struct SchemaValidation {
    /// What does not fit, each with its place.
    package private(set) var mistakes: [String] = []
    /// The keywords that were met, so that a test can tell a schema that says nothing.
    package private(set) var keywords: Set<String> = []

    package init(_ value: Value, against schema: Value) { check(value, schema, "$") }

    private mutating func check(_ value: Value, _ schema: Value, _ place: String) {
        guard case .object(let schema) = schema else { return }
        keywords.formUnion(schema.names)
        if let type = schema["type"]?.text, !Self.isType(type, value) {
            return mistakes.append("\(place): no \(type)")
        }
        if let wanted = schema["const"], JSON.text(wanted) != JSON.text(value) {
            mistakes.append("\(place): not the one")
        }
        if let words = schema["enum"]?.list, !words.contains(where: { JSON.text($0) == JSON.text(value) }) {
            mistakes.append("\(place): none of the words")
        }
        if schema["pattern"] != nil, let text = value.text, text.firstMatch(of: /^[0-9a-f]{16}$/) == nil {
            mistakes.append("\(place): not of the pattern")
        }
        if let least = schema["minimum"]?.exactNumber?.int64, let number = value.exactNumber?.int64, number < least {
            mistakes.append("\(place): too small")
        }
        if let options = schema["anyOf"]?.list {
            let tried = options.map { SchemaValidation(value, against: $0) }
            for one in tried { keywords.formUnion(one.keywords) }
            if !tried.contains(where: { $0.mistakes.isEmpty }) { mistakes.append("\(place): fits none") }
        }
        if case .object(let object) = value { check(object, schema, place) }
        if let items = schema["items"], let list = value.list {
            for (at, item) in list.enumerated() { check(item, items, "\(place)[\(at)]") }
        }
    }

    private mutating func check(_ object: Object, _ schema: Object, _ place: String) {
        for name in schema["required"]?.list ?? [] where object[name.text ?? ""] == nil {
            mistakes.append("\(place): lacks \(name.text ?? "")")
        }
        for (name, others) in schema["dependentRequired"]?.object ?? [:] where object[name] != nil {
            for other in others.list ?? [] where object[other.text ?? ""] == nil {
                mistakes.append("\(place): has \(name) and lacks \(other.text ?? "")")
            }
        }
        for (name, member) in object {
            if let known = schema["properties"]?.object?[name] {
                check(member, known, "\(place).\(name)")
            } else if schema["additionalProperties"] == .bool(false) {
                mistakes.append("\(place): unknown \(name)")
            } else if let further = schema["additionalProperties"] {
                check(member, further, "\(place).\(name)")
            }
        }
    }

    private static func isType(_ type: String, _ value: Value) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .list), ("string", .text), ("boolean", .bool), ("null", .null): true
        case ("integer", _): value.exactNumber?.int64 != nil
        default: false
        }
    }
}
