/// Mail addresses of the plain kind: `name@host`.
package enum MailAddress {
    /// Whether a text is one that can stand in a header and in the talk with a server as it is: no blanks, quotes, brackets or
    /// control characters, and one `@` with something on both sides.
    package static func isRight(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        let forbidden = Set("\"<>()[]\\,;:".utf8)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.first != UInt8(ascii: "-")
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F && !forbidden.contains($0) }
    }
}
