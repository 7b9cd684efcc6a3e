import HTTP
import Testing

@Suite struct URLTextTests {
    @Test(
        "an address is taken apart",
        arguments: [
            ("http://example.com", "example.com", 80, "/", nil),
            ("HTTPS://Example.COM:8443/A/b%2Fc?x=1&y=a/b?c#part", "example.com", 8443, "/A/b%2Fc", "x=1&y=a/b?c"),
            ("http://[::1]:8080/x", "[::1]", 8080, "/x", nil), ("http://127.0.0.1?q", "127.0.0.1", 80, "/", "q"),
            ("https://a_b.example.com:/", "a_b.example.com", 443, "/", nil), ("http://h/?", "h", 80, "/", ""),
        ] as [(String, String, Int, String, String?)])
    func parts(text: String, host: String, port: Int, path: String, query: String?) throws {
        let url = try #require(URLText(text))
        #expect(url.host == host)
        #expect(url.port == port)
        #expect(url.path == path)
        #expect(url.query == query)
        #expect(url.isSecure == text.lowercased().hasPrefix("https"))
    }

    @Test(
        "what is no address of http is none",
        arguments: [
            "", "/", "example.com", "//example.com/", "http:", "http:/a", "http:///a", "ftp://h/", "http://u@h/",
            "http://u:p@h/", "http://h:0/", "http://h:65536/", "http://h:8a/", "http://h:-1/", "http://[::1/",
            "http://[]/", "http://[::1]x/", "http://[zz]/", "http://h/a b", "http://h/\u{1}", "http://h/é", "http://é/",
            "http://h/%", "http://h/%2", "http://h/%zz", "http://h\\a/", "http://h/\r\nX: y", "http://:80/",
            "http://h:999999999999999999999/",
        ])
    func none(text: String) { #expect(URLText(text) == nil) }

    // RFC 3986, section 5.4, with this base.
    private let base = "http://a/b/c/d;p?q"

    @Test(
        "a reference is read beside an address, as RFC 3986 has it",
        arguments: [
            ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"), ("/g", "http://a/g"),
            ("//g", "http://g/"), ("?y", "http://a/b/c/d;p?y"), ("g?y", "http://a/b/c/g?y"),
            ("#s", "http://a/b/c/d;p?q"),
            ("g#s", "http://a/b/c/g"), (";x", "http://a/b/c/;x"), ("g;x?y#s", "http://a/b/c/g;x?y"),
            ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"), ("./", "http://a/b/c/"), ("..", "http://a/b/"),
            ("../", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"), ("../../g", "http://a/g"),
            ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"), ("g.", "http://a/b/c/g."),
            (".g", "http://a/b/c/.g"), ("..g", "http://a/b/c/..g"), ("./../g", "http://a/b/g"),
            ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"), ("g?y/../x", "http://a/b/c/g?y/../x"),
            ("https://other:444/x", "https://other:444/x"), ("ftp://g", nil), ("g:h", nil), ("//u@g", nil),
            ("a b", nil),
        ] as [(String, String?)])
    func references(reference: String, expected: String?) throws {
        #expect(try #require(URLText(base)).resolving(reference)?.text == expected)
    }

    @Test(
        "two addresses have one origin where scheme, host and port are the same",
        arguments: [
            ("https://a/x", "https://A:443/y?z", true), ("https://a/", "http://a/", false),
            ("https://a/", "https://a.b/", false), ("https://a/", "https://a:8443/", false),
            ("https://a/", "https://ab/", false), ("http://[::1]/", "http://[::1]:80/", true),
        ])
    func origins(one: String, other: String, areSame: Bool) throws {
        let (one, other) = (try #require(URLText(one)), try #require(URLText(other)))
        #expect(one.hasSameOrigin(as: other) == areSame)
    }

    @Test(
        "an id stays one segment of a path, whatever stands in it",
        arguments: [
            ("17", "17"), ("a/b%2Fc", "a%2Fb%252Fc"), ("a b+c", "a%20b%2Bc"), ("?x#y;z=1&w", "%3Fx%23y%3Bz%3D1%26w"),
            ("é\u{1F600}", "%C3%A9%F0%9F%98%80"), ("..a", "..a"), ("~-._", "~-._"), ("\r\n\0", "%0D%0A%00"),
            ("..", nil), (".", nil), ("", nil),
        ] as [(String, String?)])
    func segments(id: String, expected: String?) throws {
        #expect(PercentCoding.segment(id) == expected)
        guard let expected else { return }
        #expect(PercentCoding.decode(expected) == id)
        let url = try #require(URLText("http://h/things/\(expected)/notes"))
        #expect(url.path.split(separator: "/").count == 3)
        #expect(url.query == nil)
        #expect(url.resolving("")?.path == url.path)
    }

    @Test("what is no percent-encoding is not decoded", arguments: ["%", "%2", "%zz", "%FF", "a%C3"])
    func wrongCoding(text: String) { #expect(PercentCoding.decode(text) == nil) }

    @Test("a description has no query")
    func description() throws {
        let url = try #require(URLText("https://h:8443/a?key=hunter2#hunter2"))
        #expect("\(url)" == "https://h:8443/a")
        #expect(url.text == "https://h:8443/a?key=hunter2")
        #expect(url.origin == "https://h:8443")
        #expect(url.authority == "h:8443")
    }
}
