package import Diagnostics
import Model
import Values

/// Why a file is no schema of a collection: what is wrong, and the names that lead there.
private struct SchemaMistake: Error {
    var message: String
    var path: [String]

    init(_ message: String, at path: [String]) {
        self.message = message
        self.path = path
    }
}

extension CollectionSchemaFile {
    /// Reads what ``text`` wrote, or a person who knows JSON Schema. Keys that say nothing of what is checked are passed over.
    ///
    /// - Throws: `bad-schema`, with its place.
    package init(_ source: SourceText) throws(Diagnostic) {
        let value: Value
        do throws(JSON.Failure) {
            value = try JSON.parse(source.bytes)
        } catch {
            let (line, column) = source.bytes.withUnsafeBytes { JSON.place(of: error.offset, in: $0) }
            let reason = source.bytes.withUnsafeBytes { error.reason(in: $0) }
            throw Self.bad("the schema is no JSON: \(reason)", Place(file: source.name, line: line, column: column))
        }
        do throws(SchemaMistake) {
            guard case .object(let object) = value else { throw SchemaMistake("a schema is an object", at: []) }
            self = try SchemaReading(object).file()
        } catch {
            throw Self.bad(error.message, JSONPlaces(source).place(of: error.path))
        }
        guard source.name.split(separator: "/").last.map(String.init) == collection.fileName else {
            throw Self.bad(
                "the schema of '\(shortened(collection.collection))' belongs into '\(collection.fileName)'",
                JSONPlaces(source).place(of: [Key.collection]))
        }
    }

    private static func bad(_ message: String, _ place: Place) -> Diagnostic {
        Diagnostic(
            JobFileCode.badSchema.severity, JobFileCode.badSchema.rawValue, message, at: place,
            hint: "'lockstep discover' writes it anew")
    }
}

/// Takes a document of JSON Schema for what it says of a collection.
private struct SchemaReading {
    typealias Key = CollectionSchemaFile.Key

    private let document: Object
    private let form: ValueForm

    private static let depthLimit = 32

    init(_ document: Object) throws(SchemaMistake) {
        self.document = document
        let version = document[Key.version]
        guard version == .int(1) else {
            let told = version.map { "it says \(JSON.text($0))" } ?? "it says none"
            throw SchemaMistake("this version of Lockstep reads schemas of version 1, and \(told)", at: [Key.version])
        }
        let word = try Self.text(document, Key.values, []) ?? "json"
        guard let form = ValueForm(word: word) else {
            throw SchemaMistake("'\(shortened(word))' is none of 'text', 'json' and 'any'", at: [Key.values])
        }
        self.form = form
    }

    func file() throws(SchemaMistake) -> CollectionSchemaFile {
        let connection = try needed(Key.connection)
        guard Naming.isName(connection) else {
            throw SchemaMistake("'\(shortened(connection))' is no name of a connection", at: [Key.connection])
        }
        let name = CollectionName(connection: connection, collection: try needed(Key.collection))
        let sampled = try Self.count(document, Key.sampled, [])
        let schema = CollectionSchema(
            origin: sampled.map(CollectionSchema.Origin.sampled) ?? .declared, values: form,
            isClosed: document["additionalProperties"] == .bool(false), fields: try fields(document, []))
        return CollectionSchemaFile(name, schema)
    }

    private func needed(_ key: String) throws(SchemaMistake) -> String {
        guard let text = try Self.text(document, key, []), !text.isEmpty else {
            throw SchemaMistake("a schema says in '\(key)' what it is of", at: [])
        }
        return text
    }

    private func fields(_ object: Object, _ path: [String]) throws(SchemaMistake) -> SchemaFields {
        guard let properties = object["properties"] else { return SchemaFields([]) }
        guard case .object(let properties) = properties, path.count < Self.depthLimit * 2 else {
            throw SchemaMistake("'properties' is an object with a schema for each field", at: path + ["properties"])
        }
        let required = try required(object, path)
        var fields: [SchemaField] = []
        for (name, value) in properties {
            let place = path + ["properties", name]
            guard case .object(let property) = value else {
                throw SchemaMistake("the schema of the field '\(shortened(name))' is no object", at: place)
            }
            var field = try self.field(name, property, place)
            field.isRequired = required.contains(TextKey(name))
            fields.append(field)
        }
        return SchemaFields(fields)
    }

    private func required(_ object: Object, _ path: [String]) throws(SchemaMistake) -> Set<TextKey> {
        guard let value = object["required"] else { return [] }
        let names = value.list?.compactMap(\.text)
        guard let names, names.count == value.list?.count else {
            throw SchemaMistake("'required' is a list of names of fields", at: path + ["required"])
        }
        return Set(names.map(TextKey.init))
    }

    private func field(_ name: String, _ property: Object, _ path: [String]) throws(SchemaMistake) -> SchemaField {
        let written = try Self.text(property, "format", path)
        let type = try type(property, format: written, path)
        let choices = property["enum"]
        guard choices == nil || choices?.list != nil else {
            throw SchemaMistake("'enum' is a list of values", at: path + ["enum"])
        }
        return SchemaField(
            name, type, isReadOnly: property["readOnly"] == .bool(true),
            maximumLength: try Self.count(property, "maxLength", path),
            choices: (choices?.list ?? []).filter { $0 != .null },
            format: FieldSpelling(type).format == written ? nil : written, fields: try fields(property, path))
    }

    private func type(_ property: Object, format: String?, _ path: [String]) throws(SchemaMistake) -> FieldType {
        if let own = try Self.text(property, Key.type, path) {
            guard let type = FieldType(rawValue: own) else {
                let known = FieldType.allCases.map(\.rawValue)
                throw SchemaMistake(
                    "'\(shortened(own))' is no type of a field; there are \(listed(known, joinedBy: "and"))",
                    at: path + [Key.type])
            }
            return type
        }
        guard let written = property["type"] else { return .any }
        let names = written.text.map { [$0] } ?? written.list?.compactMap(\.text) ?? []
        let types = names.filter { $0 != "null" }
        guard !names.isEmpty, names.allSatisfy({ $0 == "null" || Self.types.keys.contains($0) }) else {
            throw SchemaMistake(
                "\(JSON.text(written)) is no type of JSON Schema; there are \(listed(Self.types.keys.sorted(), joinedBy: "and"))",
                at: path + ["type"])
        }
        guard types.count == 1, let type = Self.types[types[0]] else { return .any }
        return type == .text ? Self.formats[format ?? ""] ?? .text : type
    }

    private static let types: [String: FieldType] = [
        "string": .text, "integer": .int, "number": .decimal, "boolean": .bool, "array": .list, "object": .object,
    ]
    private static let formats: [String: FieldType] = ["date": .date, "date-time": .timestamp]

    private static func text(_ object: Object, _ key: String, _ path: [String]) throws(SchemaMistake) -> String? {
        guard let value = object[key] else { return nil }
        guard let text = value.text else { throw SchemaMistake("'\(key)' is a text", at: path + [key]) }
        return text
    }

    private static func count(_ object: Object, _ key: String, _ path: [String]) throws(SchemaMistake) -> Int? {
        guard let value = object[key] else { return nil }
        guard case .int(let number) = value, number >= 0, let count = Int(exactly: number) else {
            throw SchemaMistake("'\(key)' is a whole number from 0 on", at: path + [key])
        }
        return count
    }
}
