import Model
import Values

/// Whether what a sender shows is what only somebody who knows the secret can show.
struct Proof {
    private let wanted: [UInt8]
    private let rule: WebhookRule

    /// nil where OpenSSL has no such hash.
    ///
    /// - Parameter signed: what was hashed; of no matter where the secret itself is shown.
    init?(_ rule: WebhookRule, secret: [UInt8], signed: [UInt8]) {
        self.rule = rule
        guard let hash = rule.hash else {
            wanted = secret
            return
        }
        guard let code = Signature.authenticationCode(of: signed, key: secret, hash) else { return nil }
        wanted = rule.encoding == .hex ? Self.hex(code) : Self.withoutPadding(Base64.encode(code))
    }

    func isShown(by text: String) -> Bool {
        var shown = Array(text.utf8)
        if rule.hash != nil {
            // Who writes hex, or leaves the padding out, is no forger.
            shown =
                rule.encoding == .hex
                ? shown.map { (0x41...0x46).contains($0) ? $0 | 0x20 : $0 } : Self.withoutPadding(shown)
        }
        return Self.isEqual(shown, wanted)
    }

    /// Takes as long wherever they differ, so that nobody finds the bytes out one by one.
    static func isEqual(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        var difference = a.count ^ b.count
        for at in b.indices { difference |= Int((a.indices.contains(at) ? a[at] : ~b[at]) ^ b[at]) }
        return difference == 0
    }

    private static func hex(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    }

    private static func withoutPadding(_ text: [UInt8]) -> [UInt8] {
        Array(text.prefix(text.count - text.reversed().prefix { $0 == UInt8(ascii: "=") }.count))
    }
}
