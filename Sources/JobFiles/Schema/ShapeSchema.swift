import Model
import Values

/// Turns shapes into schemas.
struct ShapeSchema {
    private let connectors: [ConnectorType]

    init(connectors: [ConnectorType]) {
        self.connectors = connectors.filter(\.isBuilt)
    }

    func schema(of shape: Shape) -> Object {
        switch shape {
        case .text: ["type": .text("string"), "minLength": .int(1)]
        case .setting: ["type": .list([.text("string"), .text("number")])]
        case .name: ["type": .text("string"), "pattern": .text(Naming.pattern)]
        case .bool: ["type": .text("boolean")]
        case .whole(let range):
            ["type": .text("integer"), "minimum": .int(range.lowerBound), "maximum": .int(range.upperBound)]
        case .single: ["type": .list(["string", "number", "boolean", "null"].map(Value.text))]
        case .anything: [:]
        case .choice(let choices): ["oneOf": .list(choices.map(choice))]
        case .written(let grammar): written(grammar)
        case .list(let item): ["type": .text("array"), "items": .object(schema(of: item))]
        case .listOrOne(let item): either([item, .list(item)])
        case .mapping(let table): mapping(table)
        case .named(_, let inner): named(inner)
        case .table(let inner): ["type": .text("object"), "additionalProperties": .object(schema(of: inner))]
        case .valueTable: schema(of: .table(.single))
        case .arrows(let options): arrows(options)
        case .either(let shapes): either(shapes)
        }
    }

    private func choice(_ choice: Choice) -> Value {
        let summary = choice.isBuilt ? choice.summary : choice.summary + " (not built yet)"
        return .object(["const": .text(choice.name), "description": .text(summary)])
    }

    private func written(_ grammar: Grammar) -> Object {
        let text: Object = ["type": .text("string"), "pattern": .text(grammar.pattern)]
        guard grammar.takesNumbers else { return text }
        return ["anyOf": .list([.object(text), .object(["type": .text("integer"), "minimum": .int(0)])])]
    }

    private func either(_ shapes: [Shape]) -> Object {
        ["anyOf": .list(shapes.map { .object(schema(of: $0)) })]
    }

    private func named(_ inner: Shape) -> Object {
        [
            "type": .text("object"), "propertyNames": .object(["pattern": .text(Naming.pattern)]),
            "additionalProperties": .object(schema(of: inner)),
        ]
    }

    /// An arrow, or a mapping of one arrow to its options; `match` may be one of these, `fields` is always a list.
    private func arrows(_ options: KeyTable) -> Object {
        let isMatch = options.noun == KeyTable.match.noun
        let arrow: Object = [
            "type": .text("string"), "pattern": .text(isMatch ? #"\s<->\s"# : #"\s(<->|->|<-)\s"#),
        ]
        let withOptions: Object = [
            "type": .text("object"), "minProperties": .int(1), "maxProperties": .int(1),
            "additionalProperties": .object(mapping(options)),
        ]
        let entry: Object = ["anyOf": .list([.object(arrow), .object(withOptions)])]
        let list: Object = ["type": .text("array"), "items": .object(entry)]
        return isMatch ? ["anyOf": .list([.object(list), .object(entry)])] : list
    }

    private func mapping(_ table: KeyTable) -> Object {
        if table.noun == KeyTable.connection.noun { return connection }
        var properties = Object()
        for key in table.keys { properties[key.name] = described(key) }
        // The definition of a collection has the noun too, and names all its keys itself.
        if table.noun == KeyTable.collection.noun, table.isOpen {
            for option in collectionOptions { properties[option.name] = self.option(option) }
        }
        var schema: Object = ["type": .text("object"), "properties": .object(properties)]
        require(table.keys.filter(\.isRequired).map(\.name), in: &schema)
        schema["additionalProperties"] = .bool(false)
        if !table.laws.isEmpty { schema["allOf"] = .list(table.laws.map(\.schema)) }
        return schema
    }

    private func described(_ key: Key) -> Value {
        var schema: Object = ["description": .text(key.isBuilt ? key.summary : key.summary + " Not built yet.")]
        for (name, value) in self.schema(of: key.shape) { schema[name] = value }
        return .object(schema)
    }

    private func require(_ names: [String], in schema: inout Object) {
        if !names.isEmpty { schema["required"] = .list(names.map(Value.text)) }
    }
}

// What connectors add.
extension ShapeSchema {
    /// What a connection may set depends on its type.
    private var connection: Object {
        let types = connectors.map { Value.object(["const": .text($0.name), "description": .text($0.summary)]) }
        let type: Object = ["description": .text("The connector."), "oneOf": .list(types)]
        return [
            "type": .text("object"), "properties": .object(["type": .object(type)]), "required": .list([.text("type")]),
            "allOf": .list(connectors.map(settings)), "unevaluatedProperties": .bool(false),
        ]
    }

    private func settings(of connector: ConnectorType) -> Value {
        let isOfType: Object = ["properties": .object(["type": .object(["const": .text(connector.name)])])]
        var then: Object = [
            "properties": .object(Object(connector.connectionOptions.map { ($0.name, option($0)) }))
        ]
        require(connector.connectionOptions.filter(\.isRequired).map(\.name), in: &then)
        return .object(["if": .object(isOfType), "then": .object(then)])
    }

    /// A job file alone does not tell the connector: what any of them takes is taken.
    private var collectionOptions: [ConnectorOption] {
        var seen: Set<String> = []
        return connectors.flatMap(\.collectionOptions).filter { seen.insert($0.name).inserted }
    }

    private func option(_ option: ConnectorOption) -> Value {
        var schema: Object = ["description": .text(option.summary)]
        let single = Value.object(["type": .list([.text("string"), .text("number")])])
        let reference = Value.object(["type": .text("string"), "pattern": .text(#"\$\{"#)])
        switch option.kind {
        case .text, .secret, .path, .url: schema["type"] = .list([.text("string"), .text("number")])
        case .bool: schema["anyOf"] = .list([.object(["type": .text("boolean")]), reference])
        case .int: schema["anyOf"] = .list([.object(["type": .text("integer")]), reference])
        case .names: schema["anyOf"] = .list([single, .object(["type": .text("array"), "items": single])])
        case .choice(let words): schema["enum"] = .list(words.map(Value.text))
        }
        return .object(schema)
    }
}
