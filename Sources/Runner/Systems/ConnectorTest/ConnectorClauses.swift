import Model
import Values

// What is read, and how it is written.
extension ConnectorClause {
    static let reading: [ConnectorClause] = [
        ConnectorClause("the collection can be read, and each record has an id of its own") { bench in
            let read = try await bench.all()
            try bench.demand(read.snapshot.isWhole, "a whole reading says that it is none")
            try bench.demand(Set(read.ids).count == read.ids.count, "an id stands twice in a list")
            if let expected = read.snapshot.expectedCount {
                try bench.demand(
                    expected == read.snapshot.count,
                    "it says that it has \(expected) records, and gives \(read.snapshot.count)")
            }
        }
    ]

    static let writing: [ConnectorClause] = [
        ConnectorClause("a create gives an id, and the record comes back by it and in the list") { bench in
            let made = try await bench.create()
            let (record, fingerprint) = try await bench.existing(made.id)
            for (path, value) in made.asked {
                let told = made.content?.value(at: path) ?? value
                let found = record.value(at: path) ?? .null
                try bench.demand(
                    found.means(told), "'\(path)' was made as \(told.inMessage), and comes back as \(found.inMessage)")
            }
            try bench.demand(fingerprint == made.fingerprint, "what a create tells is not what is read afterwards")
            try await bench.eventually {
                let read = try await bench.all()
                try bench.demand(read[made.id] != nil, "the record \(made.id) is not in the list")
                try bench.demand(
                    read.fingerprint(made.id) == fingerprint, "the list has another record than is read by id")
            }
        },
        ConnectorClause("an update sets its fields, and no others") { bench in
            let made = try await bench.create()
            let before = try await bench.existing(made.id)
            let name = FieldPath(try bench.nameField().name)
            let text = Value.text(try bench.name("changed"))
            let outcome = try await bench.update(made.id, [name: text], if: before.fingerprint)
            guard case .stored(let told, _) = outcome else { throw Breach("an update \(outcome.words)") }
            let after = try await bench.existing(made.id)
            try bench.demand(
                after.record.value(at: name)?.means(text) ?? false,
                "'\(name)' was set to \(text.inMessage) and is \((after.record.value(at: name) ?? .null).inMessage)")
            try bench.demand(told == after.fingerprint, "what an update tells is not what is read afterwards")
            for field in bench.subject.schema.fields.list where bench.subject.isFree(field) && field.name != name.text {
                let (old, new) = (before.record[field.name] ?? .null, after.record[field.name] ?? .null)
                try bench.demand(
                    new.means(old), "'\(field.name)' was not set, and became \(new.inMessage) from \(old.inMessage)")
            }
        },
        ConnectorClause("a record that moved meanwhile is left alone") { bench in
            let made = try await bench.create()
            let planned = try await bench.existing(made.id).fingerprint
            let name = FieldPath(try bench.nameField().name)
            let theirs = Value.text(try bench.name("by somebody else"))
            try await bench.update(made.id, [name: theirs])
            let ours = try await bench.update(made.id, [name: .text(try bench.name("by us"))], if: planned)
            try bench.demand(ours == .moved, "an update of a record that moved \(ours.words)")
            if bench.endpoint.capabilities.canDelete {
                let gone = try await bench.delete(made.id, if: planned)
                try bench.demand(gone == .moved, "a delete of a record that moved \(gone.words)")
            }
            let found = try await bench.existing(made.id).record.value(at: name) ?? .null
            try bench.demand(found.means(theirs), "'\(name)' is \(found.inMessage), which is not what the other wrote")
        },
        ConnectorClause("a delete removes the record: it is absent by its id, and from the list") { bench in
            let made = try await bench.create()
            let outcome = try await bench.delete(made.id)
            guard case .stored = outcome else { throw Breach("a delete \(outcome.words)") }
            let left = try await bench.one(made.id)
            try bench.demand(left == nil, "the record \(made.id) is still there by its id")
            try await bench.eventually {
                try bench.demand(try await bench.all()[made.id] == nil, "the record \(made.id) is still in the list")
            }
        },
        ConnectorClause("a write of a record that is gone finds it gone") { bench in
            let made = try await bench.create()
            try await bench.delete(made.id)
            let name = FieldPath(try bench.nameField().name)
            guard bench.endpoint.capabilities.canUpdate else { return }
            let outcome = try await bench.update(made.id, [name: .text(try bench.name())])
            try bench.demand(outcome == .moved, "an update of a record that is gone \(outcome.words)")
        },
        ConnectorClause("a create that is asked for again under its key makes no second record") { bench in
            guard bench.endpoint.capabilities.remembersKeys else {
                throw NotAsked("the system knows no create by its key")
            }
            let name = try bench.name("once")
            let key = "\(bench.subject.keyMark)once"
            let first = try await bench.create(name, key: key)
            let second = try await bench.create(name, key: key)
            try bench.demand(first.id == second.id, "it was made twice, as \(first.id) and as \(second.id)")
        },
    ]

    static let pages: [ConnectorClause] = [
        ConnectorClause("more records than a page has come whole") { bench in
            guard let (endpoint, size) = bench.subject.smallPages else {
                throw NotAsked("the system decides how many records a page has")
            }
            var made: [RecordID] = []
            for _ in 0..<(size * 2 + 1) { made.append(try await bench.create().id) }
            try await bench.eventually {
                let read = try await bench.all(endpoint)
                for id in made { try bench.demand(read[id] != nil, "the record \(id) is on no page") }
                let whole = try await bench.all()
                try bench.demand(
                    Set(read.ids) == Set(whole.ids),
                    "pages of \(size) have \(read.ids.count) records, and longer ones \(whole.ids.count)")
            }
        }
    ]
}
