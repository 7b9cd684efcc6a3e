package import CEL
package import Diagnostics
package import Values

/// A collection of a system: its fields, and the requests that read and write it.
package struct CollectionDefinition: Sendable {
    package var name: String
    package var summary: String
    package var place: Place
    /// The fields that make the id.
    package var id: [String]
    /// The field that says when a record was last changed.
    package var updated: String?
    package var fields: [FieldDefinition]
    /// Whether records have no fields but these, so that a job may name no others.
    package var isClosed: Bool
    /// The collection whose records these belong to, and the field that has the other's id; nil where they stand alone.
    package var parent: ParentRule?
    package var list: ListDefinition?
    package var get: GetDefinition?
    package var create: WriteDefinition?
    package var update: WriteDefinition?
    package var delete: WriteDefinition?
    /// Finds what guards a record against being changed meanwhile, in the answer that has it.
    package var version: Program?
    /// Which records webhooks are about; nil where none are taken.
    package var webhook: WebhookEvents?

    package init(
        name: String, summary: String, place: Place, id: [String], updated: String?, fields: [FieldDefinition],
        isClosed: Bool, parent: ParentRule?
    ) {
        self.name = name
        self.summary = summary
        self.place = place
        self.id = id
        self.updated = updated
        self.fields = fields
        self.isClosed = isClosed
        self.parent = parent
    }

    package func field(_ name: TextKey) -> FieldDefinition? { fields.first { $0.key == name } }
}

package struct ParentRule: Sendable {
    package var collection: String
    /// The field of a record here that has the id of the one it belongs to.
    package var field: String
    /// Finds these records in the other's own entry, so that nothing has to be asked for them.
    package var records: Program?

    package init(collection: String, field: String) {
        self.collection = collection
        self.field = field
    }
}

/// A field of a collection: what it holds, where it is found, and how it is set.
package struct FieldDefinition: Sendable {
    /// How text with marks is carried: jobs have plain text.
    package enum Markup: String, Sendable, CaseIterable { case html, adf }

    package var key: TextKey
    package var type: FieldType
    package var isRequired: Bool
    package var isReadOnly: Bool
    /// Whether it is set when a record is made, and never later.
    package var isCreateOnly = false
    package var maximumLength: Int?
    package var choices: [Value]
    /// How a date or an instant is written; ISO 8601 if nil.
    package var format: StampFormat?
    package var markup: Markup?
    /// The look-up whose names stand for the ids on the wire.
    package var lookup: String?
    /// Finds the value in what the system gives; nil for what stands under the field's own name.
    package var read: Program?
    /// Where the value is put in what the system is given.
    package var write: FieldPath
    /// Makes of the value what is put there; nil for the value itself.
    package var wire: Program?
    /// The request that sets it, where an update of the record does not.
    package var set: SetDefinition?
    /// The file that it stands for; nil where it is what it holds.
    package var file: FileDefinition?

    package init(_ name: String, _ type: FieldType) {
        key = TextKey(name)
        self.type = type
        isRequired = false
        isReadOnly = false
        choices = []
        write = FieldPath(name)
    }

    package var name: String { key.text }
}

/// How a system spells instants and dates.
package enum StampFormat: Sendable, Hashable {
    case pattern(DateFormat)
    /// Seconds, or milliseconds, since 1970-01-01T00:00:00Z.
    case epoch, epochMilliseconds
}

/// A field that is set by a request of its own, such as a status that only transitions change.
package struct SetDefinition: Sendable {
    /// The request that tells what may be chosen now; nil where nothing has to be asked.
    package var choices: ListDefinition?
    /// Whether an entry is the one for `value`.
    package var choose: Program?
    package var request: RequestTemplate

    package init(choices: ListDefinition?, choose: Program?, request: RequestTemplate) {
        self.choices = choices
        self.choose = choose
        self.request = request
    }
}
