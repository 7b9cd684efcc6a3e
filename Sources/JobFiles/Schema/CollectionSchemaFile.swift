package import Model
import Values

/// What is known of one collection, as `jobs/schemas/CONNECTION.COLLECTION.json` has it: JSON Schema, draft 2020-12, of one record, with
/// a few keys of our own.
package struct CollectionSchemaFile: Sendable {
    package var collection: CollectionName
    package var schema: CollectionSchema

    package init(_ collection: CollectionName, _ schema: CollectionSchema) {
        self.collection = collection
        self.schema = schema
    }

    /// The folder of these files, below the jobs folder.
    package static let folder = "schemas"

    /// The text of the file: always the same for the same schema, whatever the order of the fields.
    package var text: String { JSON.prettyText(.object(document)) }

    private var document: Object {
        var document: Object = [
            "$schema": .text("https://json-schema.org/draft/2020-12/schema"),
            "title": .text("\(collection.collection) of \(collection.connection)"),
            Key.version: .int(1), Key.connection: .text(collection.connection),
            Key.collection: .text(collection.collection), Key.values: .text(schema.values.word),
        ]
        if case .sampled(let records) = schema.origin { document[Key.sampled] = .int(Int64(records)) }
        document["type"] = .text("object")
        write(schema.fields, to: &document)
        if schema.isClosed { document["additionalProperties"] = .bool(false) }
        return document
    }

    private func write(_ fields: SchemaFields, to object: inout Object) {
        let sorted = fields.list.sorted { $0.name.precedesByBytes($1.name) }
        object["properties"] = .object(Object(sorted.map { ($0.name, .object(property($0))) }))
        let required = sorted.filter(\.isRequired).map(\.name)
        if !required.isEmpty { object["required"] = .list(required.map(Value.text)) }
    }

    private func property(_ field: SchemaField) -> Object {
        var property = Object()
        let spelling = schema.values == .text ? FieldSpelling.text : FieldSpelling(field.type)
        if let type = spelling.type { property["type"] = .text(type) }
        if let format = field.format ?? spelling.format { property["format"] = .text(format) }
        if spelling.type == "string", FieldSpelling(field.type) != spelling {
            property[Key.type] = .text(field.type.rawValue)
        }
        if let length = field.maximumLength { property["maxLength"] = .int(Int64(length)) }
        if !field.choices.isEmpty { property["enum"] = .list(field.choices) }
        if field.isReadOnly { property["readOnly"] = .bool(true) }
        if !field.fields.isEmpty { write(field.fields, to: &property) }
        return property
    }

    enum Key {
        static let version = "x-lockstep-version"
        static let connection = "x-lockstep-connection"
        static let collection = "x-lockstep-collection"
        static let values = "x-lockstep-values"
        static let sampled = "x-lockstep-sampled"
        static let type = "x-lockstep-type"
    }
}

/// A collection of a connection, as job files name them.
package struct CollectionName: Sendable, Hashable {
    package var connection: String
    package var collection: String

    package init(connection: String, collection: String) {
        self.connection = connection
        self.collection = collection
    }

    package static func == (a: CollectionName, b: CollectionName) -> Bool {
        a.connection.hasSameBytes(as: b.connection) && a.collection.hasSameBytes(as: b.collection)
    }

    package func hash(into hasher: inout Hasher) {
        connection.hashBytes(into: &hasher)
        collection.hashBytes(into: &hasher)
    }

    /// The name of the file that holds its schema: bytes that a file's name should not have stand as `%20`; a very long name is cut and
    /// told apart by a digest.
    package var fileName: String {
        var name = ""
        for byte in collection.utf8 {
            if Self.isPlain(byte) {
                name.unicodeScalars.append(Unicode.Scalar(byte))
            } else {
                let hex = String(byte, radix: 16, uppercase: true)
                name += "%" + (hex.count < 2 ? "0" : "") + hex
            }
        }
        if name.utf8.count > Self.longest {
            name = String(name.prefix(Self.longest)) + "~" + Fingerprint(of: Array(collection.utf8)).description
        }
        return "\(connection).\(name).json"
    }

    /// Leaves room for the rest of the name in the 255 bytes that file systems allow.
    private static let longest = 120

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

/// How JSON Schema says a type.
struct FieldSpelling: Hashable {
    var type: String?
    var format: String?

    static let text = FieldSpelling(.text)

    init(_ type: FieldType) {
        switch type {
        case .text: self.type = "string"
        case .int: self.type = "integer"
        case .decimal: self.type = "number"
        case .bool: self.type = "boolean"
        case .date: (self.type, format) = ("string", "date")
        case .timestamp: (self.type, format) = ("string", "date-time")
        case .list: self.type = "array"
        case .object: self.type = "object"
        case .any: break
        }
    }
}

extension ValueForm {
    var word: String {
        switch self {
        case .text: "text"
        case .json: "json"
        case .any: "any"
        }
    }

    init?(word: String) {
        switch word {
        case "text": self = .text
        case "json": self = .json
        case "any": self = .any
        default: return nil
        }
    }
}
