import Model
import Testing
import Values

@Suite("What the expressions over an entry see")
struct EntryNameTests {
    private static let entry = """
        {"id": "1", "fields": {"title": "Printer"}, "parent": {"id": 7}, "collection": "red", "page": 3, "value": "v", "item": "i"}
        """

    @Test("its own fields, also where they are called as what requests have")
    func own() async throws {
        let rig = try Rig(
            """
            collections:
              items:
                fields:
                  id: {type: text, read_only: true}
                  title: {type: text, read: fields.title}
                  above: {type: int, read: parent.id}
                  color: {type: text, read: collection}
                  page: {type: int, read: page + 1}
                  rest: {type: text, read: value + item}
                  desk: {type: text, read: settings.user}
                list: {request: GET /items, records: body.items, where: parent.id == 7 && fields.title != ''}
            """
        ) { _ in .ok("{\"items\": [\(Self.entry)]}") }
        let record = try #require(try await rig.records().first)
        #expect(
            JSON.text(.object(record))
                == #"{"id":"1","title":"Printer","above":7,"color":"red","page":4,"rest":"vi","desk":"ann"}"#)
    }

    @Test("and in a collection that belongs to another, the entry's parent and not the one that was asked about")
    func child() async throws {
        let rig = try Rig(
            """
            collections:
              groups:
                fields:
                  id: {type: text, read_only: true}
                list: {request: GET /groups, records: body.items}
              items:
                parent: {collection: groups, field: group}
                fields:
                  id: {type: text, read_only: true}
                  group: {type: text, required: true}
                  above: {type: int, read: parent.id}
                list: {request: "GET /groups/{parent}/items", records: body.items}
            """
        ) { asked in
            .ok(asked.path == "/groups" ? #"{"items": [{"id": "g"}]}"# : "{\"items\": [\(Self.entry)]}")
        }
        let record = try #require(try await rig.records().first)
        #expect(JSON.text(.object(record)) == #"{"id":"1","group":"g","above":7}"#)
    }
}
