import Model
import Testing
import Values

@testable import JobFiles

struct SchemaTests {
    private func schema(_ kind: JobFileSchema) throws -> Value {
        try JSON.parse(Array(kind.text(connectors: Catalogue.connectors).utf8))
    }

    private func value(_ value: Value, _ path: String...) throws -> Value {
        try path.reduce(value) { value, name in try #require(value.object?[name], "no \(name)") }
    }

    @Test("a schema is JSON, of the draft that it names", arguments: JobFileSchema.allCases)
    func draft(kind: JobFileSchema) throws {
        let schema = try schema(kind)
        #expect(try value(schema, "$schema") == .text("https://json-schema.org/draft/2020-12/schema"))
        #expect(try value(schema, "type") == .text("object"))
    }

    @Test("every key of a job, a sync and a field is in the schema, with what it is for")
    func keys() throws {
        let job = try schema(.job)
        let sync = try value(job, "properties", "syncs", "additionalProperties")
        for (table, place) in [(KeyTable.job, job), (.sync, sync)] {
            for key in table.keys {
                let description = try value(place, "properties", key.name, "description").text
                #expect(description?.hasPrefix(key.summary) == true)
            }
        }
        let fields = JSON.prettyText(try value(sync, "properties", "fields"))
        for key in KeyTable.field.keys { #expect(fields.contains("\"\(key.name)\": {")) }
        #expect(try value(sync, "required") == .list(["left", "right", "fields"].map(Value.text)))
        #expect(try value(sync, "additionalProperties") == .bool(false))
    }

    @Test(
        "the definition of a collection names its keys, and has none of those that connections and collections of jobs take"
    )
    func definitions() throws {
        let properties = try value(schema(.connector), "properties")
        let place = try value(properties, "collections", "additionalProperties", "properties")
        #expect(Set(place.object?.map(\.0) ?? []) == Set(KeyTable.collectionDefinition.keys.map(\.name)))
        let field = try value(place, "fields", "additionalProperties", "properties")
        #expect(Set(field.object?.map(\.0) ?? []) == Set(KeyTable.definitionField.keys.map(\.name)))
    }

    @Test("what a connection may set depends on its type, and planned connectors are left out")
    func connections() throws {
        let connection = try value(schema(.connections), "properties", "connections", "additionalProperties")
        let cases = try #require(try value(connection, "allOf").list)
        let names = try cases.map { try value($0, "if", "properties", "type", "const").text }
        #expect(names == ["csv", "desk", "memory"])
        #expect(try value(cases[1], "then", "required") == .list([.text("url"), .text("token")]))
        #expect(try value(cases[1], "then", "properties", "mode", "enum") == .list([.text("fast"), .text("safe")]))
    }

    @Test("a job's sides take the settings of any connector's collections")
    func collections() throws {
        let left = try value(schema(.job), "properties", "syncs", "additionalProperties", "properties", "left", "anyOf")
        let mapping = try #require(left.list?.last)
        let names = try #require(try value(mapping, "properties").object?.names)
        #expect(names == ["collection", "filter", "file", "id", "delimiter", "new_id", "updated", "view"])
    }

    @Test("the words of the tables are those of the model")
    func words() {
        #expect([Choice].directions.map(\.name) == Direction.allCases.map(\.rawValue))
        #expect([Choice].deletes.map(\.name) == DeletePolicy.allCases.map(\.rawValue))
        #expect([Choice].deleteVersusEdit.map(\.name) == DeleteVersusEdit.allCases.map(\.rawValue))
        #expect([Choice].firstRun.map(\.name) == FirstRun.allCases.map(\.rawValue))
        #expect([Choice].firstValues.map(\.name) == FirstValues.allCases.map(\.rawValue))
        #expect([Choice].conflicts.map(\.name) == ConflictPolicy.allCases.map(\.rawValue))
        #expect([Choice].outOfScope.map(\.name) == ScopePolicy.allCases.map(\.rawValue))
        #expect([Choice].types.map(\.name) == ValueType.allCases.map(\.rawValue))
        #expect([Choice].when.map(\.name) == When.allCases.map(\.rawValue))
        #expect([Choice].empty.map(\.name) == Empty.allCases.map(\.rawValue))
        #expect([Choice].merge.map(\.name) == Merge.allCases.map(\.rawValue))
    }
}
