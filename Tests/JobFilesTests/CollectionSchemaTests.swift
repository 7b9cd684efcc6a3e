import Diagnostics
import JobFiles
import Model
import Testing
import Values

/// The files of `jobs/schemas/`, and job files that agree with them.
struct CollectionSchemaTests {
    private static let clients = CollectionName(connection: "desk", collection: "clients")

    private static func file(_ schema: CollectionSchema) -> CollectionSchemaFile {
        CollectionSchemaFile(clients, schema)
    }

    private static let declared = CollectionSchema(
        origin: .declared, values: .json, isClosed: true,
        fields: SchemaFields([
            SchemaField("title", .text, isRequired: true, maximumLength: 40),
            SchemaField("state", .text, choices: [.text("open"), .text("done")]),
            SchemaField("email", .text, format: "email"), SchemaField("id", .int, isReadOnly: true),
            SchemaField("born", .date), SchemaField("seen", .timestamp), SchemaField("price", .decimal),
            SchemaField("on", .bool), SchemaField("tags", .list), SchemaField("extra", .any),
            SchemaField(
                "user", .object,
                fields: SchemaFields([SchemaField("na\"me", .text, isRequired: true), SchemaField("a", .int)])),
        ]))

    @Test("a schema is JSON Schema, its fields sorted by name")
    func text() {
        let schema = CollectionSchema(
            origin: .sampled(records: 3), values: .text, isClosed: true,
            fields: SchemaFields([
                SchemaField("name", .text), SchemaField("hours", .int), SchemaField("none", .any),
                SchemaField("born", .date),
            ]))
        #expect(
            Self.file(schema).text == """
                {
                  "$schema": "https://json-schema.org/draft/2020-12/schema",
                  "title": "clients of desk",
                  "x-lockstep-version": 1,
                  "x-lockstep-connection": "desk",
                  "x-lockstep-collection": "clients",
                  "x-lockstep-values": "text",
                  "x-lockstep-sampled": 3,
                  "type": "object",
                  "properties": {
                    "born": {
                      "type": "string",
                      "x-lockstep-type": "date"
                    },
                    "hours": {
                      "type": "string",
                      "x-lockstep-type": "int"
                    },
                    "name": {
                      "type": "string"
                    },
                    "none": {
                      "type": "string",
                      "x-lockstep-type": "any"
                    }
                  },
                  "additionalProperties": false
                }

                """)
    }

    @Test("what was written is read back, whatever it holds", arguments: [ValueForm.text, .json, .any])
    func roundTrip(form: ValueForm) throws {
        var schema = Self.declared
        schema.values = form
        for origin in [CollectionSchema.Origin.declared, .sampled(records: 12)] {
            schema.origin = origin
            for isClosed in [true, false] {
                schema.isClosed = isClosed
                let text = Self.file(schema).text
                let read = try CollectionSchemaFile(SourceText(name: "jobs/schemas/desk.clients.json", text))
                #expect(read.text == text)
                #expect(read.collection == Self.clients)
                #expect(read.schema.isDeclared == schema.isDeclared)
                let types = { (schema: CollectionSchema) in
                    schema.fields.list.map { "\($0.name) \($0.type)" }.sorted()
                }
                #expect(types(read.schema) == types(schema))
            }
        }
    }

    @Test("the order in which a system names its fields leaves no trace")
    func order() {
        var other = Self.declared
        other.fields = SchemaFields(other.fields.list.reversed())
        #expect(Self.file(other).text == Self.file(Self.declared).text)
    }

    @Test(
        "a collection of any name has a file, and two never the same",
        arguments: [
            ("clients", "desk.clients.json"), ("a/b", "desk.a%2Fb.json"), ("..", "desk.%2E%2E.json"),
            ("Due Date", "desk.Due%20Date.json"), ("straße", "desk.stra%C3%9Fe.json"), ("a%2Fb", "desk.a%252Fb.json"),
            ("\u{0}", "desk.%00.json"), ("a.b", "desk.a%2Eb.json"),
        ])
    func names(collection: String, file: String) {
        #expect(CollectionName(connection: "desk", collection: collection).fileName == file)
    }

    @Test("a very long name is cut, and still its own")
    func longNames() {
        let a = CollectionName(connection: "desk", collection: String(repeating: "é", count: 300) + "a").fileName
        let b = CollectionName(connection: "desk", collection: String(repeating: "é", count: 300) + "b").fileName
        #expect(a != b)
        #expect(a.utf8.count < 200 && b.utf8.count < 200)
    }

    @Test("what job files do as their schemas allow is passed over in silence")
    func silent() {
        let folder = Folder([
            "crm.yaml": """
            job: crm
            left: files
            right: desk
            syncs:
              companies:
                left:
                  collection: customers
                  filter: status != 'gone' && int(hours) > 3 && (has(note) || note == '')
                right: clients
                match: email <-> user.email
                fields:
                  - name <-> title
                  - email <-> user.email
                  - hours <-> minutes: {type: int}
                  - born <-> birthday: {type: date}
                  - note <-> extra.anything
                  - status <-> state: {values: {New: open, Closed: done}}
                  - id <- number
                  - name + '!' -> user.name
                  - "'open' -> label"
                deletes: archive
                archive: {right: {state: done}, left: {status: Closed}}
              unknown:
                left: nothing
                right: known
                fields:
                  - whatever <-> whatever
            """,
            "schemas/files.customers.json": Self.text(
                "files", "customers", .text, isClosed: true,
                [
                    ("id", .int), ("name", .text), ("email", .text), ("hours", .int), ("born", .date), ("note", .any),
                    ("status", .text),
                ]),
            "schemas/desk.clients.json": CollectionSchemaFile(
                Self.clients,
                CollectionSchema(
                    origin: .declared, values: .json, isClosed: true,
                    fields: SchemaFields([
                        SchemaField("title", .text, isRequired: true, maximumLength: 40), SchemaField("minutes", .int),
                        SchemaField("state", .text, isRequired: true, choices: [.text("open"), .text("done")]),
                        SchemaField("number", .int, isRequired: true, isReadOnly: true), SchemaField("birthday", .date),
                        SchemaField("label", .text, maximumLength: 4, choices: [.text("open")]),
                        SchemaField("extra", .object),
                        SchemaField(
                            "user", .object, isRequired: true,
                            fields: SchemaFields([
                                SchemaField("email", .text), SchemaField("name", .text, isRequired: true),
                            ])),
                    ]))
            ).text,
            "schemas/desk.known.json": Self.text("desk", "known", .json, isClosed: false, [("whatever", .text)]),
        ])
        #expect(folder.page(folder.check().diagnostics) == "")
    }

    @Test("a collection that two syncs read from different places is held against no schema")
    func severalPlaces() {
        let job = """
            job: crm
            left: files
            right: desk
            syncs:
              one:
                left: {collection: customers, file: a.csv}
                right: clients
                fields: [nothing -> name]
              two:
                left: {collection: customers, file: b.csv}
                right: clients
                fields: [nothing -> name]
            """
        let schema = Self.text("files", "customers", .text, isClosed: true, [("id", .int)])
        func unknown(_ job: String) -> Int {
            Folder(["crm.yaml": job, "schemas/files.customers.json": schema]).codes().count { $0 == "unknown-field" }
        }
        #expect(unknown(job) == 0)
        #expect(unknown(job.replacing("b.csv", with: "a.csv")) == 2)
    }

    @Test("what a schema says keeps no job from running")
    func jobsRun() {
        let folder = Folder([
            "crm.yaml": """
            job: crm
            left: files
            right: desk
            syncs:
              one:
                left: customers
                right: clients
                fields: [nothing -> name]
            """,
            "schemas/files.customers.json": Self.text("files", "customers", .text, isClosed: true, [("id", .int)]),
        ])
        let checked = folder.check()
        #expect(checked.hasErrors)
        #expect(checked.jobs.map(\.name) == ["crm"])
    }

    private static func text(
        _ connection: String, _ collection: String, _ form: ValueForm, isClosed: Bool,
        _ fields: [(String, FieldType)]
    ) -> String {
        CollectionSchemaFile(
            CollectionName(connection: connection, collection: collection),
            CollectionSchema(
                origin: .sampled(records: 4), values: form, isClosed: isClosed,
                fields: SchemaFields(fields.map { SchemaField($0.0, $0.1) }))
        ).text
    }
}
