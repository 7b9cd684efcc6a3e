internal import Model
internal import Synchronization
internal import Values

/// The names for ids that a collection's fields need, asked for once and kept while the process lives.
final class Lookups: Sendable {
    struct Table: Sendable {
        var names: [TextKey: Value] = [:]
        var keys: [TextKey: Value] = [:]

        /// The name for an id.
        func name(of key: Value) -> Value? { key.word.flatMap { names[TextKey($0)] } }
        /// The id for a name.
        func key(of name: Value) -> Value? { name.word.flatMap { keys[TextKey($0)] } }
    }

    private let tables = Mutex<[String: Table]>([:])

    func table(_ name: String) -> Table? { tables.withLock { $0[name] } }

    /// Asks for those that are not known yet; with `again`, for all.
    func load(_ names: [String], _ reader: ListReader, _ known: Names, again: Bool = false) async throws(AskFailure) {
        for name in names where again || table(name) == nil {
            guard let definition = reader.asker.access.definition.lookup(name) else { continue }
            var table = Table()
            var pages = reader.pages(definition.list, known)
            while let page = try await pages.next() {
                for entry in page.entries {
                    let key = try definition.key.find(known, entry)
                    let label = try definition.label.find(known, entry)
                    guard let keyWord = key.word, let labelWord = label.word else { continue }
                    table.names[TextKey(keyWord)] = label
                    if table.keys[TextKey(labelWord)] == nil { table.keys[TextKey(labelWord)] = key }
                }
            }
            let made = table
            tables.withLock { $0[name] = made }
        }
    }
}
