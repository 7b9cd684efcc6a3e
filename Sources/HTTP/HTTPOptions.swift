/// How requests are sent, for one connection of a job.
package struct HTTPOptions: Sendable, Hashable {
    /// A file of certificates (PEM) that are trusted beside those of the system.
    package var caFile: String?
    package var proxies: ProxyRules = .none
    /// Until a connection stands: name, network, proxy, TLS.
    package var connect: Duration = .seconds(10)
    /// The longest silence of a server.
    package var read: Duration = .seconds(60)
    /// From the beginning of a request to the end of its answer.
    package var whole: Duration = .seconds(300)
    /// The longest answer, in bytes, after decompression.
    package var maximumBody: Int = 64 << 20
    package var userAgent: String = "lockstep"
    /// The most requests at a time; further ones wait, and their time runs from when they start.
    package var concurrent: Int = 8
    /// HTTP/2 is not offered.
    package var http1Only = false
    /// How long a connection without requests is kept.
    package var idle: Duration = .seconds(30)

    package init() {}
}
