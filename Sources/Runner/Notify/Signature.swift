internal import CLibCrypto
import Model
import Values

/// What a receiver finds out by whether a message is who it seems to be from: HMAC (RFC 2104, FIPS 180-4), as OpenSSL has it.
enum Signature {
    /// `t=SECONDS,v1=HEX`: the authentication code of the seconds, a full stop, and the body.
    ///
    /// - Throws: where OpenSSL was built, or is set up, without SHA-256.
    static func header(_ body: [UInt8], _ key: String, at time: Timestamp) throws(PostFailure) -> String {
        let signed = Array("\(time.seconds).".utf8) + body
        guard let code = authenticationCode(of: signed, key: Array(key.utf8)) else {
            throw .settings("the body cannot be signed: OpenSSL gives no HMAC-SHA-256")
        }
        let hex = code.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return "t=\(time.seconds),v1=\(hex)"
    }

    /// The bytes of the code; nil where OpenSSL has none.
    static func authenticationCode(
        of bytes: [UInt8], key: [UInt8], _ hash: WebhookRule.Hash = .sha256
    ) -> [UInt8]? {
        guard let keySize = CInt(exactly: key.count) else { return nil }
        var code = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var size: CUnsignedInt = 0
        let method =
            switch hash {
            case .sha1: EVP_sha1()
            case .sha256: EVP_sha256()
            case .sha512: EVP_sha512()
            }
        guard HMAC(method, key, keySize, bytes, bytes.count, &code, &size) != nil else { return nil }
        return Array(code.prefix(Int(size)))
    }
}
