package import Model
package import Values

/// What a fake server is like: what it can do, and its habits.
package struct FakeOptions: Sendable {
    package enum Reading: Sendable, Hashable {
        case whole
        /// By changes since a cursor too; deletes are among them only where it keeps tombstones.
        case changes(tombstones: Bool)
    }

    /// What a server makes of the values that it is given.
    package enum Tidying: Sendable, Hashable {
        /// Text of a field is cut to so many characters, and loses the spaces around it.
        case trim(field: String, to: Int)
        /// Numbers of a field are rounded to whole ones.
        case round(field: String)
        case upperCase(field: String)
        /// Empty text of a field becomes null.
        case nullForEmpty(field: String)
    }

    /// Whether ids come from whoever makes a record (`fields`, `numbered`), or from the server.
    package var newIDs: NewIDs
    package var idFields: [FieldPath]
    /// What stands before the numbers that the server gives as ids; whole numbers where it is empty.
    package var idPrefix = ""
    package var reading = Reading.whole
    package var pageSize = 3
    /// Whether its pages name records only, so that each is asked for by a call of its own.
    package var getsEach = false
    /// How many ticks of its clock have the same time: what changes within them cannot be told apart by it.
    package var resolution = 1
    /// How many ticks the clock from which cursors are made is ahead of the server's own.
    package var skew = 0
    /// How many ticks before a cursor changes are read again.
    package var overlap = 4
    package var readsByID = false
    package var remembersKeys = false
    /// Whether a write is left alone where its record is no longer what it was.
    package var honoursConditions = true
    package var groupSize: Int? = 1
    package var tidyings: [Tidying] = []
    /// Whether the answer to a write has the record as it is now. Where it has not, its fingerprint is ``Fingerprint/none``.
    package var tellsWhatItStored = true
    /// Whether a listing says how many records there are.
    package var tellsCount = false
    /// Whether it can say in one cheap look that nothing changed.
    package var hasStamp = false
    package var values = ValueForm.json
    /// A field that the server sets to the time of each change.
    package var updatedField: String?
    /// What it says of its fields; nil where it says nothing.
    package var schema: CollectionSchema?
    /// What the server does not take: gives the outcome for a write that it refuses, from the write and the record as it would be.
    package var refuses: (@Sendable (_ write: WriteRequest, _ record: Object?) -> WriteOutcome?)?

    package init(newIDs: NewIDs = .fields, id: [String] = ["id"]) {
        self.newIDs = newIDs
        idFields = id.map { FieldPath($0) }
    }

    var capabilities: Capabilities {
        var capabilities = Capabilities(
            values: values, newIDs: newIDs, idFields: idFields, updatedField: updatedField.map { FieldPath($0) })
        capabilities.readsByID = readsByID
        capabilities.remembersKeys = remembersKeys
        capabilities.groupSize = groupSize
        return capabilities
    }
}

extension FakeOptions.Tidying {
    func tidy(_ record: inout Object) {
        switch self {
        case .trim(let field, let limit):
            guard let text = record[field]?.text else { return }
            let cut = String(text.prefix(limit))
            let words = cut.drop { $0 == " " }
            record[field] = .text(String(words.reversed().drop { $0 == " " }.reversed()))
        case .round(let field):
            if case .double(let number)? = record[field], let whole = Int64(exactly: number.rounded()) {
                record[field] = .int(whole)
            } else if case .decimal(let number)? = record[field], let value = Double(number.text),
                let whole = Int64(exactly: value.rounded())
            {
                record[field] = .int(whole)
            }
        case .upperCase(let field):
            if let text = record[field]?.text { record[field] = .text(text.uppercased()) }
        case .nullForEmpty(let field):
            if record[field]?.text?.isEmpty == true { record[field] = .null }
        }
    }
}
