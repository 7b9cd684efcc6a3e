import CEL
package import Model
package import Values

/// Which of the records that were read a filter lets in, linked or not.
package struct ScopedRecords: Sendable {
    /// In the order of the collection.
    package private(set) var inside: [RecordID] = []
    /// Records of which it cannot be told.
    package private(set) var undecided: Set<RecordID> = []

    /// A side of which nothing is read.
    package init() {}

    /// - Parameter snapshot: a reading that passed over none.
    package init(_ snapshot: Snapshot, _ collection: CollectionReference) {
        for number in snapshot.kept.indices {
            let id = snapshot.id(number)
            switch Self.passes(snapshot, number, collection) {
            case true?: inside.append(id)
            case false?: break
            case nil: undecided.insert(id)
            }
        }
    }

    private static func passes(_ snapshot: Snapshot, _ number: Int, _ collection: CollectionReference) -> Bool? {
        guard let object = try? snapshot.decode(number) else { return nil }
        guard let filter = collection.filter else { return true }
        guard case .bool(let passes)? = try? filter.evaluate(Scope(record: object)) else { return nil }
        return passes
    }

    /// Those that are inside, and were not before. Of what could not be told before nothing follows.
    package func entered(since before: ScopedRecords) -> [RecordID] {
        let known = Set(before.inside).union(before.undecided)
        return inside.filter { !known.contains($0) }
    }
}
