import Model
import Values

// What a reading by changes sees.
extension ConnectorClause {
    static let changes: [ConnectorClause] = [
        ConnectorClause("a reading by changes sees what was made, and nothing else") { bench in
            let kept = try await bench.create()
            let before = try await read(bench, with: [kept.id])
            let made = try await bench.create()
            try await bench.eventually {
                let read = try await bench.changes(since: before)
                try bench.demand(read[made.id] != nil, "the new record \(made.id) is not among the changes")
                try bench.demand(read[kept.id] == nil, "the record \(kept.id) did not change, and is among the changes")
                try bench.demand(
                    read.snapshot.cursor != nil || read.snapshot.isWhole, "it does not say where to go on")
            }
        },
        ConnectorClause("a reading by changes sees what was changed, and goes on from where it was") { bench in
            let first = try await bench.create()
            let second = try await bench.create()
            let before = try await read(bench, with: [first.id, second.id])
            let name = FieldPath(try bench.nameField().name)
            for made in [first, second] {
                let text = Value.text(try bench.name("changed"))
                let outcome = try await bench.update(made.id, [name: text])
                guard case .stored = outcome else { throw Breach("an update \(outcome.words)") }
                try await bench.eventually {
                    let read = try await bench.changes(since: before)
                    let found = read[made.id]?.value(at: name) ?? .null
                    try bench.demand(
                        found.means(text), "\(made.id) was changed, and the change is not among those since then")
                }
            }
        },
        ConnectorClause("a reading by changes sees what was removed, where the system tells") { bench in
            guard bench.subject.tellsOfDeletes else {
                throw NotAsked("what is removed is missing from a whole reading, and nowhere else")
            }
            let made = try await bench.create()
            let before = try await read(bench, with: [made.id])
            let link = before.links.find(made.id, on: .left)
            try await bench.delete(made.id)
            try await bench.eventually {
                let read = try await bench.changes(since: before)
                try bench.demand(
                    link.map { !read.snapshot.saw(link: $0) } ?? false,
                    "the record \(made.id) is gone, and it is not told")
            }
        },
        ConnectorClause("what belongs to a record comes where that record moved, and only there") { bench in
            guard bench.subject.parent != nil, let first = try await bench.parentID(),
                let second = try await bench.parentID(isOther: true)
            else { throw NotAsked("its records belong to no others") }
            let still = try await bench.create(parent: second)
            _ = try await bench.create(parent: first)
            // Out of the reach of the overlap, so that what comes is what moved.
            let reach = bench.subject.overlap + .seconds(3)
            guard reach <= .seconds(5) else { throw NotAsked("a reading by changes goes far back") }
            await bench.subject.wait(reach)
            try await bench.touchParent(first)
            let before = try await bench.all()
            await bench.subject.wait(reach)
            let made = try await bench.create(parent: first)
            try await bench.eventually {
                let read = try await bench.changes(since: before, knows: false)
                try bench.demand(read[made.id] != nil, "the new record \(made.id) is not among the changes")
                try bench.demand(
                    read[still.id] == nil, "the record \(still.id) was read, and what it belongs to did not move")
            }
        },
    ]

    /// A whole reading that has some records already.
    private static func read(_ bench: ConnectorBench, with ids: [RecordID]) async throws -> ConnectorReading {
        var read = try await bench.all()
        for pause in [1, 2, 4] where !ids.allSatisfy({ read[$0] != nil }) {
            await bench.subject.wait(.seconds(pause))
            read = try await bench.all()
        }
        for id in ids { try bench.demand(read[id] != nil, "the record \(id) is not in the list") }
        guard read.snapshot.cursor != nil else { throw NotAsked("it is read as a whole each time") }
        return read
    }
}
