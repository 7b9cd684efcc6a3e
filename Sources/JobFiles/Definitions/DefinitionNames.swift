import CEL

/// The values that an expression of a definition may use, by where it stands.
enum DefinitionNames {
    /// Before anything is asked.
    static let settings = ["settings"]
    /// What a request of a collection is made of, beside what it is about.
    static let request = settings + ["collection", "fields"]
    static let list = request + ["page", "size", "cursor", "parent"]
    static let answer = ["status", "headers", "body"]
    static let one = request + ["id", "parent"]
    static let write = one + ["record", "changes", "key", "uuid", "version"]
    static let create = write + ["upload"]
    static let written = create + answer
    static let download = one + ["record"]
    /// What was sent, before it is known to be the system's own.
    static let sent = settings + ["headers", "raw"]
    static let event = settings + ["headers", "body"]
    static let eventOfCollection = event + ["collection"]
    static let value = request + ["value", "parent"]
    static let set = one + ["value", "choice", "version"]

    /// Every name is known, and what it holds is not: an answer may hold anything.
    static func options(_ names: [String], isCondition: Bool = false) -> CompileOptions {
        var options = CompileOptions()
        options.names = names
        options.isFilter = isCondition
        options.types.record = nil
        return options
    }

    /// Over an entry of an answer, whose fields are names: only the settings have one beside them, for `fields` and `parent` are what
    /// many systems call their own.
    static func entryOptions(_ names: [String] = settings, isCondition: Bool = false) -> CompileOptions {
        var options = CompileOptions()
        options.names = names
        options.isFilter = isCondition
        return options
    }
}
