import Values

@testable import CEL

extension CELType {
    /// A type as the suite's files spell it.
    init?(suite object: Object) {
        let inner = { (key: String) in object[key]?.object.flatMap(CELType.init(suite:)) }
        switch object["type"]?.text {
        case "list": self = .list(inner("elem") ?? .dyn)
        case "map": self = .map(inner("key") ?? .dyn, inner("value") ?? .dyn)
        case "wrapper": self = .nullable(inner("of") ?? .dyn)
        case "type": self = .type(inner("of") ?? .dyn)
        case "param": self = .parameter(object["name"]?.text ?? "")
        case "message": self = .opaque(object["name"]?.text ?? "", [])
        case "opaque":
            let contents = (object["params"]?.list ?? []).compactMap { $0.object.flatMap(CELType.init(suite:)) }
            self = .opaque(object["name"]?.text ?? "", contents)
        case let name?:
            guard let simple = Self.simple[name] else { return nil }
            self = simple
        case nil: return nil
        }
    }

    /// A type as the checker cases spell it: `map(string, dyn)`.
    init?(text: Substring) {
        guard let open = text.firstIndex(of: "("), text.last == ")" else {
            guard let simple = Self.simple[String(text)] else { return nil }
            self = simple
            return
        }
        let parts = Self.parts(text[text.index(after: open)...].dropLast()).compactMap(CELType.init(text:))
        switch (text[..<open], parts.count) {
        case ("list", 1): self = .list(parts[0])
        case ("map", 2): self = .map(parts[0], parts[1])
        case ("type", 1): self = .type(parts[0])
        case ("wrapper", 1): self = .nullable(parts[0])
        default: self = .opaque(String(text[..<open]), parts)
        }
    }

    /// What stands between commas that are in no brackets.
    private static func parts(_ text: Substring) -> [Substring] {
        var parts: [Substring] = []
        var depth = 0
        var start = text.startIndex
        for at in text.indices {
            switch text[at] {
            case "(": depth += 1
            case ")": depth -= 1
            case "," where depth == 0:
                parts.append(text[start..<at])
                start = text.index(after: at)
            default: break
            }
        }
        parts.append(text[start...])
        return parts.map { $0.drop { $0 == " " } }
    }

    private static let simple: [String: CELType] = [
        "dyn": .dyn, "any": .dyn, "null_type": .null, "bool": .bool, "int": .int, "uint": .uint, "double": .double,
        "string": .text, "bytes": .bytes, "timestamp": .timestamp, "duration": .duration,
    ]
}

extension TypeEnvironment {
    /// Declarations as the suite's files spell them, and no record.
    init?(suite declarations: [Value]) {
        self.init()
        record = nil
        for declaration in declarations.compactMap(\.object) {
            guard let name = declaration["name"]?.text else { return nil }
            if let overloads = declaration["overloads"]?.list {
                functions[name] = overloads.compactMap { $0.object.flatMap(Signature.init(suite:)) }
            } else {
                guard let type = declaration["type"]?.object.flatMap(CELType.init(suite:)) else { return nil }
                variables.append((name, type))
            }
        }
    }
}

extension Signature {
    fileprivate init?(suite object: Object) {
        let parameters = (object["params"]?.list ?? []).compactMap { $0.object.flatMap(CELType.init(suite:)) }
        guard let result = object["result"]?.object.flatMap(CELType.init(suite:)) else { return nil }
        self.init(isMethod: object["instance"] == .bool(true), parameters, to: result)
    }
}
