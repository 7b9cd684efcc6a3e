import Values

/// What keys of a mapping ask of each other, as far as a schema can say it. `check` says it in words.
enum SchemaLaw {
    /// They exclude each other.
    case apart(String, String)
    /// One has no meaning without the other.
    case needs(String, String)
    /// Exactly one of them is there.
    case oneOf([String])
    /// A key with one of its words needs another key.
    case word(String, String, needs: String)
    /// Of a key that is text where another is there, it is rows, and the other way round.
    case rows(String, beside: String)

    var schema: Value {
        switch self {
        case .apart(let a, let b): .object(["not": Self.required([a, b])])
        case .needs(let a, let b): .object(["dependentRequired": .object([a: .list([.text(b)])])])
        case .oneOf(let names): .object(["oneOf": .list(names.map { Self.required([$0]) })])
        case .word(let key, let word, let needed):
            .object([
                "if": .object([
                    "properties": .object([key: .object(["const": .text(word)])]), "required": .list([.text(key)]),
                ]),
                "then": Self.required([needed]),
            ])
        case .rows(let key, let other):
            .object([
                "if": Self.required([other]), "then": Self.type(of: key, "object"),
                "else": Self.type(of: key, "string"),
            ])
        }
    }

    private static func required(_ names: [String]) -> Value {
        .object(["required": .list(names.map(Value.text))])
    }

    private static func type(of key: String, _ type: String) -> Value {
        .object(["properties": .object([key: .object(["type": .text(type)])])])
    }
}

extension KeyTable {
    /// What holds of the keys of this table together.
    var laws: [SchemaLaw] {
        switch noun {
        case KeyTable.timing.noun: [.oneOf(["every", "cron"])]
        case KeyTable.sync.noun:
            [
                .word("first_run", "link", needs: "match"), .word("deletes", "archive", needs: "archive"),
                .word("out_of_scope", "archive", needs: "archive"),
            ]
        case KeyTable.field.noun:
            ["values", "to_left", "to_right", "type", "merge"].map { .apart("link", $0) }
                + [.needs("unmapped", "values"), .needs("link_missing", "link"), .needs("format", "type")]
                + ["to_left", "to_right"].map { .rows($0, beside: "values") }
        default: []
        }
    }
}
