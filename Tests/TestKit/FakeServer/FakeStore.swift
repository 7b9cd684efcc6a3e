import Model
import Values

/// The records of a fake server and what it remembers beside them.
struct FakeStore: Sendable {
    struct Entry: Sendable {
        var record: Object
        /// By the server's clock; several changes may have the same.
        var updated: Int
    }

    let options: FakeOptions
    /// In the order in which they are listed.
    var order: [RecordID] = []
    var entries: [RecordID: Entry] = [:]
    /// When records were deleted.
    private(set) var tombstones: [RecordID: Int] = [:]
    private var keys: [String: RecordID] = [:]
    var clock = 0
    private var lastNumber: Int64 = 0
    private(set) var version = 0
    var log: [FakeEffect] = []

    init(_ options: FakeOptions) { self.options = options }

    var records: [Object] { order.compactMap { entries[$0]?.record } }

    var time: Int { clock / max(1, options.resolution) }

    /// Stores a record as the server would have it, and gives its id; nil where nothing in it is one and none can be given.
    mutating func put(_ record: Object) -> RecordID? {
        var record = record
        guard let id = id(of: record) ?? giveID(&record) else { return nil }
        store(record, id)
        return id
    }

    func id(of record: Object) -> RecordID? {
        let values = options.idFields.compactMap { record.value(at: $0) }
        guard values.count == options.idFields.count else { return nil }
        return RecordID(values.count == 1 ? values[0] : .list(values))
    }

    mutating func remove(_ id: RecordID) {
        guard entries[id] != nil else { return }
        tick()
        entries[id] = nil
        order.removeAll { $0 == id }
        tombstones[id] = time
    }

    /// A new time without a change.
    mutating func touch(_ id: RecordID) {
        tick()
        let now = time
        entries[id]?.updated = now
    }

    private mutating func tick() {
        clock += 1
        version += 1
    }

    @discardableResult
    private mutating func store(_ record: Object, _ id: RecordID) -> Object {
        tick()
        var record = record
        for tidying in options.tidyings { tidying.tidy(&record) }
        if let field = options.updatedField {
            record[field] = .text("\(Timestamp(seconds: 1_795_255_200 + Int64(time)) ?? .earliest)")
        }
        if entries[id] == nil { order.append(id) }
        entries[id] = Entry(record: record, updated: time)
        tombstones[id] = nil
        return record
    }

    private mutating func giveID(_ record: inout Object) -> RecordID? {
        guard case .assigned = options.newIDs, options.idFields.count == 1 else { return nil }
        var value = Value.null
        repeat {
            lastNumber += 1
            value = options.idPrefix.isEmpty ? .int(lastNumber) : .text("\(options.idPrefix)\(lastNumber)")
        } while RecordID(value).map { entries[$0] != nil || tombstones[$0] != nil } ?? false
        record.set(value, at: options.idFields[0])
        return RecordID(value)
    }
}

// What is asked for through an endpoint.
extension FakeStore {
    /// Does what a request asks for.
    mutating func settle(_ request: WriteRequest) -> WriteOutcome {
        if request.verb == .create { return create(request) }
        guard let entry = entries[request.id] else { return .moved }
        if options.honoursConditions, request.precondition != .none, request.precondition != entry.record.fingerprint {
            return .moved
        }
        if request.verb == .update { return update(request, entry.record) }
        if let refused = options.refuses?(request, entry.record) { return refused }
        remove(request.id)
        log.append(FakeEffect(request, request.id))
        return .stored(.none)
    }

    private mutating func update(_ request: WriteRequest, _ old: Object) -> WriteOutcome {
        var record = old
        if let refused = set(request, in: &record) { return refused }
        guard id(of: record) == request.id else { return .refused("the fields of the record's id cannot change") }
        return stored(record, request, request.id)
    }

    private mutating func create(_ request: WriteRequest) -> WriteOutcome {
        if options.remembersKeys, let key = request.key, let id = keys[key], let entry = entries[id] {
            return outcome(entry.record, asked: nil, isAssigned ? id : nil)
        }
        if isAssigned { return createUnderNewID(request) }
        if let entry = entries[request.id] {
            let isSame = request.fields.allSatisfy { field in
                entry.record.value(at: field.path).map { $0.means(field.value) } ?? false
            }
            return isSame ? .stored(entry.record.fingerprint) : .moved
        }
        var record = Object()
        let parts = options.idFields.count == 1 ? [request.id.value] : request.id.value.list ?? []
        guard parts.count == options.idFields.count else { return .refused("the id has the wrong number of parts") }
        for (field, part) in zip(options.idFields, parts) { record.set(part, at: field) }
        if let refused = set(request, in: &record) { return refused }
        guard id(of: record) == request.id else { return .refused("the fields of the record's id cannot change") }
        return stored(record, request, request.id)
    }

    private mutating func createUnderNewID(_ request: WriteRequest) -> WriteOutcome {
        var record = Object()
        if let refused = set(request, in: &record) { return refused }
        guard let id = giveID(&record) else { return .refused("no id can be given") }
        return stored(record, request, id)
    }

    private var isAssigned: Bool { if case .assigned = options.newIDs { true } else { false } }

    private func set(_ request: WriteRequest, in record: inout Object) -> WriteOutcome? {
        for field in request.fields where !record.set(field.value, at: field.path) {
            return .refused("the field '\(field.path)' lies inside something that is no object")
        }
        return options.refuses?(request, record)
    }

    private mutating func stored(_ record: Object, _ request: WriteRequest, _ id: RecordID) -> WriteOutcome {
        let kept = store(record, id)
        log.append(FakeEffect(request, id))
        if let key = request.key, request.verb == .create { keys[key] = id }
        return outcome(kept, asked: record, request.verb == .create && isAssigned ? id : nil)
    }

    private func outcome(_ kept: Object, asked: Object?, _ id: RecordID?) -> WriteOutcome {
        guard options.tellsWhatItStored else {
            return .stored(.none, as: id.map { StoredRecord(id: $0) })
        }
        let content = asked == kept ? nil : Value.object(kept)
        if id == nil, content == nil { return .stored(kept.fingerprint) }
        return .stored(kept.fingerprint, as: StoredRecord(id: id, content: content))
    }
}

extension Object {
    /// The record's fingerprint as the fake server has it.
    var fingerprint: Fingerprint {
        var bytes: [UInt8] = []
        StateJSON.write(.object(self), to: &bytes)
        return Fingerprint(of: bytes)
    }
}
