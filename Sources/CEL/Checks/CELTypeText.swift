extension CELType: CustomStringConvertible {
    /// The language's own spelling: `map(string, list(dyn))`.
    package var description: String {
        switch self {
        case .dyn, .variable: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .text: "string"
        case .bytes: "bytes"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .decimal: "decimal"
        case .date: "date"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .object: "map(string, dyn)"
        case .type(let type): "type(\(type))"
        case .opaque(let name, []): name
        case .opaque(let name, let contents): "\(name)(\(contents.map(\.description).joined(separator: ", ")))"
        case .nullable(let type): "wrapper(\(type))"
        case .parameter(let name): name
        }
    }

    /// The word for it in messages.
    var word: String {
        switch self {
        case .null: "null"
        case .text: "text"
        case .list: "list"
        case .map, .object: "object"
        case .type: "type"
        case .opaque(TypeName.optional.name, _): "optional"
        case .opaque(TypeName.ip.name, _): "ip"
        case .opaque(TypeName.cidr.name, _): "cidr"
        case .opaque(let name, _): name
        case .nullable(let type): type.word
        case .parameter: "any"
        default: description
        }
    }

    /// The word with what it holds, where that is known: `list of int`.
    var phrase: String {
        switch self {
        case .list(let element): element.isKnown ? "list of \(element.phrase)" : word
        case .map(let key, let value):
            switch (key.isKnown, value.isKnown) {
            case (true, true): "object of \(key.phrase) to \(value.phrase)"
            case (true, false): "object with keys that are \(key.phrase)"
            case (false, true): "object of \(value.phrase)"
            case (false, false): word
            }
        case .opaque(let name, let contents) where contents.contains(where: \.isKnown):
            (name == TypeName.optional.name ? word : name) + " of "
                + contents.map { $0.isKnown ? $0.phrase : "anything" }.joined(separator: ", ")
        case .type(let type): type.isKnown ? "type \(type.phrase)" : word
        case .nullable(let type): type.phrase + " or null"
        default: word
        }
    }

    private var isKnown: Bool {
        switch self {
        case .dyn, .variable, .parameter: false
        default: true
        }
    }
}
