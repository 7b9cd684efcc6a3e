/// A range of addresses, as an address of it and how many bits all of them share: `10.0.0.0/8`. Bits past those may be
/// set, and count where two ranges are compared.
package struct IPNetwork: Sendable, Equatable {
    let address: IPAddress
    let prefix: UInt8

    private init(_ address: IPAddress, _ prefix: UInt8) {
        self.address = address
        self.prefix = prefix
    }

    /// Reads an address, a slash and a number of bits. An address of version 4 that is written as one of version 6 is
    /// refused in every form.
    init(_ text: String) throws(IPAddress.Problem) {
        guard let slash = text.utf8.lastIndex(of: UInt8(ascii: "/")) else { throw .malformed }
        let address = try IPAddress(text[..<slash])
        if address.isMapped { throw .mapped }
        let digits = text.utf8[text.utf8.index(after: slash)...]
        guard let prefix = IPAddress.decimal(digits, most: address.width) else { throw .malformed }
        self.init(address, UInt8(prefix))
    }

    /// The range with its first address.
    var masked: IPNetwork { IPNetwork(address.masked(Int(prefix)), prefix) }

    /// Whether the address is the first of the range.
    var isMask: Bool { masked == self }

    func contains(_ other: IPAddress) -> Bool {
        let other = other.unmapped
        return other.family == address.family && other.masked(Int(prefix)) == address.masked(Int(prefix))
    }

    func contains(_ other: IPNetwork) -> Bool { other.prefix >= prefix && contains(other.address) }
}

extension IPNetwork: CustomStringConvertible {
    package var description: String { "\(address)/\(prefix)" }
}
