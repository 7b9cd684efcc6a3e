/// The keys of a kind of file as a document has them: from the same tables that check it.
package enum KeyReference {
    /// The keys of a connector of a user's own, a table for each mapping, in Markdown.
    package static var connector: String {
        var tables: [KeyTable] = []
        collect(.definition, &tables)
        return tables.map(section).joined(separator: "\n")
    }

    /// Tables in the order in which they are first named.
    private static func collect(_ table: KeyTable, _ tables: inout [KeyTable]) {
        if tables.contains(where: { $0.noun == table.noun }) { return }
        tables.append(table)
        for key in table.keys { for inner in key.shape.tables { collect(inner, &tables) } }
    }

    private static func section(_ table: KeyTable) -> String {
        let rows = table.keys.map { key in
            "| `\(key.name)`\(key.isRequired ? " *" : "") | \(key.shape.reference) | \(key.summary) |\n"
        }
        let noun = table.noun.filter { $0 != "'" }
        return
            "### \(noun.prefix(1).uppercased() + noun.dropFirst())\n\n| key | takes | what for |\n| --- | --- | --- |\n"
            + rows.joined()
    }
}

extension Shape {
    /// The tables of keys that stand in it.
    fileprivate var tables: [KeyTable] {
        switch self {
        case .mapping(let table): [table]
        case .list(let shape), .listOrOne(let shape), .named(_, let shape), .table(let shape): shape.tables
        case .either(let shapes): shapes.flatMap(\.tables)
        default: []
        }
    }

    /// What it takes, in few words.
    fileprivate var reference: String {
        switch self {
        case .choice(let choices): choices.map { "`\($0.name)`" }.joined(separator: ", ")
        case .named(let noun, _): "\(noun)s by name"
        case .table(.mapping(let table)): "by name: \(table.noun)"
        case .table: "expressions by name"
        case .mapping(let table): table.noun.hasPrefix("'") ? "a mapping" : table.noun
        case .list(.mapping(let table)): "a list: \(table.noun)"
        case .listOrOne(.mapping(let table)): "\(table.noun), or a list"
        case .either(let shapes): shapes.map(\.reference).joined(separator: ", or ")
        default: expectation
        }
    }
}
