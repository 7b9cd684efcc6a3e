extension TestWorld {
    /// A zone file (RFC 8536, version 2) that has nothing but the rule of London.
    private static let london: String = {
        func block(_ version: String) -> [UInt8] {
            let head = Array("TZif\(version)".utf8) + Array(repeating: 0, count: 15)
            let counts: [UInt8] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 4]
            return head + counts + [0, 0, 0, 0, 0, 0] + Array("GMT\u{0}".utf8)
        }
        return String(decoding: block("2") + block("2") + Array("\nGMT0BST,M3.5.0/1,M10.5.0\n".utf8), as: UTF8.self)
    }()

    /// A world whose system knows the clocks of London, and no others.
    static func inLondon() throws -> TestWorld {
        let world = try TestWorld()
        try world.write("zones/Europe/London", london)
        return world
    }
}
