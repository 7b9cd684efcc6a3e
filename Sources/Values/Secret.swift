/// A value that must never be seen: a password, a token. It prints redacted, whatever prints it.
package struct Secret: Sendable, Hashable {
    private let content: String

    package init(_ content: String) { self.content = content }

    /// The secret itself; for the request that needs it, and nothing else.
    package func reveal() -> String { content }
}

extension Secret {
    package static func == (a: Secret, b: Secret) -> Bool { a.content.hasSameBytes(as: b.content) }
    package func hash(into hasher: inout Hasher) { content.hashBytes(into: &hasher) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
