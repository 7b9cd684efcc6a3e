internal import Model

/// Servers as they are met, by a name: the option sets that tests of whole runs go through.
package enum FakeKind: String, Sendable, CaseIterable {
    /// Lists in pages; new records take the next number.
    case pages
    /// Whoever makes a record names it.
    case chosen
    /// All writes of a run are one call.
    case batch
    /// Three writes a call, and listings that say how many records there are.
    case groups
    /// Gives ids, and knows by its key a create that is asked for again.
    case keyed
    /// Gives ids, and knows nothing of what was asked before.
    case assigned
    /// Tells what changed since, deletes among it; gives ids.
    case changes
    /// Tells what changed since, with times that are told apart badly, and no deletes; knows keys.
    case coarse
    /// Trims what it is given, and keeps silent about what it stored.
    case silent

    /// - Parameter id: the field that names a record where whoever makes it chooses; else that is `id`.
    package func options(id chosen: String) -> FakeOptions {
        var options = FakeOptions(newIDs: .numbered(prefix: "", suffix: ""))
        switch self {
        case .pages: break
        case .chosen:
            options = FakeOptions(newIDs: .fields, id: [chosen])
            options.readsByID = true
        case .batch: options.groupSize = nil
        case .groups:
            options.groupSize = 3
            options.tellsCount = true
        case .keyed, .assigned:
            options.newIDs = .assigned
            options.idPrefix = "S-"
            options.remembersKeys = self == .keyed
            options.readsByID = true
        case .changes, .coarse:
            options.newIDs = .assigned
            options.remembersKeys = self == .coarse
            options.readsByID = self == .changes
            options.reading = .changes(tombstones: self == .changes)
            options.resolution = self == .coarse ? 3 : 1
            options.skew = self == .coarse ? 2 : 0
        case .silent:
            options.tellsWhatItStored = false
            options.readsByID = true
            options.tidyings = [.trim(field: "memo", to: 40), .trim(field: "note", to: 40)]
        }
        return options
    }
}
