import Testing
import Values

@Suite("JSON writing")
struct JSONWriterTests {
    @Test(
        "each kind has one form",
        arguments: [
            (Value.null, "null"), (.bool(true), "true"), (.bool(false), "false"), (.int(0), "0"),
            (.int(.min), "-9223372036854775808"),
            (.int(.max), "9223372036854775807"), (.uint(.max), "18446744073709551615"), (.double(1), "1.0"),
            (.double(0.1), "0.1"),
            (.double(1e23), "1e+23"), (.double(-0.0), "-0.0"), (.double(.nan), "null"), (.double(-.infinity), "null"),
            (.decimal(Decimal(verified: "0.10")), "0.10"), (.text("é/\u{7F}\u{2028}"), "\"é/\u{7F}\u{2028}\""),
            (.text("\u{0}\u{8}\u{B}\u{C}\u{1F}"), "\"\\u0000\\b\\u000b\\f\\u001f\""), (.bytes([]), "\"\""),
            (.bytes([0]), "\"AA==\""),
            (.bytes([0, 1]), "\"AAE=\""), (.bytes([0, 1, 2]), "\"AAEC\""),
            (.bytes([255, 254, 253, 252]), "\"//79/A==\""),
            (.duration(.milliseconds(1500)), "\"1.5s\""), (.duration(.seconds(-90)), "\"-90s\""),
            (.duration(.milliseconds(-1)), "\"-0.001s\""), (.list([]), "[]"), (.object([:]), "{}"),
            (.object(["b": .int(1), "a": .list([.null, .text("x")])]), "{\"b\":1,\"a\":[null,\"x\"]}"),
        ])
    func writes(value: Value, text: String) throws {
        #expect(JSON.text(value) == text)
        #expect(try JSON.parse(Array(text.utf8)).kind != "")
    }

    @Test("dates and instants are text")
    func times() throws {
        let instant = try #require(Timestamp("2026-11-21T10:00:00.25Z"))
        let date = try #require(CalendarDate("2026-11-21"))
        #expect(JSON.text(.list([.timestamp(instant), .date(date)])) == #"["2026-11-21T10:00:00.25Z","2026-11-21"]"#)
        #expect(
            StateJSON.text(.list([.timestamp(instant), .date(date)]))
                == #"[{"$timestamp":"2026-11-21T10:00:00.25Z"},{"$date":"2026-11-21"}]"#)
    }

    @Test(
        "says before writing that a number has no form",
        arguments: [
            (Value.double(1), true), (.double(.nan), false), (.list([.int(1), .double(.infinity)]), false),
            (.object(["a": .list([.object(["b": .double(.nan)])])]), false), (.object(["a": .text("NaN")]), true),
        ])
    func canWrite(value: Value, can: Bool) { #expect(JSONWriter.canWrite(value) == can) }

    @Test("appends, and grows past its first buffer")
    func appends() {
        var out = Array("x".utf8)
        JSONWriter.write(.list(Array(repeating: .text("twelve bytes"), count: 500)), to: &out)
        #expect(out.count == 1 + 2 + 500 * 14 + 499)
        JSONWriter.writeString("a\"b", to: &out)
        #expect(String(decoding: out.suffix(8), as: UTF8.self) == "s\"]\"a\\\"b\"".suffix(8))
        out = []
        Array("é\n".utf8).withUnsafeBufferPointer { JSONWriter.writeString($0, to: &out) }
        #expect(String(decoding: out, as: UTF8.self) == "\"é\\n\"")
    }

    @Test("the form for people has two spaces a level")
    func pretty() {
        let value = Value.object(["b": .list([.int(1), .object([:])]), "a": .object(["c": .list([])])])
        #expect(
            JSON.prettyText(value) == """
                {
                  "b": [
                    1,
                    {}
                  ],
                  "a": {
                    "c": []
                  }
                }

                """)
    }

    @Test(
        "the form of the state files wraps what looks like a form",
        arguments: [
            (Value.object(["$date": .text("x")]), #"{"$object":{"$date":"x"}}"#),
            (.object(["$": .int(1), "a": .bytes([0])]), #"{"$object":{"$":1,"a":{"$bytes":"AA=="}}}"#),
            (.object(["a": .int(1), "$b": .int(2)]), #"{"a":1,"$b":2}"#), (.double(.nan), #"{"$double":"NaN"}"#),
            (.double(-.infinity), #"{"$double":"-Infinity"}"#), (.duration(.seconds(1)), #"{"$duration":"1s"}"#),
            (.duration(Duration(attoseconds: .min)), #"{"$duration":"-170141183460469231731.687303715884105728s"}"#),
            (.duration(Duration(attoseconds: .max)), #"{"$duration":"170141183460469231731.687303715884105727s"}"#),
            (
                .object(["$object": .object(["$object": .null])]),
                #"{"$object":{"$object":{"$object":{"$object":null}}}}"#
            ),
        ])
    func wraps(value: Value, text: String) throws {
        #expect(StateJSON.text(value) == text)
        #expect(try StateJSON.value(try JSON.parse(Array(text.utf8))).means(value))
    }

    @Test(
        "a form with the wrong content is refused",
        arguments: [
            (#"{"$date":"2026-02-30"}"#, "'$date' holds no date"), (#"{"$date":1}"#, "'$date' holds no date"),
            (#"{"$when":"now"}"#, "an object begins with '$' and is none of the forms of a state file"),
            (#"{"$date":"2026-01-01","a":1}"#, "an object begins with '$' and is none of the forms of a state file"),
            (#"{"$object":{"a":1}}"#, "'$object' holds no object whose first name begins with '$'"),
            (#"[{"a":{"$bytes":"AB=="}}]"#, "'$bytes' holds no base64"),
            (#"{"$bytes":"AA="}"#, "'$bytes' holds no base64"),
            (#"{"$bytes":"A=A="}"#, "'$bytes' holds no base64"), (#"{"$bytes":"===="}"#, "'$bytes' holds no base64"),
            (#"{"$double":"nan"}"#, "'$double' holds no NaN or infinity"),
            (#"{"$duration":"1"}"#, "'$duration' holds no duration"),
            (#"{"$duration":"1.s"}"#, "'$duration' holds no duration"),
            (#"{"$duration":"170141183460469231731.687303715884105728s"}"#, "'$duration' holds no duration"),
            (#"{"$duration":"999999999999999999999999999999999999999999s"}"#, "'$duration' holds no duration"),
            (#"{"$object":"a"}"#, "'$object' holds no object whose first name begins with '$'"),
            (#"{"$timestamp":"2026-01-01"}"#, "'$timestamp' holds no instant"),
        ])
    func wrongForm(text: String, reason: String) throws {
        let json = try JSON.parse(Array(text.utf8))
        #expect(throws: JSON.Failure.self) { try StateJSON.value(json) }
        do throws(JSON.Failure) { _ = try StateJSON.value(json) } catch { #expect(error.reason == reason) }
    }
}
