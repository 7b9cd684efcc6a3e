internal import Synchronization
package import Values

/// The digests of the files that a connection has, by a text that names each: what was fetched once is known from then on, for the
/// files of records never change.
package final class FileMemory: Sendable {
    private struct State {
        /// nil until it is first asked for.
        var known: [TextKey: String]?
        var news: [TextKey: String] = [:]
        /// Why files could not be looked at, in this process.
        var troubles: [TextKey: String] = [:]
    }

    private let load: @Sendable () -> [TextKey: String]
    private let add: @Sendable ([TextKey: String]) -> Void
    private let state = Mutex(State())

    /// - Parameters:
    ///   - load: what runs before knew.
    ///   - add: keeps more of it for those that follow, if that can be.
    package init(
        load: @escaping @Sendable () -> [TextKey: String] = { [:] },
        add: @escaping @Sendable ([TextKey: String]) -> Void = { _ in }
    ) {
        self.load = load
        self.add = add
    }

    func digest(_ key: TextKey) -> String? {
        state.withLock { state in
            let known = state.known ?? load()
            state.known = known
            return known[key]
        }
    }

    func trouble(_ key: TextKey) -> String? { state.withLock { $0.troubles[key] } }

    func note(_ key: TextKey, _ digest: String) {
        state.withLock { state in
            if state.known == nil { state.known = load() }
            state.known?[key] = digest
            state.news[key] = digest
            state.troubles[key] = nil
        }
    }

    func note(_ key: TextKey, trouble: String) { state.withLock { $0.troubles[key] = trouble } }

    /// Has all that is new kept: at the end of a reading, and of a run.
    package func flush() {
        let news = state.withLock { state in
            defer { state.news = [:] }
            return state.news
        }
        if !news.isEmpty { add(news) }
    }
}
