package import CEL

/// How the file is fetched that a field stands for. In records the field is a text, `sha256:` and the digest of the bytes, so that whoever
/// compares records never has the bytes.
package struct FileDefinition: Sendable {
    /// Gives the bytes.
    package var download: RequestTemplate
    /// Finds how many bytes there are; nil where the system does not say.
    package var size: Program?
    /// Finds the SHA-256 of the bytes as hexadecimal digits; nil where the system does not tell, so that each file is fetched once.
    package var hash: Program?
    /// Finds what people call it.
    package var name: Program?

    package init(download: RequestTemplate, size: Program?, hash: Program?, name: Program?) {
        self.download = download
        self.size = size
        self.hash = hash
        self.name = name
    }
}

/// A file as the body of a request.
package struct FileBody: Sendable {
    /// Gives what the field of the file holds.
    package var content: Program
    /// Gives the media type; `application/octet-stream` where it gives none.
    package var type: Program?
    /// The part that the file is of a body of several (`multipart/form-data`, RFC 7578); nil where the bytes are all of it.
    package var part: String?
    /// Gives the file's name in its part.
    package var name: Program?

    package init(content: Program, type: Program?, part: String?, name: Program?) {
        self.content = content
        self.type = type
        self.part = part
        self.name = name
    }
}

/// What a field of a file holds: `sha256:` and 64 hexadecimal digits in small letters.
package enum FileDigest {
    /// - Parameter hex: as a system spells it.
    /// - Returns: nil for what is no SHA-256.
    package static func text(_ hex: String) -> String? {
        let hex = hex.lowercased()
        guard hex.utf8.count == 64, hex.utf8.allSatisfy(\.isHexDigit) else { return nil }
        return prefix + hex
    }

    package static func isOne(_ text: String) -> Bool {
        text.hasPrefix(prefix) && text.utf8.count == 71 && text.utf8.dropFirst(7).allSatisfy(\.isHexDigit)
    }

    private static let prefix = "sha256:"
}

extension UInt8 {
    fileprivate var isHexDigit: Bool { (0x30...0x39).contains(self) || (0x61...0x66).contains(self) }
}

extension CollectionDefinition {
    /// The field that stands for a file; nil where records have none.
    package var fileField: FieldDefinition? { fields.first { $0.file != nil } }
}
