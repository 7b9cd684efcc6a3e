import HTTP
import Testing

@Suite struct FailureWordsTests {
    @Test(
        "each failure is said in plain words",
        arguments: [
            (.badURL("ftp://h"), "'ftp://h' is no address of a server: http:// or https://, and no user name in it"),
            (.badRequest("X-Key"), "'X-Key' cannot be sent: it holds a line break or another control character"),
            (.caFile(path: "ca.pem"), "no certificate can be read from 'ca.pem'"),
            (.hostUnknown(host: "api.example.com"), "nothing is named api.example.com (DNS)"),
            (.refused(host: "h", port: 8080), "h refuses connections on port 8080"),
            (.unreachable(host: "h"), "there is no way to h (network)"),
            (.noConnection(host: "h", after: .seconds(10)), "no connection to h within 10s"),
            (.lost(host: "h", sent: true), "h closed the connection before its answer was whole"),
            (
                .lost(host: "h", sent: false),
                "h closed the connection before its answer was whole; nothing had been sent"
            ),
            (.tooSlow(host: "h", after: .milliseconds(1500), sent: true), "no whole answer from h within 1.5s"),
            (
                .tooSlow(host: "h", after: .seconds(2), sent: false),
                "no whole answer from h within 2s; nothing had been sent"
            ),
            (.tooLarge(host: "h", limit: 1000), "the answer of h is longer than 1000 bytes"),
            (.stopped(sent: true), "stopped"),
            (.malformed(host: "h", .notHTTP), "the answer of h is broken: it is not HTTP"),
            (
                .malformed(host: "h", .headers),
                "the answer of h is broken: its header has too many fields, or too long ones"
            ),
            (.malformed(host: "h", .body), "the answer of h is broken: its body does not end as its header says"),
            (.malformed(host: "h", .compression), "the answer of h is broken: its compression"),
            (
                .malformed(host: "h", .encoding("br")),
                "the answer of h is broken: it is compressed as 'br', which was not offered"
            ),
            (.malformed(host: "h", .http2), "the answer of h is broken: its HTTP/2"),
            (
                .tls(host: "h", .untrusted(issuer: "Corp CA")),
                "the certificate of h is not trusted: its issuer 'Corp CA' is not known here"
            ),
            (
                .tls(host: "h", .untrusted(issuer: nil)),
                "the certificate of h is not trusted: its issuer is not known here"
            ),
            (.tls(host: "h", .selfSigned), "the certificate of h is not trusted: it is self-signed"),
            (.tls(host: "h", .expired(since: "2026-01-02")), "the certificate of h ran out on 2026-01-02"),
            (.tls(host: "h", .notYetValid(until: "2027-01-02")), "the certificate of h is not valid before 2027-01-02"),
            (.tls(host: "h", .wrongHost(names: ["a", "b"])), "the certificate of h is for a, b, not for this host"),
            (.tls(host: "h", .wrongHost(names: [])), "the certificate of h is for another host"),
            (.tls(host: "h", .notTLS), "h does not speak TLS on this port"),
            (.tls(host: "h", .nothingInCommon), "h and Lockstep have no version or cipher of TLS in common"),
            (.tls(host: "h", .closed), "h closed the connection during the TLS handshake"),
            (.tls(host: "h", .clientCertificate), "h wants a certificate of the client"),
            (.tls(host: "h", .other("bad record")), "TLS with h failed: bad record"),
            (.proxy(address: "p:1", .hostUnknown), "nothing is named as the proxy p:1 is (DNS)"),
            (.proxy(address: "p:1", .refused), "the proxy p:1 refuses connections"),
            (.proxy(address: "p:1", .unreachable), "there is no way to the proxy p:1 (network)"),
            (
                .proxy(address: "p:1", .noConnection(after: .seconds(9))),
                "no connection through the proxy p:1 within 9s"
            ),
            (
                .proxy(address: "p:1", .credentials),
                "the proxy p:1 does not accept the user name and password, or wants some"
            ),
            (.proxy(address: "p:1", .noTunnel(host: "h")), "the proxy p:1 does not connect to h"),
            (.proxy(address: "p:1", .scheme("socks")), "the proxy p:1 is of the kind 'socks'; only http is known"),
            (.proxy(address: "", .notAnAddress), "the proxy's address is none"),
        ] as [(HTTPFailure, String)])
    func sentences(failure: HTTPFailure, expected: String) { #expect("\(failure)" == expected) }

    @Test("only what was sent may have arrived")
    func arrival() {
        let arrived: [HTTPFailure] = [
            .lost(host: "h", sent: true), .tooSlow(host: "h", after: .zero, sent: true), .stopped(sent: true),
            .tooLarge(host: "h", limit: 1), .malformed(host: "h", .body),
        ]
        let not: [HTTPFailure] = [
            .lost(host: "h", sent: false), .tooSlow(host: "h", after: .zero, sent: false), .stopped(sent: false),
            .refused(host: "h", port: 1), .tls(host: "h", .closed), .proxy(address: "p", .refused), .badURL(""),
        ]
        #expect(arrived.map(\.mayHaveArrived) == arrived.map { _ in true })
        #expect(not.map(\.mayHaveArrived) == not.map { _ in false })
    }
}
