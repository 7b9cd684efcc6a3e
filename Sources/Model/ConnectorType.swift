package import Values

/// What a connector tells of itself, as data: what job files may say of it. Decoding, checking, the schema and the reference come
/// from this.
package struct ConnectorType: Sendable {
    package var name: String
    /// One line for people.
    package var summary: String
    /// What a connection of this type may set.
    package var connectionOptions: [ConnectorOption]
    /// What a sync may set for a collection, over the connection's.
    package var collectionOptions: [ConnectorOption]
    /// Whether a job can use it; a type that is planned is known by name only.
    package var isBuilt: Bool

    package init(
        name: String, summary: String, connectionOptions: [ConnectorOption] = [],
        collectionOptions: [ConnectorOption] = [], isBuilt: Bool = true
    ) {
        self.name = name
        self.summary = summary
        self.connectionOptions = connectionOptions
        self.collectionOptions = collectionOptions
        self.isBuilt = isBuilt
    }
}

package struct ConnectorOption: Sendable {
    package enum Kind: Sendable, Hashable {
        case text, secret, path, url, bool, int
        /// One name, or a list of them.
        case names
        case choice([String])
    }

    package var name: String
    package var kind: Kind
    package var isRequired: Bool
    /// Whether it decides which records there are, or what they hold: where it changed, nothing read before can be trusted.
    package var decidesRecords: Bool
    /// One line for people.
    package var summary: String

    package init(
        _ name: String, _ kind: Kind, isRequired: Bool = false, decidesRecords: Bool = false, _ summary: String
    ) {
        self.name = name
        self.kind = kind
        self.isRequired = isRequired
        self.decidesRecords = decidesRecords
        self.summary = summary
    }
}

/// The settings of a connection and a collection, with every variable filled in: what a connector is made of.
package struct ResolvedSettings: Sendable {
    package enum Content: Sendable {
        case text(String)
        case secret(Secret)
        case bool(Bool)
        case int(Int64)
        case names([String])
    }

    private var contents: [String: Content]

    package init(_ contents: [String: Content] = [:]) { self.contents = contents }

    package subscript(name: String) -> Content? { contents[name] }

    package func text(_ name: String) -> String? {
        switch contents[name] {
        case .text(let text): text
        case .int(let number): String(number)
        default: nil
        }
    }

    package func names(_ name: String) -> [String]? {
        switch contents[name] {
        case .names(let names): names
        case .text(let text): [text]
        default: nil
        }
    }

    package func secret(_ name: String) -> Secret? {
        if case .secret(let secret) = contents[name] { secret } else { nil }
    }

    package func bool(_ name: String) -> Bool? {
        if case .bool(let bool) = contents[name] { bool } else { nil }
    }
}
