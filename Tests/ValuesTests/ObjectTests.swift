import Testing
import Values

@Suite("Objects")
struct ObjectTests {
    @Test("keep their order, and each name once")
    func order() {
        var object: Object = ["b": .int(1), "a": .int(2), "b": .int(3)]
        #expect(JSON.text(.object(object)) == #"{"b":3,"a":2}"#)
        object["c"] = .null
        object["b"] = nil
        object["x"] = nil
        #expect(JSON.text(.object(object)) == #"{"a":2,"c":null}"#)
        object["b"] = .int(4)
        #expect(object.names == ["a", "c", "b"] && object.position(of: "b") == 2 && object.position(of: "d") == nil)
    }

    @Test("a copy changes by itself, though names are shared")
    func copies() throws {
        let shared = try #require(FieldNames(["id", "name"]))
        let first = try #require(Object(shared, [.int(1), .text("a")]))
        var second = try #require(Object(shared, [.int(2), .text("b")]))
        let third = second
        second["new"] = .bool(true)
        second["id"] = nil
        #expect(first.names == ["id", "name"] && third.names == ["id", "name"] && second.names == ["name", "new"])
        #expect(
            first["name"] == .text("a") && second["name"] == .text("b") && second["id"] == nil && third["id"] == .int(2)
        )
        #expect(Object(shared, [.null]) == nil)
        #expect(FieldNames(["a", "b", "a"]) == nil)
        #expect(FieldNames(["é", "e\u{301}"])?.count == 2)
    }

    @Test("behave like a plain list of pairs, whatever is done", arguments: [1, 2, 3] as [UInt64])
    func model(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        var object = Object()
        var model: [(String, Value)] = []
        var copies: [(Object, [String])] = []
        for step in 0..<2000 {
            let name = "k\(random.below(60))"
            let at = model.firstIndex { $0.0 == name }
            switch random.below(4) {
            case 0:
                object[name] = nil
                if let at { model.remove(at: at) }
            case 1 where step % 50 == 0: copies.append((object, object.names))
            default:
                object[name] = .int(Int64(step))
                if let at { model[at].1 = .int(Int64(step)) } else { model.append((name, .int(Int64(step)))) }
            }
            #expect(object.position(of: name) == model.firstIndex { $0.0 == name }, "seed \(seed)")
        }
        #expect(object.names == model.map(\.0) && object.values == model.map(\.1), "seed \(seed)")
        for (copy, names) in copies { #expect(copy.names == names, "seed \(seed)") }
    }

    @Test("a path reads and writes, making what is missing and touching nothing beside it")
    func paths() {
        let path = FieldPath(steps: ["user", "address", "city"], text: "user.address.city")
        var object: Object = ["id": .int(1), "user": .object(["name": .text("Ann")])]
        #expect(object.value(at: path) == nil)
        object.set(.text("Rome"), at: path)
        #expect(JSON.text(.object(object)) == #"{"id":1,"user":{"name":"Ann","address":{"city":"Rome"}}}"#)
        #expect(object.value(at: path) == .text("Rome"))
        let before = object
        for steps in [["id", "x"], ["user", "address", "city", "x"]] {
            let isSet = object.set(.null, at: FieldPath(steps: steps, text: ""))
            #expect(!isSet && object == before)
        }
        object["user"] = .null
        let isSet = object.set(.int(1), at: path)
        #expect(isSet && object.value(at: path) == .int(1))
        #expect(before.value(at: path) == .text("Rome"))
        #expect(object.value(at: FieldPath(steps: ["id", "x"], text: "id.x")) == nil)
    }

    @Test(
        "paths overlap where one holds the other",
        arguments: [
            (["a"], ["a"], true), (["a"], ["a", "b"], true), (["a", "b"], ["a"], true),
            (["a", "b"], ["a", "c"], false), (["a"], ["b"], false),
        ])
    func overlap(a: [String], b: [String], does: Bool) {
        #expect(FieldPath(steps: a, text: "").overlaps(FieldPath(steps: b, text: "")) == does)
    }
}
