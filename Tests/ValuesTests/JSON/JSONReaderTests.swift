import Testing
import Values

@Suite("JSON reader")
struct JSONReaderTests {
    @Test("walks a list without making its values")
    func list() throws {
        let found = try reading(#" [ 1 , "a\nb" ,{"c":[ ]}, null ] "#) { reader throws(JSON.Failure) in
            var ranges: [Range<Int>] = []
            reader.skipSpace()
            var walk = try reader.enterList()
            while try reader.nextElement(&walk) { ranges.append(try reader.skipValue()) }
            try reader.finish()
            return ranges
        }
        #expect(found == [3..<4, 7..<13, 15..<24, 26..<30])
    }

    @Test("walks an object, and compares names as they are meant")
    func object() throws {
        let found = try reading(#"{"id":7,"\u0069d2":"x","name":{"id":8}}"#) { reader throws(JSON.Failure) in
            let copy = reader
            var fields: [(String, Range<Int>, Bool)] = []
            var walk = try reader.enterObject()
            while let name = try reader.nextName(&walk) {
                fields.append((copy.string(name), try reader.skipValue(), copy.text(name, is: Array("id2".utf8))))
            }
            return fields
        }
        #expect(found.map(\.0) == ["id", "id2", "name"])
        #expect(found.map(\.1) == [6..<7, 19..<22, 30..<38])
        #expect(found.map(\.2) == [false, true, false])
    }

    @Test("reads strings, into text or a buffer")
    func strings() throws {
        let found = try reading(#"["a","\ud83d\ude00é",""]"#) { reader throws(JSON.Failure) in
            var buffer: [UInt8] = Array("old".utf8)
            var texts: [String] = []
            var walk = try reader.enterList()
            while try reader.nextElement(&walk) {
                var copy = reader
                texts.append(try copy.readString())
                try reader.readString(into: &buffer)
                texts.append(String(decoding: buffer, as: UTF8.self))
            }
            return texts
        }
        #expect(found == ["a", "a", "😀é", "😀é", "", ""])
    }

    @Test("reads within a range, with the offsets of the whole")
    func range() throws {
        let bytes = Array("1\n{\"a\":2}\n[3,]\n".utf8)
        var builder = JSONBuilder()
        func read(_ range: Range<Int>) throws -> Value {
            try bytes.withUnsafeBytes { try builder.document(in: $0, range: range) }
        }
        #expect(try read(2..<9) == .object(["a": .int(2)]))
        #expect(throws: JSON.Failure(.trailingComma, at: 13)) { try read(10..<14) }
        #expect(throws: JSON.Failure(.end, at: 8)) { try read(2..<8) }
        #expect(throws: JSON.Failure(.end, at: bytes.count)) { try read(15..<99) }
    }

    @Test("a builder forgets an object that failed")
    func recovers() throws {
        var builder = JSONBuilder()
        let texts = [#"{"a":1,"b":[1,2,{"c":x}]}"#, #"{"a":1,"b":2}"#, #"{"a":"#, #"{"a":1,"b":2}"#]
        let read = texts.map { text in Array(text.utf8).withUnsafeBytes { try? builder.document(in: $0) } }
        #expect(read == [nil, .object(["a": .int(1), "b": .int(2)]), nil, .object(["a": .int(1), "b": .int(2)])])
    }

    @Test("objects with any names are made, past all bounds of what a builder learns")
    func manyNames() throws {
        var builder = JSONBuilder()
        for turn in 0..<300 {
            let names = (0..<40).map { "n\(turn * 7 % 60)-\($0 * (turn % 5 + 1))" }
            let text = "{" + names.map { "\"\($0)\":\"\($0)\"" }.joined(separator: ",") + "}"
            let value = try Array(text.utf8).withUnsafeBytes { bytes throws(JSON.Failure) in
                try builder.document(in: bytes)
            }
            #expect(value.object?.names == names)
            #expect(JSON.text(value) == text)
            let twice = "{" + (names + [names[20]]).map { "\"\($0)\":1" }.joined(separator: ",") + "}"
            #expect(throws: JSON.Failure.self) { try JSON.parse(Array(twice.utf8)) }
        }
        let wide = (0..<5000).map { "\"k\($0)\":\($0)" }
        let value = try JSON.parse(Array(("{" + wide.joined(separator: ",") + "}").utf8))
        #expect(value.object?["k4999"] == .int(4999))
        #expect(throws: JSON.Failure.self) {
            try JSON.parse(Array(("{" + wide.joined(separator: ",") + ",\"k7\":1}").utf8))
        }
    }

    private func reading<R>(
        _ text: String, _ body: (inout JSONReader) throws(JSON.Failure) -> R
    ) throws(JSON.Failure) -> R {
        let result = Array(text.utf8).withUnsafeBytes { bytes -> Result<R, JSON.Failure> in
            var reader = JSONReader(bytes)
            do throws(JSON.Failure) { return .success(try body(&reader)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
