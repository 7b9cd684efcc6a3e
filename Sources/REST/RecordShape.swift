internal import Model
internal import Values

/// What a system's entries look like as records, and records as what a system is given.
struct RecordShape: Sendable {
    let collection: CollectionDefinition
    /// Fields that the settings name beside those of the definition.
    let further: [FieldPath]
    let lookups: Lookups
    let names: Names
    /// Where files are known from; nil where records are read without them.
    var files: EntryFiles?

    /// The look-ups that its fields need.
    var lookupNames: [String] { Set(collection.fields.compactMap(\.lookup)).sorted() }

    /// The record of an entry. Where a look-up stands for ids, it still has those: ``named(_:)`` puts names in their place.
    ///
    /// - Parameter parent: the id of the record that it belongs to, where it stands in a list of that one's.
    func record(_ entry: Object, parent: Value?) throws(AskFailure) -> Object {
        var unmet: Set<Int> = []
        return try record(entry, parent: parent, unmet: &unmet)
    }

    /// - Parameter unmet: the numbers of fields that no entry had so far: those that this one has leave it.
    func record(_ entry: Object, parent: Value?, unmet: inout Set<Int>) throws(AskFailure) -> Object {
        let names = parent.map { self.names.with([("parent", $0)]) } ?? self.names
        var record = Object(minimumCapacity: collection.fields.count + further.count)
        for (number, field) in collection.fields.enumerated() {
            if field.file != nil {
                unmet.remove(number)
                record.append(field.name, .null)
                continue
            }
            var value: Value?
            if let read = field.read {
                value = try read.findIfThere(names, entry)
            } else {
                value = entry[field.name]
            }
            if value == nil || value == .null, let parent, collection.parent?.field == field.name { value = parent }
            if value != nil, !unmet.isEmpty { unmet.remove(number) }
            record.append(field.name, try meant(value ?? .null, field))
        }
        for path in further { _ = record.set(entry.value(at: path) ?? .null, at: path) }
        if let field = collection.fileField, let definition = field.file,
            let id = record.id(collection.id.map { FieldPath($0) })
        {
            record[field.name] = try fileValue(definition, of: entry, id)
        }
        return record
    }

    /// Whether a record has an id for which a look-up has no name.
    func hasUnknownNames(_ record: Object) -> Bool {
        collection.fields.contains { field in
            guard let lookup = field.lookup, let value = record[field.name] else { return false }
            let table = lookups.table(lookup)
            return (value.list ?? [value]).contains { !$0.isEmpty && table?.name(of: $0) == nil }
        }
    }

    /// A record with names in the place of ids. An id that has none stays.
    func named(_ record: Object) -> Object {
        var record = record
        for field in collection.fields {
            guard let lookup = field.lookup, let table = lookups.table(lookup),
                let at = record.position(of: field.name)
            else { continue }
            record.update(at: at) { value in
                if case .list(let keys) = value {
                    value = .list(keys.map { table.name(of: $0) ?? $0 })
                } else {
                    value = table.name(of: value) ?? value
                }
            }
        }
        return record
    }

    /// Asks for what is needed to name the ids of records.
    func loadNames(for records: some Sequence<Object>, _ reader: ListReader) async throws(AskFailure) {
        guard !lookupNames.isEmpty else { return }
        try await lookups.load(lookupNames, reader, names)
        if records.contains(where: hasUnknownNames) { try await lookups.load(lookupNames, reader, names, again: true) }
    }

    private func meant(_ value: Value, _ field: FieldDefinition) throws(AskFailure) -> Value {
        if case .null = value { return .null }
        if field.lookup != nil { return value }
        if let markup = field.markup { return Markup.text(value, markup) }
        guard let type = ValueType(rawValue: field.type.rawValue) else { return value }
        if let format = field.format { return format.value(value, type) ?? value }
        return (try? type.convert(value)) ?? value
    }

    /// Why a field cannot be given to the system.
    struct Refusal: Error {
        var message: String
    }

    struct Wire {
        /// What a create or an update sends.
        var fields = Object()
        /// Fields that are set by requests of their own, with what is to be set.
        var sets: [(field: FieldDefinition, value: Value)] = []
    }

    /// - Parameter isNew: of a create, in which fields may be set that cannot be changed later.
    func wire(_ fields: [(path: FieldPath, value: Value)], isNew: Bool) throws(Refusal) -> Wire {
        var wire = Wire()
        for (path, value) in fields {
            guard let step = path.steps.first, let field = collection.field(step), path.steps.count == 1 else {
                try add(path, value, to: &wire)
                continue
            }
            if field.isReadOnly { throw Refusal(message: "only the system sets '\(field.name)'") }
            if field.isCreateOnly, !isNew {
                throw Refusal(message: "'\(field.name)' is set when a record is made, and not later")
            }
            let spelled = try self.spelled(value, field)
            if field.set != nil {
                wire.sets.append((field, spelled))
            } else if !wire.fields.set(spelled, at: field.write) {
                throw Refusal(message: "the field '\(field.name)' lies inside something that is no object")
            }
        }
        return wire
    }

    private func add(_ path: FieldPath, _ value: Value, to wire: inout Wire) throws(Refusal) {
        let isKnown = !collection.isClosed || further.contains { $0.overlaps(path) }
        guard isKnown || path.steps.first.flatMap(collection.field) != nil else {
            throw Refusal(message: "there is no field '\(path)'")
        }
        guard wire.fields.set(value, at: path) else {
            throw Refusal(message: "the field '\(path)' lies inside something that is no object")
        }
    }

    private func spelled(_ value: Value, _ field: FieldDefinition) throws(Refusal) -> Value {
        var spelled = value
        if let lookup = field.lookup { spelled = try key(value, lookup) }
        if let format = field.format { spelled = format.spelled(spelled) }
        spelled = Self.carried(spelled)
        if let markup = field.markup { spelled = Markup.value(spelled, markup) }
        guard let wire = field.wire else { return spelled }
        do throws(AskFailure) {
            return try wire.find(names.with([("value", spelled)]))
        } catch {
            throw Refusal(message: error.message)
        }
    }

    private func key(_ value: Value, _ lookup: String) throws(Refusal) -> Value {
        if value.isEmpty { return .null }
        let table = lookups.table(lookup)
        func key(_ name: Value) throws(Refusal) -> Value {
            if let key = table?.key(of: name) { return key }
            let known = table?.keys.keys.map(\.text).sorted { $0.precedesByBytes($1) }.prefix(20) ?? []
            throw Refusal(
                message: "the system has no '\(name.word ?? "")' among its \(lookup)"
                    + (known.isEmpty ? "" : ": it has \(known.joined(separator: ", "))"))
        }
        if case .list(let names) = value { return .list(try names.map { name throws(Refusal) in try key(name) }) }
        return try key(value)
    }

    /// Whether a name that is to be written is unknown, so that the look-ups may be old.
    func needsNewLookups(_ fields: [(path: FieldPath, value: Value)]) -> Bool {
        fields.contains { path, value in
            guard let field = path.steps.first.flatMap(collection.field), let lookup = field.lookup, !value.isEmpty
            else {
                return false
            }
            let table = lookups.table(lookup)
            return (value.list ?? [value]).contains { table?.key(of: $0) == nil }
        }
    }

    /// Values as JSON has them.
    private static func carried(_ value: Value) -> Value {
        switch value {
        case .timestamp, .date, .duration, .bytes: .text(ValueType.text.spell(value))
        case .list(let values): .list(values.map(carried))
        case .object(let object): .object(Object(object.map { ($0, carried($1)) }))
        default: value
        }
    }
}

extension Object {
    /// The record as bytes that give it back, and their fingerprint.
    var encoded: (bytes: [UInt8], fingerprint: Fingerprint) {
        var bytes: [UInt8] = []
        StateJSON.write(.object(self), to: &bytes)
        return (bytes, Fingerprint(of: bytes))
    }
}
