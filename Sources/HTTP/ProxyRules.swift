package import Values

/// Which requests go through which proxy. Made of values that are given, as the variables `HTTPS_PROXY`, `HTTP_PROXY`,
/// `ALL_PROXY` and `NO_PROXY` have them.
package struct ProxyRules: Sendable, Hashable {
    /// A proxy as it was written; it may hold a user name and a password.
    private var secure: Secret?
    private var plain: Secret?
    private var exceptions: [ProxyException] = []

    /// No proxy.
    package static let none = ProxyRules()

    private init() {}

    /// All requests go through this proxy, but those to hosts that `except` names as `NO_PROXY` does.
    package init(proxy: Secret, except: String = "") {
        secure = proxy
        plain = proxy
        exceptions = ProxyException.list(except)
    }

    /// Small letters go before capital ones, as most programs have it. `HTTP_PROXY` counts for nothing in a CGI
    /// program, where anybody who sends the header `Proxy` would set it.
    package init(environment: [String: String]) {
        func value(_ name: String) -> String? {
            let value = environment[name.lowercased()] ?? environment[name]
            return value?.isEmpty == false ? value : nil
        }
        let isCGI = environment["REQUEST_METHOD"] != nil
        let all = value("ALL_PROXY")
        secure = (value("HTTPS_PROXY") ?? all).map { Secret($0) }
        plain = ((isCGI ? environment["http_proxy"] : value("HTTP_PROXY")) ?? all).map { Secret($0) }
        exceptions = ProxyException.list(value("NO_PROXY") ?? "")
    }

    /// The proxy that the request goes through; nil where it goes straight.
    ///
    /// - Throws: `proxy` where what was given is none that is known.
    func proxy(for url: URLText) throws(HTTPFailure) -> ProxyAddress? {
        guard let text = url.isSecure ? secure : plain, !exceptions.contains(where: { $0.matches(url) }) else {
            return nil
        }
        return try ProxyAddress(text)
    }
}

/// One entry of `NO_PROXY`.
struct ProxyException: Sendable, Hashable {
    /// Without a dot before it; `*` is every host.
    let host: String
    let port: Int?

    static func list(_ text: String) -> [ProxyException] {
        text.split { $0 == "," || $0 == " " || $0 == "\t" }.compactMap { ProxyException(String($0)) }
    }

    /// Reads `*`, `example.com`, `.example.com`, `*.example.com`, `10.0.0.1`, `[::1]`, each with or without a port.
    init?(_ text: String) {
        if text.utf8.elementsEqual("*".utf8) {
            host = text
            port = nil
            return
        }
        var name = Substring(text)
        if name.hasPrefix("*.") { name = name.dropFirst() }
        if name.hasPrefix(".") { name = name.dropFirst() }
        // An IPv6 address may stand without brackets here, and then has no port.
        if name.utf8.count(where: { $0 == UInt8(ascii: ":") }) > 1, !name.hasPrefix("[") { name = "[\(name)]" }
        guard let (host, port) = URLText.hostAndPort(String(name)) else { return nil }
        self.host = host
        self.port = port
    }

    /// Whether the host is the one named or lies below it, and the port fits.
    func matches(_ url: URLText) -> Bool {
        if host.utf8.elementsEqual("*".utf8) { return true }
        guard port == nil || port == url.port else { return false }
        let (name, suffix) = (Array(url.host.utf8), Array(host.utf8))
        // Nothing lies below an address in numbers.
        let isNumeric = name.reversed().prefix { $0 != UInt8(ascii: ".") }.allSatisfy(\.isDigit)
        guard name.count > suffix.count, !isNumeric else { return name == suffix }
        return name.suffix(suffix.count) == suffix[...] && name[name.count - suffix.count - 1] == UInt8(ascii: ".")
    }
}
