import HTTP
import Testing
import Values

@Suite struct HeaderFormTests {
    private let now = Timestamp("2026-11-22T20:00:00Z")

    private func at(_ text: String) throws -> Timestamp { try #require(Timestamp(text)) }

    @Test(
        "a date is read in all three forms",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
            "sun, 6 nov 1994 08:49:37 gmt", "Mon, 06 Nov 1994 08:49:37 UTC",
        ])
    func dates(text: String) throws {
        #expect(HTTPDate.read(text, now: try #require(now)) == (try at("1994-11-06T08:49:37Z")))
    }

    @Test(
        "what is no date is none",
        arguments: [
            "", "Sun", "Sun, 06 Nov 1994", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 06 Nov 0000 08:49:37 GMT", "Sun, 06 Nov 19999 08:49:37 GMT", "Sun, 006 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nvo 1994 08:49:37 GMT", "1994-11-06T08:49:37Z", "Sun, +6 Nov 1994 08:49:37 GMT",
        ])
    func noDates(text: String) throws { #expect(HTTPDate.read(text, now: try #require(now)) == nil) }

    @Test("a year of two digits lies at most fifty years ahead")
    func shortYears() throws {
        let now = try #require(now)
        #expect(HTTPDate.read("Sunday, 06-Nov-76 08:49:37 GMT", now: now) == (try at("2076-11-06T08:49:37Z")))
        #expect(HTTPDate.read("Sunday, 06-Nov-77 08:49:37 GMT", now: now) == (try at("1977-11-06T08:49:37Z")))
    }

    @Test("a date that is written is read as the same time")
    func writtenDates() throws {
        let now = try #require(now)
        #expect(HTTPDate.text(try at("1994-11-06T08:49:37.9Z")) == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(HTTPDate.text(.earliest) == "Mon, 01 Jan 0001 00:00:00 GMT")
        for seconds in stride(from: Int64(-60_000_000_000), through: 250_000_000_000, by: 1_234_567_891) {
            let time = try #require(Timestamp(seconds: seconds))
            #expect(HTTPDate.read(HTTPDate.text(time), now: now) == time)
        }
    }

    @Test(
        "a wait is read in all forms that vendors use",
        arguments: [
            ("120", .seconds(120)), ("0", .zero), ("1.5", .milliseconds(1500)), (" 7 ", .seconds(7)),
            ("-5", .zero), ("Sun, 22 Nov 2026 20:01:30 GMT", .seconds(90)), ("Sun, 22 Nov 2026 19:00:00 GMT", .zero),
            ("2026-11-22T20:00:10Z", .seconds(10)), ("2026-11-22T21:00:10.5+01:00", .milliseconds(10_500)),
            ("1795377660", .seconds(60)), ("1795377660.25", .milliseconds(60_250)), ("1795377660000", .seconds(60)),
            ("1000000000", .zero), ("soon", nil), ("", nil), ("1e3", nil), ("10 s", nil), ("0x10", nil),
            ("99999999999999999999999999999999999999999", nil),
        ] as [(String, Duration?)])
    func waits(text: String, expected: Duration?) throws {
        #expect(RetryAfter.wait(text, now: try #require(now)) == expected)
    }

    @Test(
        "links are read by their relations",
        arguments: [
            (
                ["<https://h/x?page=2>; rel=\"next\", <https://h/x?page=9>; rel=\"last\""],
                ["next": "https://h/x?page=2", "last": "https://h/x?page=9"]
            ),
            (["</a>;rel=next"], ["next": "/a"]), (["</a>; rel=\"prev next\""], ["prev": "/a", "next": "/a"]),
            (["</a>; title=\"a, <b>; rel=x\"; REL=Next"], ["next": "/a"]),
            (["</a>; rel=next; rel=last"], ["next": "/a"]),
            (["</a,b;c>; rel=next"], ["next": "/a,b;c"]),
            (["</a>; rel=next", "</b>; rel=next, </c>; rel=prev"], ["next": "/a", "prev": "/c"]),
            (["</a>; rel=\"ne\\xt\""], ["next": "/a"]),
            (["</a>; results=\"true\"; rel=\"next\"; cursor=\"0:100:0\""], ["next": "/a"]),
            ([""], [:]), ([], [:]), (["</a"], [:]), (["</a>"], [:]), (["</a>; rel=\"next"], ["next": "/a"]),
            (["no link"], [:]), (["</a>; rel=next, broken, </b>; rel=prev"], ["next": "/a"]),
            (["<>; rel=next"], ["next": ""]),
        ] as [([String], [String: String])])
    func links(values: [String], expected: [String: String]) { #expect(LinkHeader.relations(values) == expected) }

    @Test("a form is written and read")
    func forms() {
        let pairs: [(name: String, value: String)] = [
            ("grant type", value: "a&b=c+d"), ("é", "%20"), ("empty", ""), ("a", "1"), ("a", "2"),
        ]
        let body = FormBody.encode(pairs)
        #expect(
            String(decoding: body, as: UTF8.self) == "grant+type=a%26b%3Dc%2Bd&%C3%A9=%2520&empty=&a=1&a=2")
        let read = FormBody.decode(body)
        #expect(read.map(\.name) == pairs.map(\.name))
        #expect(read.map(\.value) == pairs.map(\.value))
        #expect(FormBody.decode(Array("a&&b=%zz&c=d".utf8)).map(\.name) == ["a", "c"])
    }

    @Test("fields are found by their names in whatever case, and put in place")
    func headers() {
        var headers = HTTPHeaders([("Set-Cookie", "a"), ("set-cookie", "b"), ("X", "1")])
        #expect(headers["SET-COOKIE"] == "a")
        #expect(headers.all("Set-cookie") == ["a", "b"])
        #expect(headers["none"] == nil)
        headers.set("set-Cookie", "c")
        headers.add("x", "2")
        #expect(headers.all("set-cookie") == ["c"])
        #expect(headers.all("X") == ["1", "2"])
        headers.remove("X")
        #expect(!headers.contains("x"))
    }
}
