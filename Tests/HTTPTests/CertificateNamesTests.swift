import NIOSSL
import TestKit
import Testing

@testable import HTTP

@Suite struct CertificateNamesTests {
    private func certificate(_ name: String) throws -> [UInt8] {
        let made = try TestCertificates.made.get()
        return try #require(try NIOSSLCertificate.fromPEMFile(made.certificate(name)).first).toDERBytes()
    }

    @Test("issuer and subject are read")
    func names() throws {
        let good = try #require(CertificateNames(der: try certificate("good")))
        #expect(good.issuerName == "Authority of the tests")
        #expect(good.issuer != good.subject)
        let own = try #require(CertificateNames(der: try certificate("selfsigned")))
        #expect(own.issuer == own.subject)
        #expect(own.issuerName == "localhost")
    }

    @Test("bytes that are no certificate are none, and do no harm")
    func spoilt() throws {
        let seed: UInt64 = 7_002
        var random = SplitMix64(seed: seed)
        let whole = try certificate("good")
        var (read, not) = (0, 0)
        for _ in 0..<3000 {
            var bytes = whole
            for _ in 0..<random.below(4) { bytes[random.below(80)] = UInt8.random(in: 0...255, using: &random) }
            if random.below(4) == 0 { bytes = Array(bytes.prefix(random.below(bytes.count))) }
            let names = CertificateNames(der: bytes)
            if let name = names?.issuerName {
                #expect(name.utf8.count <= 60 && name.utf8.allSatisfy { (0x20..<0x7F).contains($0) }, "seed \(seed)")
            }
            if names == nil { not += 1 } else { read += 1 }
        }
        #expect(read > 500 && not > 500, "seed \(seed): \(read) read, \(not) not")
        #expect(CertificateNames(der: []) == nil)
    }
}
