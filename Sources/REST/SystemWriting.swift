internal import CEL
internal import HTTP
package import Model
internal import Values

// Writing.
extension SystemEndpoint {
    /// Writes several records at a time, each on its own. Where the connection itself fails, what was not begun is left.
    package func write(
        _ batch: WriteBatch, report: (Int, WriteOutcome) -> Void
    ) async throws(EndpointFailure) -> CollectionStamp? {
        let requests = (0..<batch.count).map { batch[$0] }
        do throws(AskFailure) {
            try await prepare(requests)
        } catch {
            throw error.ofConnection
        }
        try await batch.mayTakeEffect()
        let most = max(1, asker.access.definition.pacing.concurrent)
        var failure: EndpointFailure?
        let units = units(of: requests)
        await withTaskGroup(of: [(Int, Result<WriteOutcome, AskFailure>)].self) { tasks in
            var next = 0
            func begin() {
                guard next < units.count, failure == nil else { return }
                let unit = units[next]
                next += 1
                tasks.addTask { await outcomes(of: unit, requests) }
            }
            for _ in 0..<most { begin() }
            for await results in tasks {
                for (number, result) in results {
                    switch result {
                    case .success(let outcome): report(number, outcome)
                    case .failure(let error): failure = failure ?? error.ofConnection
                    }
                }
                begin()
            }
        }
        if let failure { throw failure }
        return nil
    }

    /// The numbers of requests that are made one after another: those about one parent, which many systems lock or count while something
    /// is put to it, and whose records then come in their order.
    private func units(of requests: [WriteRequest]) -> [[Int]] {
        guard collection.parent != nil else { return requests.indices.map { [$0] } }
        var units: [[Int]] = []
        var known: [TextKey: Int] = [:]
        for (number, request) in requests.enumerated() {
            let key = TextKey(JSON.text(parent(in: request)))
            if let unit = known[key] {
                units[unit].append(number)
            } else {
                known[key] = units.count
                units.append([number])
            }
        }
        return units
    }

    /// What came of requests, as far as they were made: where the connection fails, the others are left.
    private func outcomes(
        of unit: [Int], _ requests: [WriteRequest]
    ) async -> [(Int, Result<WriteOutcome, AskFailure>)] {
        var results: [(Int, Result<WriteOutcome, AskFailure>)] = []
        for number in unit {
            do throws(AskFailure) {
                results.append((number, .success(try await outcome(requests[number]))))
            } catch {
                return results + [(number, .failure(error))]
            }
        }
        return results
    }

    /// What must be known before anything takes effect: names that are to be written.
    private func prepare(_ requests: [WriteRequest]) async throws(AskFailure) {
        let used = Set(
            requests.flatMap(\.fields).compactMap { field in
                field.path.steps.first.flatMap(collection.field)?.lookup
            })
        try await shape.lookups.load(used.sorted(), reader, names)
        if requests.contains(where: { shape.needsNewLookups($0.fields) }) {
            try await shape.lookups.load(shape.lookupNames, reader, names, again: true)
        }
    }

    /// Throws only where nothing took effect, and nothing will.
    private func outcome(_ request: WriteRequest) async throws(AskFailure) -> WriteOutcome {
        do throws(AskFailure) {
            switch request.verb {
            case .create:
                do throws(AskFailure) {
                    return try await create(request)
                } catch {
                    // The system gives the ids: there is no record that could have moved.
                    switch error {
                    case .moved(let message), .gone(let message): return .refused(message)
                    default: throw error
                    }
                }
            case .update: return try await update(request)
            case .delete: return try await delete(request)
            }
        } catch {
            return try Self.outcome(of: error)
        }
    }

    private static func outcome(of failure: AskFailure) throws(AskFailure) -> WriteOutcome {
        switch failure {
        case .refused(let message): return .refused(message)
        case .forbidden(let message): return .forbidden(message)
        case .busy(let message, let after): return .later(message, after: after)
        case .moved, .gone: return .moved
        case .broken(let message): return .refused(message)
        case .unreachable(let message, _, true): return .uncertain(message)
        case .unreachable, .unauthorised, .spent: throw failure
        }
    }
}

// Creates.
extension SystemEndpoint {
    private func create(_ request: WriteRequest) async throws(AskFailure) -> WriteOutcome {
        guard let create = collection.create else { return .refused("records of '\(collection.name)' cannot be made") }
        var wire: RecordShape.Wire
        do {
            wire = try shape.wire(request.fields, isNew: true)
        } catch {
            return .refused(error.message)
        }
        var names = names.with([
            ("record", .object(wire.fields)), ("changes", .object(wire.fields)), ("id", .null), ("version", .null),
            ("key", request.key.map(Value.text) ?? .null), ("uuid", request.key.map { .text(uuid($0)) } ?? .null),
            ("parent", parent(in: request)), ("upload", .null),
        ])
        wire.fields = try adding(create.fixed, to: wire.fields, names)
        names = names.with([("record", .object(wire.fields)), ("changes", .object(wire.fields))])
        if let find = create.find, request.key != nil, let made = try await found(find, names) {
            return try await stored(made, request, wire, isNew: true)
        }
        if let upload = create.upload { names.set("upload", try await asker.ask(upload, names).body) }
        var exists = false
        var answer = try await asker.ask(create.request, names) { (answer) throws(AskFailure) in
            exists = try create.exists?.holds(names.with(answer.names)) ?? false
            return exists
        }
        names = names.with(answer.names)
        return try await afterwards { () throws(AskFailure) in
            if !exists, let then = create.then {
                answer = try await asker.ask(then, names)
                names = names.with(answer.names)
            }
            if !exists, let program = create.record, case .object(let entry) = try program.find(names) {
                return try await stored(entry, request, wire, isNew: true)
            }
            var id = RecordID(try create.id?.find(names) ?? .null)
            if let child = id, collection.parent != nil, collection.id.count > 1 {
                id = RecordID(.list([parent(in: request), child.value]))
            }
            guard let id else { return .uncertain("the answer does not say which id the new record has") }
            guard case .record(let gotten) = try await entry(id) else {
                return .uncertain("the record \(id) that was made cannot be read")
            }
            return try await stored(gotten.entry, request, wire, isNew: true)
        }
    }

    private func adding(
        _ fixed: [(path: FieldPath, program: Program)], to fields: Object, _ names: Names
    ) throws(AskFailure) -> Object {
        var fields = fields
        for (path, program) in fixed {
            guard fields.set(try program.find(names), at: path) else {
                throw .broken("the field '\(path)' of the connector lies inside something that is no object")
            }
        }
        return fields
    }

    /// The id of the record that a new one belongs to.
    private func parent(in request: WriteRequest) -> Value {
        guard let field = collection.parent?.field else { return .null }
        return request.fields.first { $0.path == FieldPath(field) }?.value ?? parent(of: request.id) ?? .null
    }

    private func found(_ find: GetDefinition, _ names: Names) async throws(AskFailure) -> Object? {
        var isGone = false
        do throws(AskFailure) {
            let answer = try await asker.ask(find.request, names, isJSON: true) { (answer) throws(AskFailure) in
                isGone = try find.gone?.holds(names.with(answer.names)) ?? false
                return isGone
            }
            try answer.expectWhole()
            return isGone ? nil : try find.record.find(names.with(answer.names)).object
        } catch {
            guard case .gone = error else { throw error }
            return nil
        }
    }

    /// What follows once something took effect: a failure there leaves it in doubt, and the next run looks.
    private func afterwards(
        _ body: () async throws(AskFailure) -> WriteOutcome
    ) async throws(AskFailure) -> WriteOutcome {
        do throws(AskFailure) {
            return try await body()
        } catch {
            return .uncertain("it was written, and then: \(error.message)")
        }
    }
}

// Updates and deletes.
extension SystemEndpoint {
    /// The record as it is now, where it is still what the write was planned for; nil where it moved.
    private func current(_ request: WriteRequest) async throws(AskFailure) -> GottenEntry? {
        let gotten: GottenEntry
        switch try await entry(request.id) {
        case .record(let found): gotten = found
        case .absent, .untold(nil): return nil
        case .untold(let failure?): throw failure
        }
        guard request.precondition.isOfContent else { return gotten }
        let record = try shape.record(gotten.entry, parent: gotten.parent)
        return record.encoded.fingerprint == request.precondition ? gotten : nil
    }

    private func update(_ request: WriteRequest) async throws(AskFailure) -> WriteOutcome {
        var wire: RecordShape.Wire
        do {
            wire = try shape.wire(request.fields, isNew: false)
        } catch {
            return .refused(error.message)
        }
        if request.fields.contains(where: { field in capabilities.idFields.contains { $0.overlaps(field.path) } }) {
            return .refused("the fields of the record's id cannot change")
        }
        guard let gotten = try await current(request) else { return .moved }
        if wire.fields.isEmpty { return try await stored(gotten.entry, request, wire, isNew: false) }
        guard let update = collection.update else {
            return .refused("records of '\(collection.name)' cannot be changed")
        }
        var full = wire.fields
        if update.isWhole {
            do {
                full = try whole(gotten, changed: request)
            } catch let refusal as RecordShape.Refusal {
                return .refused(refusal.message)
            } catch {
                return .refused((error as? AskFailure)?.message ?? "\(error)")
            }
        }
        var own = names(of: request.id).with([
            ("record", .object(full)), ("changes", .object(wire.fields)), ("version", gotten.version), ("key", .null),
            ("uuid", .null),
        ])
        own = own.with([
            ("record", .object(try adding(update.fixed, to: full, own))),
            ("changes", .object(try adding(update.fixed, to: wire.fields, own))),
        ])
        let answer = try await asker.ask(update.request, own)
        return try await afterwards { () throws(AskFailure) in
            var found = own.with(answer.names)
            if let then = update.then { found = found.with(try await asker.ask(then, found).names) }
            if let program = update.record, case .object(let entry) = try program.find(found) {
                return try await stored(entry, request, wire, isNew: false)
            }
            guard case .record(let after) = try await entry(request.id) else {
                return .uncertain("the record \(request.id) that was changed cannot be read")
            }
            return try await stored(after.entry, request, wire, isNew: false)
        }
    }

    /// What stands there with what changes, as the system is given it.
    private func whole(_ gotten: GottenEntry, changed request: WriteRequest) throws -> Object {
        var record = shape.named(try shape.record(gotten.entry, parent: gotten.parent))
        for (path, value) in request.fields { _ = record.set(value, at: path) }
        let fields = shape.collection.fields.filter {
            !$0.isReadOnly && !$0.isCreateOnly && $0.set == nil && !collection.id.contains($0.name)
        }
        let written: [(path: FieldPath, value: Value)] = fields.compactMap { field in
            record[field.name].map { (FieldPath(field.name), $0) }
        }
        return try shape.wire(written, isNew: false).fields
    }

    private func delete(_ request: WriteRequest) async throws(AskFailure) -> WriteOutcome {
        guard let delete = collection.delete else {
            return .refused("records of '\(collection.name)' cannot be removed")
        }
        guard let gotten = try await current(request) else { return .moved }
        let own = names(of: request.id).with([
            ("record", .object(Object())), ("changes", .object(Object())), ("version", gotten.version), ("key", .null),
        ])
        do throws(AskFailure) {
            _ = try await asker.ask(delete.request, own) { (answer) throws(AskFailure) in
                try delete.gone?.holds(own.with(answer.names)) ?? false
            }
        } catch {
            guard case .gone = error else { throw error }
        }
        return .stored(.none)
    }

    /// Sets what has requests of its own, and tells what the record is in the end.
    private func stored(
        _ entry: Object, _ request: WriteRequest, _ wire: RecordShape.Wire, isNew: Bool
    ) async throws(AskFailure) -> WriteOutcome {
        let owner = isNew ? parent(in: request) : parent(of: request.id)
        try await noteFile(of: entry, request, parent: owner)
        var record = try shape.record(entry, parent: owner)
        guard let id = record.id(capabilities.idFields) else {
            return .uncertain("the record that was written has no id in the answer")
        }
        try await shape.loadNames(for: [record], reader)
        let named = shape.named(record)
        // What a new record belongs to is taken from the request where the answer has none.
        let pending = wire.sets.filter { set in
            isNew && set.field.name == collection.parent?.field || !shape.has(named, set.field, request)
        }
        if !pending.isEmpty {
            for (field, value) in pending {
                do throws(AskFailure) {
                    try await set(field, value, id, record)
                } catch {
                    guard isNew, let outcome = Self.outcome(ofIncomplete: error), await isTakenBack(id) else {
                        throw error
                    }
                    return outcome
                }
            }
            guard case .record(let gotten) = try await self.entry(id) else {
                return .uncertain("the record \(id) that was written cannot be read")
            }
            record = try shape.record(gotten.entry, parent: gotten.parent)
        }
        return .stored(
            record.encoded.fingerprint, as: StoredRecord(id: isNew ? id : nil, content: .object(shape.named(record))))
    }

    /// What a create comes to that could not be completed, and was taken back; nil where it must not be.
    private static func outcome(ofIncomplete failure: AskFailure) -> WriteOutcome? {
        switch failure {
        case .refused(let message): .refused(message)
        case .forbidden(let message): .forbidden(message)
        // What it belongs to was changed meanwhile by somebody else.
        case .moved(let message): .later(message, after: nil)
        default: nil
        }
    }

    /// Removes a record that was made a moment ago; false where it may still be there.
    private func isTakenBack(_ id: RecordID) async -> Bool {
        let outcome = try? await delete(WriteRequest(verb: .delete, id: id))
        if case .stored? = outcome { return true }
        return false
    }

    private func set(
        _ field: FieldDefinition, _ value: Value, _ id: RecordID, _ record: Object
    ) async throws(AskFailure) {
        guard let set = field.set else { return }
        var own = names(of: id).with([("value", value), ("choice", .null), ("version", .null)])
        if let list = set.choices, let choose = set.choose {
            var offered: [String] = []
            var chosen: Object?
            var pages = reader.pages(list, own)
            search: while let page = try await pages.next() {
                for entry in page.entries {
                    if try choose.holds(own, entry) {
                        chosen = entry
                        break search
                    }
                    if let name = entry["name"]?.text { offered.append(name) }
                }
            }
            guard let chosen else {
                throw .refused(
                    "'\(field.name)' cannot become '\(value.word ?? "")' from what it is now"
                        + (offered.isEmpty ? "" : "; possible: \(offered.joined(separator: ", "))"))
            }
            own.set("choice", .object(chosen))
        }
        _ = try await asker.ask(set.request, own)
    }
}

/// A UUID that follows from a key: where the same create is asked again, it has the same id. It has the form of a random one (RFC 9562,
/// section 5.4), for systems look at that.
private func uuid(_ key: String) -> String {
    let halves = ["1", "2"].map { Fingerprint(of: Array(($0 + key).utf8)).bits }
    let high = halves[0] & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
    let low = halves[1] & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
    let digits = [high, low].map { half in
        let text = String(half, radix: 16)
        return String(repeating: "0", count: 16 - text.utf8.count) + text
    }.joined()
    let parts = [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { range in
        digits.dropFirst(range.lowerBound).prefix(range.count)
    }
    return parts.joined(separator: "-")
}

extension RecordShape {
    /// Whether a field that has a request of its own holds already what is to be written.
    fileprivate func has(_ record: Object, _ field: FieldDefinition, _ request: WriteRequest) -> Bool {
        guard let wanted = request.fields.first(where: { $0.path == FieldPath(field.name) })?.value else { return true }
        return record[field.name]?.means(wanted) ?? wanted.isEmpty
    }
}
