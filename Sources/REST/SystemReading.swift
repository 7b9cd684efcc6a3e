internal import CEL
internal import HTTP
package import Model
internal import Values

// Reading.
extension SystemEndpoint {
    package func read(_ known: KnownRecords, _ extent: ReadExtent) async throws(EndpointFailure) -> Snapshot {
        do throws(AskFailure) {
            let snapshot =
                switch extent {
                case .whole: try await whole(known)
                case .changes(let cursor, let ids): try await changes(known, since: cursor, and: ids)
                case .only(let ids): try await only(known, ids)
                }
            try await loadNames(for: snapshot)
            asker.access.digests.flush()
            return snapshot
        } catch {
            throw error.ofReading
        }
    }

    package func sample(_ most: Int) async throws(EndpointFailure) -> CollectionSample {
        let known = KnownRecords(links: LinkTable(), side: .left)
        var endpoint = self
        // Nobody needs the files themselves to see what records are like.
        endpoint.shape.files = nil
        var builder = endpoint.reading(known)
        do throws(AskFailure) {
            try await shape.lookups.load(shape.lookupNames, reader, names)
            guard let list = collection.list, collection.parent == nil else {
                let snapshot = try await endpoint.whole(known)
                return CollectionSample(of: snapshot, atMost: most)
            }
            var pages = reader.pages(list, names)
            while builder.count < most, let page = try await pages.next() { try await builder.add(page, parent: nil) }
        } catch {
            throw error.ofReading
        }
        return CollectionSample(of: builder.finish(cursor: nil, expected: nil), atMost: most)
    }

    /// Names are asked for where a record is new or changed, and not otherwise.
    private func loadNames(for snapshot: Snapshot) async throws(AskFailure) {
        guard !shape.lookupNames.isEmpty, !snapshot.kept.isEmpty else { return }
        let layout = StateLayout(shape: nil)
        let records = snapshot.kept.indices.lazy.compactMap { try? snapshot.decode($0, layout) }
        try await shape.loadNames(for: records, reader)
    }

    private func reading(_ known: KnownRecords) -> EntryReading { EntryReading(self, known) }

    private func whole(_ known: KnownRecords) async throws(AskFailure) -> Snapshot {
        var reading = reading(known)
        if let parent = collection.parent {
            guard let parents, let parentList = parents.list else {
                throw .broken("the connector does not say how '\(parent.collection)' is read")
            }
            let trail = try await children(of: parents, parentList, ListReader.Question(), into: &reading)
            return reading.finish(cursor: trail.cursor(parentList.since), expected: nil)
        }
        guard let list = collection.list else {
            throw .broken("the connector does not say how '\(collection.name)' is read")
        }
        var trail = CursorTrail(updated: collection.updated)
        var pages = reader.pages(list, names.with([("cursor", .null)]))
        while let page = try await pages.next() {
            try trail.note(page.answer, list.since, names)
            try await reading.add(page, parent: nil, trail: &trail)
        }
        let expected = list.condition == nil && list.deleted == nil ? pages.total : nil
        return reading.finish(cursor: trail.cursor(list.since), expected: expected)
    }

    private func changes(
        _ known: KnownRecords, since cursor: Cursor, and ids: [RecordID]
    ) async throws(AskFailure) -> Snapshot {
        let list = parents?.list ?? collection.list
        guard let list, let since = list.since, let asked = SinceQuestion(since, cursor) else {
            return try await whole(known)
        }
        var reading = reading(known)
        let question = asked.question(names)
        let asking = (parents.map(names(ofParents:)) ?? names).with([("cursor", asked.value)])
        var trail = CursorTrail(updated: (parents ?? collection).updated, from: cursor)
        if let parents {
            let made = try await children(of: parents, list, question, names: asking, into: &reading, trail)
            guard let made else { return try await whole(known) }
            trail = made
        } else {
            var pages = reader.pages(list, asking, question)
            while let page = try await pages.next() {
                try trail.note(page.answer, since, asking)
                try await reading.add(page, parent: nil, trail: &trail)
                try await add(page.ids.compactMap { RecordID($0) }, to: &reading)
            }
            if pages.isExpired { return try await whole(known) }
        }
        try await add(ids, to: &reading)
        return reading.finishPart(cursor: trail.cursor(since) ?? cursor)
    }

    private func only(_ known: KnownRecords, _ ids: [RecordID]) async throws(AskFailure) -> Snapshot {
        var reading = reading(known)
        try await add(ids, to: &reading)
        return reading.finishPart(cursor: nil)
    }

    /// Asks for records by their ids, several at a time.
    private func add(_ ids: [RecordID], to reading: inout EntryReading) async throws(AskFailure) {
        var at = 0
        while at < ids.count {
            let part = Array(ids[at..<min(at + 16, ids.count)])
            at += part.count
            for (id, found) in zip(part, try await found(part)) {
                switch found {
                case .record(let entry): try reading.add(entry.entry, parent: entry.parent)
                case .absent: reading.addAbsent(id)
                case .untold: break
                }
            }
        }
    }

    private func found(_ ids: [RecordID]) async throws(AskFailure) -> [FoundEntry] {
        do {
            return try await withThrowingTaskGroup(of: (Int, FoundEntry).self) { tasks in
                for (number, id) in ids.enumerated() { tasks.addTask { (number, try await self.entry(id)) } }
                var found: [FoundEntry?] = Array(repeating: nil, count: ids.count)
                for try await (number, entry) in tasks { found[number] = entry }
                return found.compactMap(\.self)
            }
        } catch {
            throw error as? AskFailure ?? .broken("\(error)")
        }
    }

    /// The names for requests of the collection that these records belong to.
    private func names(ofParents parents: CollectionDefinition) -> Names {
        names.with([("collection", .text(parents.name)), ("fields", .list([]))])
    }

    /// Reads the records that belong to those of another collection: only where those moved.
    private func children(
        of parents: CollectionDefinition, _ list: ListDefinition, _ question: ListReader.Question,
        into reading: inout EntryReading
    ) async throws(AskFailure) -> CursorTrail {
        let trail = CursorTrail(updated: parents.updated)
        let asking = names(ofParents: parents).with([("cursor", .null)])
        return try await children(of: parents, list, question, names: asking, into: &reading, trail) ?? trail
    }

    private func children(
        of parents: CollectionDefinition, _ list: ListDefinition, _ question: ListReader.Question, names: Names,
        into reading: inout EntryReading, _ trail: CursorTrail
    ) async throws(AskFailure) -> CursorTrail? {
        var trail = trail
        let parentShape = RecordShape(collection: parents, further: [], lookups: Lookups(), names: self.names)
        let idFields = parents.id.map { FieldPath($0) }
        var pages = reader.pages(list, names, question)
        while let page = try await pages.next() {
            if let since = list.since { try trail.note(page.answer, since, names) }
            for entry in page.entries {
                let parent = try parentShape.record(entry, parent: nil)
                trail.note(parent)
                if let deleted = list.deleted, try deleted.holds(names, entry) { continue }
                guard let id = parent.id(idFields) else { continue }
                if let records = collection.parent?.records {
                    let children = try (records.find(self.names, entry).list ?? []).map { child throws(AskFailure) in
                        guard let child = child.object else {
                            throw .broken("'\(records.source)' gives no list of objects")
                        }
                        return child
                    }
                    try await findFiles(of: children, parent: id.value)
                    for child in children { try reading.add(child, parent: id.value) }
                    continue
                }
                guard let own = collection.list else {
                    throw .broken("the connector does not say how '\(collection.name)' is read")
                }
                try await addChildren(of: id.value, own, to: &reading)
            }
        }
        return pages.isExpired ? nil : trail
    }

    private func addChildren(
        of parent: Value, _ list: ListDefinition, to reading: inout EntryReading
    ) async throws(AskFailure) {
        var pages = reader.pages(list, names.with([("parent", parent), ("id", parent)]))
        do throws(AskFailure) {
            while let page = try await pages.next() { try await reading.add(page, parent: parent) }
        } catch {
            // It was removed after it was listed.
            guard case .gone = error else { throw error }
        }
    }
}

/// What the system has under an id.
enum FoundEntry: Sendable {
    case record(GottenEntry)
    case absent
    /// It says anything else, such as that this record may not be seen: nothing follows.
    case untold(AskFailure?)
}

/// A record as the system gave it, and what came with it.
struct GottenEntry: Sendable {
    var entry: Object
    var parent: Value?
    /// What guards it; null where nothing does.
    var version: Value
}

extension SystemEndpoint {
    /// The names for a record: `id`, and `parent` where its id has two parts or it belongs to another.
    func names(of id: RecordID) -> Names {
        guard case .list(let parts) = id.value, let last = parts.last else { return names.with([("id", id.value)]) }
        if collection.parent != nil { return names.with([("id", last), ("parent", parts[0])]) }
        return names.with([("id", id.value)])
    }

    func parent(of id: RecordID) -> Value? {
        guard collection.parent != nil, case .list(let parts) = id.value else { return nil }
        return parts.first
    }

    /// Whether a second answer says that a record is no longer there, which the first still gave.
    private func isGone(
        _ get: GetDefinition, afterAsking then: RequestTemplate, _ names: Names
    ) async throws(AskFailure) -> Bool {
        var isGone = false
        let answer = try await asker.ask(then, names, isJSON: true) { (answer) throws(AskFailure) in
            isGone = try get.gone?.holds(names.with(answer.names)) ?? false
            return isGone
        }
        try answer.expectWhole()
        return try get.gone?.holds(names.with(answer.names)) ?? isGone
    }

    func entry(_ id: RecordID) async throws(AskFailure) -> FoundEntry {
        guard let get = collection.get else { return .untold(nil) }
        let names = names(of: id)
        var isGone = false
        do throws(AskFailure) {
            let answer = try await asker.ask(get.request, names, isJSON: true) { (answer) throws(AskFailure) in
                isGone = try get.gone?.holds(names.with(answer.names)) ?? false
                return isGone
            }
            try answer.expectWhole()
            if isGone { return .absent }
            let found = names.with(answer.names)
            guard case .object(let entry) = try get.record.find(found) else { return .absent }
            if let then = get.then, try await self.isGone(get, afterAsking: then, found) { return .absent }
            if let condition = collection.list?.condition, try !condition.holds(names, entry) { return .absent }
            if let deleted = collection.list?.deleted, try deleted.holds(names, entry) { return .absent }
            try await findFiles(of: [entry], parent: parent(of: id))
            return .record(
                GottenEntry(entry: entry, parent: parent(of: id), version: try collection.version?.find(found) ?? .null)
            )
        } catch {
            switch error {
            case .gone: return .absent
            case .forbidden, .refused, .moved: return .untold(error)
            default: throw error
            }
        }
    }
}
