internal import Model
package import Values

/// The records of a collection in memory, and how often they changed.
struct MemoryStore: Sendable {
    private let idFields: [FieldPath]
    /// The records in their order; nil where one was removed.
    private var slots: [Object?] = []
    private var positions: [RecordID: Int] = [:]
    private var version = 0

    init(_ records: [Object], _ idFields: [FieldPath]) {
        self.idFields = idFields
        replace(with: records)
    }

    var records: [Object] { slots.compactMap(\.self) }

    var stamp: CollectionStamp { CollectionStamp("\(version)") }

    mutating func replace(with records: [Object]) {
        slots = records
        positions = [:]
        for (at, record) in records.enumerated() {
            if let id = record.id(idFields) { positions[id] = at }
        }
        version += 1
    }

    /// Does what a request asks for.
    mutating func settle(_ request: WriteRequest) -> WriteOutcome {
        guard let at = positions[request.id], let record = slots[at] else {
            return request.verb == .create ? create(request) : .moved
        }
        let fingerprint = record.fingerprint
        if request.verb == .create {
            let isSame = request.fields.allSatisfy { field in
                record.value(at: field.path).map { $0.means(field.value) } ?? false
            }
            return isSame ? .stored(fingerprint) : .moved
        }
        if request.precondition != .none, request.precondition != fingerprint { return .moved }
        return request.verb == .update ? update(at, record, request) : remove(at, request.id)
    }

    private mutating func create(_ request: WriteRequest) -> WriteOutcome {
        let parts: [Value]
        if idFields.count == 1 {
            parts = [request.id.value]
        } else if case .list(let list) = request.id.value, list.count == idFields.count {
            parts = list
        } else {
            return .refused("the id '\(request.id)' does not have \(idFields.count) parts")
        }
        var record = Object()
        for (field, part) in zip(idFields, parts) { record.set(part, at: field) }
        if let refused = set(request, in: &record) { return refused }
        positions[request.id] = slots.count
        slots.append(record)
        version += 1
        return .stored(record.fingerprint)
    }

    private mutating func update(_ at: Int, _ record: Object, _ request: WriteRequest) -> WriteOutcome {
        var record = record
        if let refused = set(request, in: &record) { return refused }
        slots[at] = record
        version += 1
        return .stored(record.fingerprint)
    }

    private mutating func remove(_ at: Int, _ id: RecordID) -> WriteOutcome {
        slots[at] = nil
        positions[id] = nil
        version += 1
        return .stored(.none)
    }

    private func set(_ request: WriteRequest, in record: inout Object) -> WriteOutcome? {
        for field in request.fields where !record.set(field.value, at: field.path) {
            return .refused(leadsThroughValue(field.path))
        }
        return record.id(idFields) == request.id ? nil : .refused("the fields of the record's id cannot change")
    }
}

extension Object {
    /// The record's fingerprint as a collection in memory has it.
    package var fingerprint: Fingerprint {
        var bytes: [UInt8] = []
        StateJSON.write(.object(self), to: &bytes)
        return Fingerprint(of: bytes)
    }
}
