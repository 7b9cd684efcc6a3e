// The functions `ip` and `cidr` of Kubernetes, as the conformance tests have them.
extension SignatureTable {
    static let network: [String: [Signature]] = {
        var table: [String: [Signature]] = [
            "ip": [.global(.text, to: address), .method(block, to: address)],
            "cidr": [.global(.text, to: block)],
            "isIP": [.global(.text, to: .bool)],
            "isCIDR": [.global(.text, to: .bool)],
            "ip.isCanonical": [.global(.text, to: .bool)],
            "family": [.method(address, to: .int)],
            "containsIP": [.method(block, address, to: .bool), .method(block, .text, to: .bool)],
            "containsCIDR": [.method(block, block, to: .bool), .method(block, .text, to: .bool)],
            "masked": [.method(block, to: block)],
            "prefixLength": [.method(block, to: .int)],
            "string": [.global(address, to: .text), .global(block, to: .text)],
        ]
        for question in [
            "isUnspecified", "isLoopback", "isGlobalUnicast", "isLinkLocalMulticast", "isLinkLocalUnicast",
        ] {
            table[question] = [.method(address, to: .bool)]
        }
        return table
    }()

    private static let address = CELType(TypeName.ip)
    private static let block = CELType(TypeName.cidr)
}
