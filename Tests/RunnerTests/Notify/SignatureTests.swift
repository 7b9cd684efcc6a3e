import Testing
import Values

@testable import Runner

@Suite("Signatures") struct SignatureTests {
    struct Vector: Sendable {
        var key: [UInt8]
        var text: [UInt8]
        var code: String
    }

    /// RFC 4231, section 4: test cases 1 to 4, 6 and 7.
    private static let vectors = [
        Vector(
            key: [UInt8](repeating: 0x0B, count: 20), text: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            key: Array("Jefe".utf8), text: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 20), text: [UInt8](repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            key: Array(1...25), text: [UInt8](repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            text: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            key: [UInt8](repeating: 0xAA, count: 131),
            text: Array(
                "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm."
                    .utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        // Made with Python's hmac: neither a key nor a text.
        Vector(key: [], text: [], code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
    ]

    @Test("texts have the codes of RFC 4231", arguments: vectors)
    func codes(vector: Vector) throws {
        let code = try #require(Signature.authenticationCode(of: vector.text, key: vector.key))
        #expect(code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == vector.code)
    }

    @Test("a signature takes in the time")
    func time() throws {
        let time = try #require(Timestamp(seconds: 1_700_000_000))
        // Made with Python's hmac, over `1700000000.{}`.
        #expect(
            try Signature.header(Array("{}".utf8), "key", at: time)
                == "t=1700000000,v1=9d713ed406bb7076d4123f0dc2c39d2df5c654ed4b0cd56b52c8b4c940bd63ae")
    }
}
