import Testing
import Values

@testable import HTTP

@Suite struct ProxyRulesTests {
    private func proxy(_ url: String, _ environment: [String: String]) throws -> String? {
        let address = try #require(URLText(url))
        return try ProxyRules(environment: environment).proxy(for: address)?.name
    }

    @Test(
        "the environment says which proxy a request goes through",
        arguments: [
            ("https://a.example/", ["HTTPS_PROXY": "http://p:1"], "p:1"),
            ("http://a.example/", ["HTTPS_PROXY": "http://p:1"], nil),
            ("http://a.example/", ["HTTP_PROXY": "http://p:1"], "p:1"),
            ("https://a.example/", ["HTTP_PROXY": "http://p:1"], nil),
            ("https://a.example/", ["HTTPS_PROXY": "http://p:1", "https_proxy": "q:2"], "q:2"),
            ("https://a.example/", ["HTTPS_PROXY": ""], nil),
            ("https://a.example/", ["ALL_PROXY": "p:3"], "p:3"),
            ("http://a.example/", ["all_proxy": "p:3", "http_proxy": "q:4"], "q:4"),
            ("http://a.example/", ["HTTP_PROXY": "evil:1", "REQUEST_METHOD": "POST"], nil),
            ("http://a.example/", ["http_proxy": "p:1", "REQUEST_METHOD": "POST"], "p:1"),
            ("https://a.example/", ["HTTPS_PROXY": "http://[::1]:8080/"], "::1:8080"),
            ("https://a.example/", ["HTTPS_PROXY": "p"], "p:80"),
            ("https://a.example/", [:], nil),
        ] as [(String, [String: String], String?)])
    func environment(url: String, environment: [String: String], expected: String?) throws {
        #expect(try proxy(url, environment) == expected)
    }

    @Test(
        "an exception takes a host and what lies below it, and a port where it has one",
        arguments: [
            ("*", "https://a.example/", true), ("a.example", "https://a.example/", true),
            (".example", "https://a.example/", true), ("*.example", "https://a.example/", true),
            ("example", "https://a.b.example:8443/", true), ("example", "https://counterexample/", false),
            ("a.example", "https://b.example/", false), ("A.Example", "https://a.EXAMPLE/", true),
            ("a.example:443", "https://a.example/", true), ("a.example:444", "https://a.example/", false),
            ("x, a.example ,y", "https://a.example/", true), ("x a.example", "https://a.example/", true),
            ("10.0.0.1", "http://10.0.0.1/", true), ("0.0.1", "http://10.0.0.1/", false),
            ("srv1", "http://api.srv1/", true),
            ("::1", "http://[::1]:80/", true), ("[::1]:80", "http://[::1]/", true), ("", "http://a/", false),
            (",,", "http://a/", false), ("http://a/", "http://a/", false),
        ])
    func exceptions(list: String, url: String, isExcepted: Bool) throws {
        let found = try proxy(url, ["ALL_PROXY": "p:1", "NO_PROXY": list])
        #expect(found == (isExcepted ? nil : "p:1"))
    }

    @Test("nothing that prints shows a proxy's password")
    func redaction() throws {
        let rules = ProxyRules(environment: ["HTTPS_PROXY": "http://user:hunter2@p:1"])
        var options = HTTPOptions()
        options.proxies = rules
        var dumped = ""
        dump(options, to: &dumped)
        dump(try rules.proxy(for: try #require(URLText("https://a/"))), to: &dumped)
        #expect(!dumped.contains("hunter2"))
        #expect(dumped.contains("redacted"))
    }
}
