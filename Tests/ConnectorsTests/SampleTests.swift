import Model
import Testing
import Values

@testable import Connectors

/// What connectors tell of the fields of a collection.
struct SampleTests {
    /// `name:type` of every field, those of an object behind it in brackets.
    private static func told(_ fields: SchemaFields) -> String {
        fields.list.map { field in
            "\(field.name):\(field.type)" + (field.fields.isEmpty ? "" : "[\(told(field.fields))]")
        }.joined(separator: " ")
    }

    private static func told(_ type: String, _ text: String) async throws -> String {
        let schema = try await TestFile(type, text).schema()
        return told(schema.fields) + (schema.isClosed ? " closed" : "")
    }

    @Test("the columns of a CSV file are all its fields, in their order, each with what its cells spell")
    func csv() async throws {
        let told = try await Self.told(
            "csv",
            """
            id,name,hours,price,done,born,seen,zip,none,mixed
            1,Ada,3,1.50,true,1815-12-10,2026-11-22T10:00:00Z,01234,,4
            2,Grace,-14,2,false,1906-12-09,2026-11-22T10:00:00+01:00,80331,,four

            """)
        #expect(
            told
                == "id:int name:text hours:int price:decimal done:bool born:date seen:timestamp zip:text none:any mixed:text closed"
        )
    }

    @Test(
        "a cell is a number only where it would be spelled so again",
        arguments: [
            ("0", FieldType.int), ("-7", .int), ("007", .text), ("+49 89", .text), ("1.0", .decimal),
            ("-0.5", .decimal),
            (".5", .text), ("5.", .text), ("1e3", .text), ("1.2.3", .text), ("-", .text), ("1,5", .text),
            ("123456789012345678", .int), ("1234567890123456789", .text), ("TRUE", .text), ("True", .bool),
            ("1 ", .text),
            ("2026-02-30", .text), ("٣", .text), (String(repeating: "9", count: 5000), .text),
        ])
    func spelling(text: String, type: FieldType) {
        #expect(FieldType(of: .text(text), in: .text) == type)
    }

    @Test("JSON tells the kinds of its values, of objects within them too; its texts stay texts unless they are dates")
    func json() async throws {
        let text = """
            [
              {"id": 1, "user": {"email": "a@example.com", "age": 4}, "tags": ["x"], "n": null, "no": "42", "on": "2026-01-01"},
              {"id": 2, "user": {"email": null, "age": 4.5}, "n": null, "mixed": 1, "at": "2026-01-01T00:00:00Z"},
              {"id": 3, "user": null, "mixed": "x", "on": "2026-01-02", "flag": true}
            ]
            """
        #expect(
            try await Self.told("json", text)
                == "at:timestamp flag:bool id:int mixed:any n:any no:text on:date tags:list user:object[age:decimal email:text]"
        )
        let lines = "{\"id\":1,\"a\":\"x\"}\n{\"id\":2,\"a\":\"2026-01-01\"}\n"
        #expect(try await Self.told("jsonl", lines) == "a:text id:int")
    }

    @Test("an object that is a table by keys of its own keeps its keys, which are people's data, to itself")
    func ownKeys() async throws {
        let lines = (1...100).map { #"{"id":\#($0),"by_user":{"ada\#($0)@example.com":true},"at":{"x":1}}"# }
        let told = try await Self.told("jsonl", lines.joined(separator: "\n"))
        #expect(told == "at:object[x:int] by_user:object id:int")
    }

    @Test("no value of a record is in what is told")
    func noValues() async throws {
        let schema = try await TestFile("csv", "id,name\n1,Secretia\n2,Secretia\n").schema()
        #expect(!"\(schema)".contains("Secretia"))
        #expect(schema.fields.list.allSatisfy { $0.choices.isEmpty })
    }

    @Test(
        "at most so many records are taken, the first among them, spread over all",
        arguments: [(0, 0), (1, 1), (999, 999), (1000, 1000), (1001, 501), (5000, 625), (100_000, 782)])
    func spread(count: Int, kept: Int) async throws {
        let rows = (0..<count).map { "\($0),x\n" }.joined()
        let sample = try await TestFile("csv", "id,name\n" + rows).sample(1000)
        let ids = sample.records.compactMap { $0["id"]?.text }.compactMap(Int.init)
        #expect(ids.count == kept)
        #expect(ids.first == (count > 0 ? 0 : nil))
        let steps = Set(zip(ids, ids.dropFirst()).map { $1 - $0 })
        #expect(steps.count <= 1)
        #expect(sample.fieldNames == ["id", "name"])
    }

    @Test("large records are kept only as long as they have room")
    func room() {
        var spread = SpreadRecords(1000)
        let raw = [UInt8](repeating: 0x61, count: 5 << 20)
        for _ in 0..<50 where spread.wantsNext() { raw.withUnsafeBytes { spread.take($0) } }
        #expect((1...6).contains(spread.records.count))
    }

    @Test("a file that cannot be read is no schema")
    func broken() async throws {
        let file = try TestFile("csv", "id,name\n1,\"Ada\n")
        await #expect(throws: EndpointFailure.self) { try await file.schema() }
    }

    @Test("a record that cannot be read is passed over")
    func oneIsBroken() async throws {
        #expect(try await Self.told("jsonl", "{\"id\":1,\"a\":4}\n{\"id\":2,\"a\":\n{\"id\":3}\n") == "a:int id:int")
    }

    @Test("records in memory tell every kind of value")
    func memory() async throws {
        let date = try #require(CalendarDate("2026-01-01"))
        let endpoint = MemoryEndpoint([["id": .int(1), "on": .date(date), "raw": .bytes([1])]])
        #expect(Self.told(try await endpoint.schema().fields) == "id:int on:date raw:any")
    }
}
