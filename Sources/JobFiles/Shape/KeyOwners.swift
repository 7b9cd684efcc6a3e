/// Where each key belongs, for those that stand in the wrong place.
enum KeyOwners {
    private static let tables: [KeyTable] = [
        .job, .sync, .collection, .field, .match, .limits, .retry, .timing, .connections,
    ]

    /// What to say of a key that is unknown here and known elsewhere.
    static func hint(for name: String) -> String? {
        let owners = tables.filter { $0.key(name) != nil }.map(\.noun)
        guard let last = owners.last else { return nil }
        let all = owners.count == 1 ? last : owners.dropLast().joined(separator: ", ") + " or " + last
        return "'\(name)' belongs in \(all)"
    }
}
