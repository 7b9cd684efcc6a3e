package import Values

/// What an endpoint can do, as data: the planner reads it, and plans nothing else.
package struct Capabilities: Sendable {
    package var canCreate: Bool
    package var canUpdate: Bool
    package var canDelete: Bool
    package var values: ValueForm
    package var newIDs: NewIDs
    /// The fields that make the id; empty where the id is none of the record's fields.
    package var idFields: [FieldPath]
    /// The field that says when a record was last changed.
    package var updatedField: FieldPath?
    /// Whether records can be asked for by id, so that one that is missing from a reading can be told from one that is gone.
    package var readsByID = false
    /// Whether a create that is asked for again under its ``WriteRequest/key`` makes no second record.
    package var remembersKeys = false
    /// How many writes are asked for at a time, each with an outcome of its own; nil where a batch takes effect as one, as a file does.
    package var groupSize: Int?
    /// Whether its records lie on this host, so that nobody is asked for them.
    package var isLocal = false
    /// The file that holds the records, where one does.
    package var file: String?

    package init(
        canCreate: Bool = true, canUpdate: Bool = true, canDelete: Bool = true, values: ValueForm = .json,
        newIDs: NewIDs, idFields: [FieldPath], updatedField: FieldPath? = nil
    ) {
        self.canCreate = canCreate
        self.canUpdate = canUpdate
        self.canDelete = canDelete
        self.values = values
        self.newIDs = newIDs
        self.idFields = idFields
        self.updatedField = updatedField
    }
}

/// Which values a collection can hold.
package enum ValueForm: Sendable, Hashable {
    /// Text and nothing else: CSV. There is no telling null from the empty text.
    case text
    /// What JSON can say.
    case json
    /// Every kind of ``Value``.
    case any
}

/// Where the id of a new record comes from.
package enum NewIDs: Sendable, Hashable {
    /// From the fields that make it, which the mapping must set.
    case fields
    /// From the system, once the record is made.
    case assigned
    /// The next number after the greatest, between a prefix and a suffix; unless the mapping sets the field.
    case numbered(prefix: String, suffix: String)

    /// The number in an id of this form; nil for another form, and for a number past 18 digits.
    package static func number(in id: UnsafeRawBufferPointer, prefix: String, suffix: String) -> Int64? {
        let start = prefix.utf8.count
        let end = id.count - suffix.utf8.count
        guard end > start, end - start <= 18, matches(id, prefix, at: 0), matches(id, suffix, at: end) else {
            return nil
        }
        var number: Int64 = 0
        for at in start..<end {
            let digit = id[at] &- 0x30
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }

    private static func matches(_ id: UnsafeRawBufferPointer, _ text: String, at offset: Int) -> Bool {
        if text.isEmpty { return true }
        return text.utf8.enumerated().allSatisfy { at, byte in id[offset + at] == byte }
    }
}
