/// An address, or a reference that stands for one beside another: RFC 3986, appendix B.
struct URLReference {
    var scheme: String?
    var authority: String?
    var path = ""
    var query: String?

    /// nil where a byte stands that no address has: a blank, a control character, a letter beyond ASCII, a percent
    /// sign without two digits. A fragment is left out: it is never sent.
    init?(_ text: String) {
        var rest = Array(text.utf8)[...]
        guard URLReference.isClean(rest) else { return nil }
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) { rest = rest[..<hash] }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(decoding: rest[(mark + 1)...], as: UTF8.self)
            rest = rest[..<mark]
        }
        if let colon = rest.firstIndex(of: UInt8(ascii: ":")), URLReference.isScheme(rest[..<colon]) {
            scheme = String(decoding: rest[..<colon], as: UTF8.self)
            rest = rest[(colon + 1)...]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = String(decoding: rest[..<end], as: UTF8.self)
            rest = rest[end...]
        }
        path = String(decoding: rest, as: UTF8.self)
    }

    private static func isScheme(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let first = bytes.first, first.isLetter else { return false }
        return bytes.allSatisfy { $0.isLetter || $0.isDigit || "+-.".utf8.contains($0) }
    }

    private static func isClean(_ bytes: ArraySlice<UInt8>) -> Bool {
        var digitsDue = 0
        for byte in bytes {
            if digitsDue > 0 {
                guard byte.isDigit || (0x61...0x66).contains(byte.lowercasedASCII) else { return false }
                digitsDue -= 1
            } else if byte == UInt8(ascii: "%") {
                digitsDue = 2
            } else {
                // Vendors send some of the bytes that RFC 3986 leaves out, in next-page addresses: '|', '[', '"'.
                guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "\\") else { return false }
            }
        }
        return digitsDue == 0
    }
}

extension URLText {
    /// The address that a reference names, read beside this one: RFC 3986, section 5.2.
    ///
    /// - Returns: nil for what is no address of `http` or `https`.
    package func resolving(_ text: String) -> URLText? {
        guard let reference = URLReference(text) else { return nil }
        if reference.scheme != nil { return URLText(text) }
        if reference.authority != nil { return URLText(scheme + ":" + text) }
        if reference.path.isEmpty { return at(path, reference.query ?? query) }
        let isRooted = reference.path.utf8.first == UInt8(ascii: "/")
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[...$0]) } ?? "/"
        let merged = isRooted ? reference.path : folder + reference.path
        return at(URLText.withoutDots(merged), reference.query)
    }

    private func at(_ path: String, _ query: String?) -> URLText {
        URLText(isSecure: isSecure, host: host, port: port, path: path, query: query)
    }

    /// Takes `.` and `..` away, never past the root: RFC 3986, section 5.2.4.
    static func withoutDots(_ path: String) -> String {
        var kept: [Substring] = []
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        for (place, segment) in segments.enumerated() {
            let isLast = place == segments.count - 1
            if segment == "." || segment == ".." {
                if segment == "..", !kept.isEmpty { kept.removeLast() }
                if isLast { kept.append("") }
            } else {
                kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }
}
